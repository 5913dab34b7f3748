/**
 * The arguments of a forced call that a model wrote as text in place of calling: bare, as `{"name", "arguments"}`, or as
 * `{"type", "name", "parameters"}`. Undefined when the text is none of these. Asked only when exactly one tool was forced.
 */
export function leakedCall(text: string, forcedTool: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const { name, arguments: args, parameters } = value as { name?: unknown; arguments?: unknown; parameters?: unknown };
  const given = args ?? parameters;
  if (name !== forcedTool || given === undefined) return text;
  return typeof given === "string" ? given : JSON.stringify(given);
}
