import type { Tool } from "../options/chat-options.ts";
import { toJsonSchema } from "../output/json-schema.ts";
import type { JsonSchema } from "../schema.ts";
import type { FunctionTool } from "../wire.ts";

/** Describes tools to the model, in the order of the map. */
export async function functionTools(tools: Readonly<Record<string, Tool>>): Promise<FunctionTool[]> {
  const functions: FunctionTool[] = [];
  for (const [name, { description, parameters }] of Object.entries(tools)) {
    const schema = withoutDialect(await toJsonSchema(parameters, `tools.${name}.parameters`));
    const described = description === undefined ? {} : { description };
    functions.push({ type: "function", function: { name, ...described, parameters: schema } } as FunctionTool);
  }
  return functions;
}

/** Gemini refuses the keyword: `Unknown name "$schema"` (https://github.com/router-for-me/CLIProxyAPI/issues/97). */
function withoutDialect(schema: JsonSchema): JsonSchema {
  if (typeof schema === "boolean") return schema;
  const { $schema: _, ...own } = schema;
  return own;
}
