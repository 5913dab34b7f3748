import type { Tool } from "../options.ts";
import { toJsonSchema } from "../output/json-schema.ts";
import type { FunctionTool } from "../wire.ts";

/** Describes tools to the model, in the order of the map. */
export function functionTools(tools: Readonly<Record<string, Tool>>): Promise<FunctionTool[]> {
  return Promise.all(
    Object.entries(tools).map(async ([name, { description, parameters }]) => {
      const schema = await toJsonSchema(parameters, `tools.${name}.parameters`);
      const described = description === undefined ? {} : { description };
      return { type: "function", function: { name, ...described, parameters: schema } } as FunctionTool;
    }),
  );
}
