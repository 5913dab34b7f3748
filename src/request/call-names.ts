/** What every API accepts as the name of a function. */
const accepted = /^[a-zA-Z0-9_-]{1,64}$/;

/**
 * The name of a tool call in a form that every API accepts back: models sometimes write an empty one, or one with dots, colons or marks of
 * their template (`weather<|channel|>commentary`), and a transcript that holds it would be refused from then on.
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
