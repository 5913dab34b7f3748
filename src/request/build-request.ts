import type { Warning } from "../chat/warning.ts";
import type { ChatDefaults, ToolChoice } from "../options/chat-options.ts";
import type { ChatCompletionRequest, FunctionTool, Message, RequestField, ResponseFormat } from "../wire.ts";
import { fitOptions } from "./fit-options.ts";
import { gatewayHeaders } from "./gateway-headers.ts";
import type { ModelId } from "./model-id.ts";
import type { ModelRow } from "./model-rules.ts";
import { userAgent } from "./user-agent.ts";
import { writeMessages } from "./write-messages.ts";

/** The request of a turn, as planned by the loop. */
export interface TurnRequest {
  target: ModelId;
  messages: readonly Message[];
  options: ChatDefaults;
  tools: readonly FunctionTool[];
  /** Tools that the provider runs itself, in its own format. */
  providerTools?: readonly object[] | undefined;
  toolChoice: ToolChoice | undefined;
  responseFormat: ResponseFormat | undefined;
  /** Appended to the system message by output strategies that use a prompt. */
  instruction: string | undefined;
  stream: boolean;
}

/** Parts that a provider has rejected and that are omitted from a retry. */
export interface Omissions {
  streamOptions?: boolean;
  toolChoice?: boolean;
  /** Rules learned from requests that the model rejected. */
  learned?: readonly ModelRow[];
}

type Body = ChatCompletionRequest;

const none: readonly never[] = [];

/** Builds the body and headers of a turn. Unset options are absent; options that the model rejects are omitted or renamed, with a warning. */
export function buildRequest(
  request: TurnRequest,
  omit: Omissions,
): { body: Body; headers: Record<string, string>; warnings: Warning[] } {
  const { target, options, tools, providerTools = none, instruction } = request;
  const { learned = none } = omit;
  const { fields, warnings } = fitOptions(options, target, { hasTools: tools.length > 0, learned });
  const unsupportedFields = learned.length > 0 ? new Set(learned.flatMap((row) => row.unsupportedFields ?? [])) : undefined;
  for (const field of unsupportedFields ?? []) {
    const message = `${target.model} rejects ${field} in messages; it was left out.`;
    warnings.push({ code: "option-dropped", option: "messages", message });
  }
  const body: { [Field in RequestField]?: unknown } = {
    model: target.model,
    messages: writeMessages(request.messages, target, { instruction, unsupportedFields }),
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
  // Proxies and mock servers that negotiate content would otherwise respond with JSON.
  if (stream) headers.accept = "text/event-stream";
  const own = options.headers;
  for (const name in own) {
    const value = own[name];
    if (value === undefined) delete headers[name.toLowerCase()];
    else headers[name.toLowerCase()] = value;
  }
  return headers;
}
