import type { Warning } from "../chat/result.ts";
import type { ChatDefaults, ToolChoice } from "../options/chat-options.ts";
import type { ChatCompletionRequest, FunctionTool, Message, ResponseFormat } from "../wire.ts";
import { gatewayHeaders } from "./gateway-headers.ts";
import type { ModelId } from "./model-id.ts";
import { modelLimits } from "./providers.ts";

/** What a turn asks, once the loop has decided on it. */
export interface TurnRequest {
  target: ModelId;
  messages: readonly Message[];
  options: ChatDefaults;
  tools: readonly FunctionTool[];
  toolChoice: ToolChoice | undefined;
  responseFormat: ResponseFormat | undefined;
  /** Put behind the system message; for output strategies that ask in words. */
  instruction: string | undefined;
  stream: boolean;
}

/** Parts that a provider has refused and that are left out when the request is sent again. */
export interface Omissions {
  streamOptions?: boolean;
  toolChoice?: boolean;
}

type Body = ChatCompletionRequest;

/** Options that go into the body under another name, as they are. */
const bodyFields = {
  temperature: "temperature",
  topP: "top_p",
  stop: "stop",
  seed: "seed",
  frequencyPenalty: "frequency_penalty",
  presencePenalty: "presence_penalty",
  reasoningEffort: "reasoning_effort",
  parallelToolCalls: "parallel_tool_calls",
} as const satisfies { [Option in keyof ChatDefaults]?: string };

/** The body and the headers of a turn. What is unset is absent; what the model is known to refuse is left out or renamed, with a warning. */
export function buildRequest(
  request: TurnRequest,
  omit: Omissions,
): { body: Body; headers: Record<string, string>; warnings: Warning[] } {
  const { target, options } = request;
  const warnings: Warning[] = [];
  const limits = modelLimits(target.model, target.row);
  const body: Record<string, unknown> = { model: target.model, messages: wireMessages(request) };

  for (const [option, field] of Object.entries(bodyFields)) {
    const value = options[option as keyof typeof bodyFields];
    if (value === undefined || (option === "parallelToolCalls" && request.tools.length === 0)) continue;
    if (limits.unsupported.has(option)) {
      warnings.push({ code: "option-dropped", option, message: `${target.model} refuses ${field}; ${option} was left out.` });
    } else body[field] = value;
  }
  if (options.maxTokens !== undefined) {
    if (limits.unsupported.has("maxTokens")) {
      warnings.push({
        code: "option-dropped",
        option: "maxTokens",
        message: `${target.model} refuses a token limit; maxTokens was left out.`,
      });
    } else {
      body[limits.maxTokensField] = options.maxTokens;
      if (limits.maxTokensField !== "max_tokens") {
        warnings.push({
          code: "option-renamed",
          option: "maxTokens",
          message: `${target.model} refuses max_tokens; maxTokens was sent as ${limits.maxTokensField}.`,
        });
      }
    }
  }
  if (request.tools.length > 0) {
    body.tools = request.tools;
    const choice = wireToolChoice(request.toolChoice);
    if (choice !== undefined && !omit.toolChoice) body.tool_choice = choice;
  }
  if (request.responseFormat) body.response_format = request.responseFormat;
  if (request.stream) {
    body.stream = true;
    if (!omit.streamOptions) body.stream_options = { include_usage: true };
  }
  for (const [field, value] of Object.entries(options.extraBody ?? {})) {
    if (value !== undefined) body[field] = value;
  }
  return { body: body as Body, headers: wireHeaders(options), warnings };
}

function wireToolChoice(choice: ToolChoice | undefined): Body["tool_choice"] {
  if (typeof choice === "object") return { type: "function", function: { name: choice.tool } };
  return choice === "auto" ? undefined : choice;
}

function wireHeaders(options: ChatDefaults): Record<string, string> {
  const headers = gatewayHeaders(options.gateway ?? {});
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (value !== undefined) headers[name.toLowerCase()] = value;
  }
  return headers;
}

function wireMessages({ messages, instruction, target }: TurnRequest): readonly Message[] {
  const instructed = instruction === undefined ? messages : withInstruction(messages, instruction);
  return target.row.plainContent ? instructed.map(withPlainContent) : instructed;
}

function withInstruction(messages: readonly Message[], instruction: string): Message[] {
  const [first, ...others] = messages;
  if (first?.role === "system" && typeof first.content === "string")
    return [{ ...first, content: `${first.content}\n\n${instruction}` }, ...others];
  return [{ role: "system", content: instruction }, ...messages];
}

/** Workers AI takes text alone as content, also where others take null or a list of text parts. */
function withPlainContent(message: Message): Message {
  const { content } = message;
  if (content === null || content === undefined) return { ...message, content: "" } as Message;
  if (!Array.isArray(content) || !content.every((part) => part.type === "text")) return message;
  return { ...message, content: content.map((part) => (part as { text: string }).text).join("") } as Message;
}
