import type { OutputStrategy } from "../options/provider-profile.ts";
import { toLenientSchema } from "./lenient-schema.ts";
import type { OutputRequest } from "./structured-output.ts";

/** The forms of a schema that strategies use. */
export interface PreparedSchema {
  readonly name: string;
  readonly toolName: string;
  /** An object schema. */
  readonly schema: Record<string, unknown>;
  /** The same in the strict subset, if it can be expressed there. */
  readonly strict: Record<string, unknown> | undefined;
}

/** How each strategy requests JSON. The answer is read the same way for all of them. */
export const strategies: Readonly<Record<OutputStrategy, (prepared: PreparedSchema) => OutputRequest>> = {
  "json-schema": ({ name, schema, strict }) => ({
    responseFormat: {
      type: "json_schema",
      json_schema: { name, schema: strict ?? toLenientSchema(schema), strict: strict !== undefined },
    },
  }),
  // Not strict: providers without response schemas rarely support strict tools.
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

// OpenAI and DeepSeek reject json_object unless the messages contain the word JSON.
function instruct({ schema }: PreparedSchema): string {
  return `Answer with one JSON object and nothing else: no other text, no code fence. It must be valid under this JSON Schema:\n${JSON.stringify(schema)}`;
}
