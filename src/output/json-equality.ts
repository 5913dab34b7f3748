/** Serializes a value so that equal JSON values give equal strings: members are sorted, and no method of the value is called. */
export function canonicalJson(value: unknown): string {
  // `1e400` is parsed as Infinity, which JSON would write as null.
  if (typeof value === "number") return String(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(",")}}`;
}

/** Returns a test for `enum` and `const`: whether a value equals one of `choices`. */
export function createMembership(choices: readonly unknown[]): (value: unknown) => boolean {
  const scalars = new Set(choices.filter((choice) => !isContainer(choice)));
  const containers = new Set(choices.filter(isContainer).map(canonicalJson));
  return (value) => (isContainer(value) ? containers.size > 0 && containers.has(canonicalJson(value)) : scalars.has(value));
}

/** Whether no two items are equal. */
export function areUnique(items: readonly unknown[]): boolean {
  const scalars = items.filter((item) => !isContainer(item));
  const containers = items.filter(isContainer).map(canonicalJson);
  return new Set(scalars).size === scalars.length && new Set(containers).size === containers.length;
}

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;

/** Whether `value` is a multiple of `divisor` in decimal; in binary floating point, 19.99 is not a multiple of 0.01. */
export function isMultipleOf(value: number, divisor: number): boolean {
  if (!Number.isFinite(value)) return false;
  if (Number.isInteger(value) && Number.isInteger(divisor) && Number.isSafeInteger(value)) return value % divisor === 0;
  const [number, numberScale] = toDecimal(value);
  const [unit, unitScale] = toDecimal(divisor);
  const scale = Math.min(numberScale, unitScale);
  return (number * 10n ** BigInt(numberScale - scale)) % (unit * 10n ** BigInt(unitScale - scale)) === 0n;
}

/** Splits a number into its decimal digits and a power of ten. */
function toDecimal(value: number): [digits: bigint, exponent: number] {
  const [mantissa = "", exponent = "0"] = String(value).split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  return [BigInt(whole + fraction), Number(exponent) - fraction.length];
}
