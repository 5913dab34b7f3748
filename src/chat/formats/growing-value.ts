/** Smallest growth, in characters of JSON, that is worth sending. */
const minGrowth = 256;

/**
 * Decides which partial outputs are sent: one each time the JSON has grown by half. The total sent is then proportional to the final
 * value; sending every value would be quadratic.
 */
export function createGrowthFilter(): (json: string) => boolean {
  let next = 0;
  return (json) => {
    if (json.length < next) return false;
    next = Math.max(json.length * 1.5, json.length + minGrowth);
    return true;
  };
}
