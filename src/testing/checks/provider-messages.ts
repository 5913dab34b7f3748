import { anthropic } from "../dialects/anthropic.ts";
import { cohere } from "../dialects/cohere.ts";
import { deepseek } from "../dialects/deepseek.ts";
import type { Dialect } from "../dialects/dialect.ts";
import { googleAiStudio } from "../dialects/google-ai-studio.ts";
import { groq } from "../dialects/groq.ts";
import { findDialect } from "../dialects/index.ts";
import { mistral } from "../dialects/mistral.ts";

/** A provider's error about a request. */
export interface ProviderProblem {
  message: string;
  /** @default 400 */
  status?: number;
  /** The invalid field, in the provider's notation. */
  param?: string;
  code?: string;
}

/** A provider's error messages, as reported by its users. `at` counts messages and tools from 0. */
export interface ProviderMessages {
  unansweredCalls(ids: readonly string[], at: number): ProviderProblem;
  orphanResult(id: string, at: number, previousRole: string): ProviderProblem;
  toolRoot(name: string, type: string, at: number): ProviderProblem;
  /** The error for an invalid tool name; `undefined` if it is valid. */
  toolName(name: string, at: number): ProviderProblem | undefined;
  callId(id: string, at: number): ProviderProblem;
  /** A field of a message, or of one of its parts. */
  messageField(field: string, at: number, role: string): ProviderProblem;
  toolMedia(at: number): ProviderProblem;
  /** A field of the request; `instead` is its replacement. */
  unsupported(field: string, instead?: string): ProviderProblem;
  toolsWithOutput(): ProviderProblem;
  /** Absent if an empty assistant message is accepted. */
  emptyAssistant?(at: number): ProviderProblem;
  /** Absent if `json_schema` is accepted or ignored. */
  jsonSchema?(): ProviderProblem;
}

/** OpenAI's messages, which compatible APIs use too. */
const openaiMessages: ProviderMessages = {
  unansweredCalls: (ids, at) => ({
    message: `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${ids.join(", ")}`,
    param: `messages.[${at}].role`,
  }),
  orphanResult: (_, at) => ({
    message: "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
    param: `messages.[${at}].role`,
  }),
  toolRoot: (name, type, at) => ({
    message: `Invalid schema for function '${name}': schema must be a JSON Schema of 'type: "object"', got 'type: "${type}"'.`,
    param: `tools[${at}].function.parameters`,
    code: "invalid_function_parameters",
  }),
  toolName: (name, at) => {
    const param = `tools[${at}].function.name`;
    if (!/^[a-zA-Z0-9_-]+$/.test(name)) {
      const message = `Invalid '${param}': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`;
      return { message, param, code: "invalid_value" };
    }
    if (name.length <= 64) return undefined;
    const message = `Invalid '${param}': string too long. Expected a string with maximum length 64, but got a string with length ${name.length} instead.`;
    return { message, param, code: "string_above_max_length" };
  },
  callId: (id, at) => ({
    message: `Invalid 'messages[${at}].tool_calls[0].id': string too long. Expected a string with maximum length 40, but got a string with length ${id.length} instead.`,
    param: `messages[${at}].tool_calls[0].id`,
    code: "string_above_max_length",
  }),
  messageField: (field, at) => ({
    message: `Unknown parameter: 'messages[${at}].${field}'.`,
    param: `messages[${at}].${field}`,
    code: "unknown_parameter",
  }),
  toolMedia: (at) => ({
    message: `Invalid 'messages[${at}]'. Image URLs are only allowed for messages with role 'user', but this message with role 'tool' contains an image URL.`,
    param: `messages[${at}]`,
    code: "invalid_value",
  }),
  unsupported: (field, instead) => ({
    message: `Unsupported parameter: '${field}' is not supported with this model.${instead ? ` Use '${instead}' instead.` : ""}`,
    param: field,
    code: "unsupported_parameter",
  }),
  toolsWithOutput: () => ({ message: "`tools` is incompatible with `response_format`", code: "wrong_api_format" }),
};

const own: ReadonlyMap<Dialect, Partial<ProviderMessages>> = new Map<Dialect, Partial<ProviderMessages>>([
  [
    anthropic,
    {
      unansweredCalls: (ids, at) => ({
        message: `messages.${at}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${ids.join(", ")}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
      }),
      orphanResult: (id, at) => ({
        message: `messages.${at}.content.0: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
      }),
      toolRoot: (_, __, at) => ({ message: `tools.${at}.custom.input_schema.type: Input should be 'object'` }),
      toolName: (name, at) =>
        /^[a-zA-Z0-9_-]{1,128}$/.test(name)
          ? undefined
          : { message: `tools.${at}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'` },
      callId: (_, at) => ({ message: `messages.${at}.content.0.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'` }),
      messageField: (field, at) => ({ message: `messages.${at}.${field}: Extra inputs are not permitted` }),
      unsupported: (field) => ({ message: `\`${field}\` is deprecated for this model.` }),
      emptyAssistant: (at) => ({
        message: `messages.${at}: all messages must have non-empty content except for the optional final assistant message`,
      }),
    },
  ],
  [
    googleAiStudio,
    {
      unansweredCalls: () => ({
        message:
          "Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.",
      }),
      orphanResult: () => ({
        message: "Please ensure that function response turn comes immediately after a function call turn.",
      }),
      toolRoot: (_, __, at) => ({
        message: `* GenerateContentRequest.tools[0].function_declarations[${at}].parameters: schema should be of type OBJECT`,
      }),
      toolName: (name, at) =>
        /^[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}$/.test(name)
          ? undefined
          : {
              message: `* GenerateContentRequest.tools[0].function_declarations[${at}].name: Invalid function name. Must start with a letter or an underscore. Must be alphameric (a-z, A-Z, 0-9), underscores (_), dots (.), colons (:), or dashes (-), with a maximum length of 64.`,
            },
      messageField: (field, at) => ({
        message: `Invalid JSON payload received. Unknown name "${field}" at 'messages[${at}]': Cannot find field.`,
      }),
      unsupported: (field) => ({ message: `Invalid JSON payload received. Unknown name "${field}": Cannot find field.` }),
      toolsWithOutput: () => ({ message: "Function calling with a response mime type: 'application/json' is unsupported" }),
    },
  ],
  [
    mistral,
    {
      unansweredCalls: () => ({ message: "Not the same number of function calls and responses", code: "3230" }),
      orphanResult: (id, _, previousRole) => ({
        message:
          previousRole === "assistant"
            ? `Unexpected tool call id ${id} in tool results`
            : `Unexpected role 'tool' after role '${previousRole}'`,
        code: "3230",
      }),
      toolRoot: (name) => ({
        message: `Invalid tool schema for function ${name}: the root must be of type 'object'`,
        code: "3051",
      }),
      toolName: (name) =>
        /^[a-zA-Z0-9_-]{1,64}$/.test(name)
          ? undefined
          : {
              message: `Function name was ${name} but must be a-z, A-Z, 0-9, or contain underscores and dashes, with a maximum length of 64.`,
            },
      callId: (id) => ({ message: `Tool call id was ${id} but must be a-z, A-Z, 0-9, with a length of 9.`, code: "3280" }),
      messageField: (field, at) => ({
        status: 422,
        message: "Extra inputs are not permitted",
        param: `/messages/${at}/${field}`,
      }),
      unsupported: (field) => ({ status: 422, message: "Extra inputs are not permitted", param: `/${field}` }),
      emptyAssistant: () => ({
        message: "Assistant message must have either content or tool_calls, but not none.",
        code: "3240",
      }),
    },
  ],
  [
    groq,
    {
      messageField: (field, at, role) => ({
        message: `'messages.${at}' : for 'role:${role}' the following must be satisfied[('messages.${at}' : property '${field}' is unsupported)]`,
      }),
      toolsWithOutput: () => ({ message: "json mode cannot be combined with tool/function calling" }),
    },
  ],
  [cohere, { toolsWithOutput: () => ({ message: "invalid request: cannot specify both response_format and tools" }) }],
  [deepseek, { jsonSchema: () => ({ message: "This response_format type is unavailable now" }) }],
]);

export const getErrorMessages = (provider: string): ProviderMessages => ({
  ...openaiMessages,
  ...own.get(findDialect(provider)),
});
