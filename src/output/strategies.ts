import type { OutputStrategy } from "../options/chat-options.ts";
import type { FunctionTool, ResponseFormat } from "../wire.ts";
import { extractJson } from "./extract-json.ts";
import type { Validated } from "./validate.ts";

/** What a strategy needs to know of the schema. */
export interface PreparedSchema {
  readonly name: string;
  readonly toolName: string;
  /** An object schema. */
  readonly schema: Record<string, unknown>;
  /** The same in the strict subset, where it can be expressed there. */
  readonly strict: Record<string, unknown> | undefined;
}

export interface OutputRequest {
  responseFormat?: ResponseFormat;
  tool?: FunctionTool;
  /** To be appended to the system message. */
  instruction?: string;
}

/** A way to ask a model for JSON and to find it in the answer. */
export interface Strategy {
  readonly name: OutputStrategy;
  /** Whether the JSON may sit in a code fence or among prose. */
  readonly loose: boolean;
  request(prepared: PreparedSchema): OutputRequest;
  parse(text: string): Validated;
}

const jsonSchema: Strategy = {
  name: "json-schema",
  loose: false,
  request: ({ name, schema, strict }) => ({
    responseFormat: { type: "json_schema", json_schema: { name, schema: strict ?? schema, strict: strict !== undefined } },
  }),
  parse: parseWhole,
};

const tool: Strategy = {
  name: "tool",
  loose: false,
  // Not strict: this is the way of the providers that know no schemas of answers, and few of those know strict tools.
  request: ({ toolName, schema }) => ({
    tool: {
      type: "function",
      function: {
        name: toolName,
        description: "Gives the final answer. Call it once, when the answer is complete.",
        parameters: schema,
      },
    },
  }),
  parse: parseWhole,
};

const jsonObject: Strategy = {
  name: "json-object",
  loose: true,
  request: (prepared) => ({ responseFormat: { type: "json_object" }, instruction: instruct(prepared) }),
  parse: parseLoosely,
};

const prompt: Strategy = {
  name: "prompt",
  loose: true,
  request: (prepared) => ({ instruction: instruct(prepared) }),
  parse: parseLoosely,
};

export const strategies: Readonly<Record<OutputStrategy, Strategy>> = {
  "json-schema": jsonSchema,
  tool,
  "json-object": jsonObject,
  prompt,
};

// OpenAI and DeepSeek refuse json_object unless the messages hold the word JSON.
function instruct({ schema }: PreparedSchema): string {
  return `Answer with one JSON object and nothing else: no other text, no code fence. It must be valid under this JSON Schema:\n${JSON.stringify(schema)}`;
}

function parseWhole(text: string): Validated {
  if (text.trim() === "") return complain("The answer is empty.");
  try {
    return { value: JSON.parse(text.trim()) };
  } catch (error) {
    return complain(`The answer is not complete, valid JSON: ${(error as Error).message}`);
  }
}

function parseLoosely(text: string): Validated {
  const extracted = extractJson(text);
  return extracted.found ? { value: extracted.value } : complain("The answer holds no complete, valid JSON.");
}

function complain(message: string): Validated {
  return { issues: [{ path: "", message }] };
}
