/** Tool names that providers accept; MCP allows more (dots, 128 characters). */
const maxLength = 64;

/**
 * Converts MCP names to ones that every provider accepts, in the same order: other characters become `_`. A name that is too long or already
 * taken ends with a hash of the MCP name, so that it is the same in every process.
 */
export function providerNames(names: readonly string[], prefix: string): string[] {
  const used = new Set<string>();
  return names.map((name) => {
    const sanitized = (prefix + name).replace(/[^a-zA-Z0-9_-]/g, "_");
    const fits = sanitized.length <= maxLength && sanitized !== "" && !used.has(sanitized);
    const unique = fits ? sanitized : `${sanitized.slice(0, maxLength - 9)}_${hash(name)}`;
    used.add(unique);
    return unique;
  });
}

/** FNV-1a, as eight hexadecimal digits. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (const character of text) {
    value ^= character.codePointAt(0) ?? 0;
    value = Math.imul(value, 0x01000193);
  }
  return (value >>> 0).toString(16).padStart(8, "0");
}
