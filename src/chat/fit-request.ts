import { ConfigurationError } from "../errors/errors.ts";
import type { StructuredOutput } from "../output/structured-output.ts";
import type { TurnRequest } from "../request/build-request.ts";
import type { ModelId } from "../request/model-id.ts";
import type { FunctionTool } from "../wire.ts";
import type { ChatContext } from "./chat-state.ts";
import type { TurnPlan } from "./turn-plan.ts";

/** A turn's plan as one target takes it. */
export interface FittedRequest {
  readonly request: TurnRequest;
  /** The tool that the model has to call, where it is exactly one. */
  readonly forcedTool: string | undefined;
  /** Whether this request asks for the structured output. */
  readonly asksOutput: boolean;
}

/** Fits the plan to a target: which tools, which choice, and whether this request asks for the output. */
export function fitRequest(
  plan: TurnPlan,
  { turnId, streaming }: ChatContext,
  target: ModelId,
  output: StructuredOutput | undefined,
): FittedRequest {
  const offered = plan.tools.describe(target);
  // Where tools and a response format exclude each other, the tools go first.
  const toolsFirst = target.row.toolsWithOutput === false || output?.toolsFirst === true;
  const asksOutput =
    output !== undefined && (plan.outputOnly || offered.length === 0 || output.strategy === "tool" || !toolsFirst);
  const parts = asksOutput ? output.request() : {};
  if (parts.tool) assertFreeName(parts.tool.function.name, offered);
  const alone = asksOutput && plan.outputOnly;
  const dropTools = alone && parts.tool === undefined && toolsFirst;
  const tools = dropTools ? [] : parts.tool ? [...offered, parts.tool] : offered;
  let { toolChoice } = plan;
  if (parts.tool && (alone || offered.length === 0)) toolChoice = { tool: parts.tool.function.name };
  else if (alone) toolChoice = "none";
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
  return { request, forcedTool: typeof toolChoice === "object" ? toolChoice.tool : onlyTool, asksOutput };
}

/** The output tool avoids the names of the chat's own tools, but `prepareTurn` may bring another tool of that name. */
function assertFreeName(name: string, offered: readonly FunctionTool[]): void {
  if (!offered.some((tool) => tool.function.name === name)) return;
  const message = "has the name of the tool that carries the structured output; rename it, or list it in tools as well";
  throw new ConfigurationError([{ option: `prepareTurn.tools.${name}`, message }]);
}
