import { anthropic } from "../dialects/anthropic.ts";
import { googleAiStudio } from "../dialects/google-ai-studio.ts";
import { dialectOf } from "../dialects/index.ts";
import { mistral } from "../dialects/mistral.ts";

/** What a provider has against a request. */
export interface ProviderComplaint {
  message: string;
  /** @default 400 */
  status?: number;
  /** The field that is wrong, in the provider's notation. */
  param?: string;
  code?: string;
}

/** How a provider words its complaints, as users of it have reported them. `at` counts messages and tools from 0. */
export interface ProviderWordings {
  unansweredCalls(ids: readonly string[], at: number): ProviderComplaint;
  orphanResult(id: string, at: number, previousRole: string): ProviderComplaint;
  toolRoot(name: string, type: string, at: number): ProviderComplaint;
}

const openaiWordings: ProviderWordings = {
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
};

const anthropicWordings: ProviderWordings = {
  unansweredCalls: (ids, at) => ({
    message: `messages.${at}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${ids.join(", ")}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
  }),
  orphanResult: (id, at) => ({
    message: `messages.${at}.content.0: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
  }),
  toolRoot: (_, __, at) => ({ message: `tools.${at}.custom.input_schema.type: Input should be 'object'` }),
};

const googleWordings: ProviderWordings = {
  unansweredCalls: () => ({
    message:
      "Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.",
  }),
  orphanResult: () => ({ message: "Please ensure that function response turn comes immediately after a function call turn." }),
  toolRoot: (_, __, at) => ({
    message: `* GenerateContentRequest.tools[0].function_declarations[${at}].parameters: schema should be of type OBJECT`,
  }),
};

const mistralWordings: ProviderWordings = {
  unansweredCalls: () => ({ message: "Not the same number of function calls and responses", code: "3230" }),
  orphanResult: (id, _, previousRole) => ({
    message:
      previousRole === "assistant"
        ? `Unexpected tool call id ${id} in tool results`
        : `Unexpected role 'tool' after role '${previousRole}'`,
    code: "3230",
  }),
  toolRoot: (name) => ({ message: `Invalid tool schema for function ${name}: the root must be of type 'object'`, code: "3051" }),
};

/** OpenAI's words for all who have copied its API. */
export function wordingsOf(provider: string): ProviderWordings {
  const dialect = dialectOf(provider);
  if (dialect === anthropic) return anthropicWordings;
  if (dialect === googleAiStudio) return googleWordings;
  return dialect === mistral ? mistralWordings : openaiWordings;
}
