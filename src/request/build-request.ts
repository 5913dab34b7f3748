import type { Warning } from "../chat/warning.ts";
import type { ChatDefaults, ToolChoice } from "../options/chat-options.ts";
import type { ChatCompletionRequest, FunctionTool, Message, RequestField, ResponseFormat } from "../wire.ts";
import { fitOptions } from "./fit-options.ts";
import { gatewayHeaders } from "./gateway-headers.ts";
import type { ModelId } from "./model-id.ts";
import type { ModelRow } from "./model-rules.ts";
import { userAgent } from "./user-agent.ts";
import { writeMessages } from "./write-messages.ts";

/** What a turn asks, once the loop has decided on it. */
export interface TurnRequest {
  target: ModelId;
  messages: readonly Message[];
  options: ChatDefaults;
  tools: readonly FunctionTool[];
  /** Tools that the provider runs itself, in its own words. */
  providerTools?: readonly object[] | undefined;
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
  /** What earlier refusals of the model have taught. */
  learned?: readonly ModelRow[];
}

type Body = ChatCompletionRequest;

const none: readonly never[] = [];

/** The body and the headers of a turn. What is unset is absent; what the model is known to refuse is left out or renamed, with a warning. */
export function buildRequest(
  request: TurnRequest,
  omit: Omissions,
): { body: Body; headers: Record<string, string>; warnings: Warning[] } {
  const { target, options, tools, providerTools = none, instruction } = request;
  const { learned = none } = omit;
  const { fields, warnings } = fitOptions(options, target, { hasTools: tools.length > 0, learned });
  const refusedFields = learned.length > 0 ? new Set(learned.flatMap((row) => row.refusedFields ?? [])) : undefined;
  for (const field of refusedFields ?? []) {
    const message = `${target.model} refuses ${field} in messages; it was left out.`;
    warnings.push({ code: "option-dropped", option: "messages", message });
  }
  const body: { [Field in RequestField]?: unknown } = {
    model: target.model,
    messages: writeMessages(request.messages, target, { instruction, refusedFields }),
  };
  if (tools.length + providerTools.length > 0) body.tools = [...tools, ...providerTools];
  if (tools.length > 0) {
    const choice = wireToolChoice(request.toolChoice);
    if (choice !== undefined && !omit.toolChoice) body.tool_choice = choice;
  }
  if (request.responseFormat) body.response_format = request.responseFormat;
  if (request.stream) {
    body.stream = true;
    if (!omit.streamOptions) body.stream_options = { include_usage: true };
  }
  return { body: Object.assign(body, fields) as Body, headers: wireHeaders(options, request.stream), warnings };
}

function wireToolChoice(choice: ToolChoice | undefined): Body["tool_choice"] {
  if (typeof choice === "object") return { type: "function", function: { name: choice.tool } };
  return choice === "auto" ? undefined : choice;
}

function wireHeaders(options: ChatDefaults, stream: boolean): Record<string, string> {
  const headers: Record<string, string> = gatewayHeaders(options.gateway ?? {});
  Object.assign(headers, userAgent());
  // Proxies and mock servers that negotiate the content would answer with JSON.
  if (stream) headers.accept = "text/event-stream";
  const own = options.headers;
  for (const name in own) {
    const value = own[name];
    if (value === undefined) delete headers[name.toLowerCase()];
    else headers[name.toLowerCase()] = value;
  }
  return headers;
}
