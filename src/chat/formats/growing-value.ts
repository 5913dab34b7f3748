/** Smallest increase, in characters of JSON, that is worth another copy. */
const minGrowth = 256;

/**
 * Decides which of the growing values of a structured output are sent: one when its JSON has grown by half. All that is sent is then in
 * proportion to the last value, where every value would be quadratic.
 */
export function createGrowthFilter(): (json: string) => boolean {
  let next = 0;
  return (json) => {
    if (json.length < next) return false;
    next = Math.max(json.length * 1.5, json.length + minGrowth);
    return true;
  };
}
