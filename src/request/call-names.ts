/** Function names that every API accepts. */
const accepted = /^[a-zA-Z0-9_-]{1,64}$/;

/**
 * Converts the name of a tool call to one that every API accepts: models sometimes write an empty name, or one with dots, colons or template
 * tokens (`weather<|channel|>commentary`), and every later request with it would be rejected.
 */
export function sendableName(name: string): string {
  if (accepted.test(name)) return name;
  return (
    name
      .replace(/[^a-zA-Z0-9_-]+/g, "_")
      .replace(/^_+|_+$/g, "")
      .slice(0, 64) || "unnamed"
  );
}
