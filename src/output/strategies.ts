import type { OutputStrategy } from "../options/provider-profile.ts";
import type { FunctionTool, ResponseFormat } from "../wire.ts";
import { toLenientSchema } from "./lenient-schema.ts";
import type { OutputRequest } from "./structured-output.ts";

/** What a strategy needs to know of the schema. */
export interface PreparedSchema {
  readonly name: string;
  readonly toolName: string;
  /** An object schema. */
  readonly schema: Record<string, unknown>;
  /** The same in the strict subset, where it can be expressed there. */
  readonly strict: Record<string, unknown> | undefined;
}

/** How each strategy asks a model for JSON. All of them read the answer alike. */
export const strategies: Readonly<Record<OutputStrategy, (prepared: PreparedSchema) => OutputRequest>> = {
  "json-schema": ({ name, schema, strict }) => ({
    responseFormat: {
      type: "json_schema",
      json_schema: { name, schema: strict ?? toLenientSchema(schema), strict: strict !== undefined },
    },
  }),
  // Not strict: providers that know no schemas for answers rarely know strict tools.
  tool: ({ toolName, schema }) => ({
    tool: {
      type: "function",
      function: {
        name: toolName,
        description: "Gives the final answer. Call it once, when the answer is complete.",
        parameters: schema,
      },
    },
  }),
  "json-object": (prepared) => ({ responseFormat: { type: "json_object" }, instruction: instruct(prepared) }),
  prompt: (prepared) => ({ instruction: instruct(prepared) }),
};

// OpenAI and DeepSeek refuse json_object unless the messages contain the word JSON.
function instruct({ schema }: PreparedSchema): string {
  return `Answer with one JSON object and nothing else: no other text, no code fence. It must be valid under this JSON Schema:\n${JSON.stringify(schema)}`;
}
