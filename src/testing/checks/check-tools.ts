import { isSchemaObject } from "../samples/schema-object.ts";
import { type ProviderComplaint, wordingsOf } from "./provider-wordings.ts";

/** Parameters must be an object at their root. Tools of other types are the provider's own, and are left to it. */
export function checkTools(provider: string, body: Record<string, unknown>): ProviderComplaint | undefined {
  const tools = (body.tools ?? []) as readonly { function?: { name: string; parameters?: unknown } }[];
  for (const [at, { function: definition }] of tools.entries()) {
    const parameters = definition?.parameters;
    if (!definition || !isSchemaObject(parameters) || Object.keys(parameters).length === 0 || parameters.type === "object")
      continue;
    const type = parameters.type ?? "None";
    return wordingsOf(provider).toolRoot(definition.name, Array.isArray(type) ? JSON.stringify(type) : String(type), at);
  }
  return undefined;
}
