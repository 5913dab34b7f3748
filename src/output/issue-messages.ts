/** Allowed values that a message lists, and characters that it shows of each. */
const maxListed = 20;
const maxShown = 60;

export const notAllowed = "must not be there: the schema has no such property";
export const neverAllowed = "must not be there: the schema allows no value";

export function enumMessage(allowed: readonly unknown[]): string {
  const listed = allowed.slice(0, maxListed).map(show).join(", ");
  const more = allowed.length - maxListed;
  return `must be one of ${listed}${more > 0 ? ` or ${more} other values` : ""}`;
}

export function constMessage(allowed: unknown): string {
  return `must be ${show(allowed)}`;
}

export function typeMessage(types: unknown): string {
  return `must be ${[types].flat().join(" or ")}`;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
}
