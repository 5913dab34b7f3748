import { ConfigurationError } from "../errors/errors.ts";
import type { StructuredOutput } from "../output/structured-output.ts";
import type { TurnRequest } from "../request/build-request.ts";
import type { ModelId } from "../request/model-id.ts";
import type { FunctionTool } from "../wire.ts";
import type { ChatContext } from "./chat-state.ts";
import type { TurnPlan } from "./turn-plan.ts";

/** A turn's plan, adapted to one target. */
export interface FittedRequest {
  readonly request: TurnRequest;
  /** The tool that the model must call, if there is exactly one. */
  readonly forcedTool: string | undefined;
  /** Whether this request includes the structured output. */
  readonly requestsOutput: boolean;
}

/** Adapts the plan to a target: the tools, the tool choice, and whether this request includes the output. */
export function fitRequest(
  plan: TurnPlan,
  { turnId, streaming }: ChatContext,
  target: ModelId,
  output: StructuredOutput | undefined,
): FittedRequest {
  const offered = plan.tools.describe(target);
  // If tools and a response format are mutually exclusive, the tools go first.
  const toolsFirst = target.row.toolsWithOutput === false || output?.toolsFirst === true;
  const requestsOutput =
    output !== undefined && (plan.outputOnly || offered.length === 0 || output.strategy === "tool" || !toolsFirst);
  const parts = requestsOutput ? output.request() : {};
  if (parts.tool) assertFreeName(parts.tool.function.name, offered);
  const isOutputOnly = requestsOutput && plan.outputOnly;
  const dropTools = isOutputOnly && parts.tool === undefined && toolsFirst;
  const tools = dropTools ? [] : parts.tool ? [...offered, parts.tool] : offered;
  let { toolChoice } = plan;
  if (parts.tool && (isOutputOnly || offered.length === 0)) toolChoice = { tool: parts.tool.function.name };
  else if (isOutputOnly) toolChoice = "none";
  const onlyTool = toolChoice === "required" && tools.length === 1 ? tools[0]?.function.name : undefined;
  const request: TurnRequest = {
    target,
    messages: plan.messages,
    options: target.routed ? { ...plan.options, gateway: { ...plan.options.gateway, turnId } } : plan.options,
    tools,
    providerTools: plan.providerTools,
    toolChoice,
    responseFormat: parts.responseFormat,
    instruction: parts.instruction,
    stream: streaming,
  };
  return { request, forcedTool: typeof toolChoice === "object" ? toolChoice.tool : onlyTool, requestsOutput };
}

/** The output tool avoids the names of the chat's tools, but `prepareTurn` may return another tool with its name. */
function assertFreeName(name: string, offered: readonly FunctionTool[]): void {
  if (!offered.some((tool) => tool.function.name === name)) return;
  const message = "has the same name as the tool for the structured output; rename it, or list it in tools as well";
  throw new ConfigurationError([{ option: `prepareTurn.tools.${name}`, message }]);
}
