/** Whether `later` contains everything in `earlier`: strings by prefix, objects and arrays by members. */
export function grew(earlier: unknown, later: unknown): boolean {
  if (earlier === undefined) return true;
  if (typeof earlier === "string") return typeof later === "string" && later.startsWith(earlier);
  if (Array.isArray(earlier)) {
    return Array.isArray(later) && earlier.length <= later.length && earlier.every((item, index) => grew(item, later[index]));
  }
  if (typeof earlier !== "object" || earlier === null) return Object.is(earlier, later);
  if (typeof later !== "object" || later === null || Array.isArray(later)) return false;
  return Object.entries(earlier).every(
    ([key, member]) => Object.hasOwn(later, key) && grew(member, (later as Record<string, unknown>)[key]),
  );
}
