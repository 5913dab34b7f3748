import type { StructuredOutput } from "../output/structured-output.ts";
import type { TurnRequest } from "../request/build-request.ts";
import type { ModelId } from "../request/model-id.ts";
import type { ChatContext } from "./chat-state.ts";
import type { TurnPlan } from "./plan-turn.ts";

/** A turn's plan as one target takes it. */
export interface FittedRequest {
  readonly request: TurnRequest;
  /** The tool that the model has to call, where it is exactly one. */
  readonly forcedTool: string | undefined;
  /** Whether this request asks for the structured output. */
  readonly asksOutput: boolean;
}

/** Fits the plan to a target: which tools, which choice, and whether the output is asked for in this request. */
export function fitRequest(
  plan: TurnPlan,
  { turnId, streaming }: ChatContext,
  target: ModelId,
  output: StructuredOutput | undefined,
): FittedRequest {
  // Where tools and a response format exclude each other, the tools go first.
  const toolsFirst = target.row.toolsWithOutput === false || output?.toolsFirst === true;
  const asksOutput =
    output !== undefined && (plan.outputOnly || plan.tools.length === 0 || output.strategy === "tool" || !toolsFirst);
  const parts = asksOutput ? output.request() : {};
  const alone = asksOutput && plan.outputOnly;
  const dropTools = alone && parts.tool === undefined && toolsFirst;
  const tools = dropTools ? [] : parts.tool ? [...plan.tools, parts.tool] : plan.tools;
  let { toolChoice } = plan;
  if (parts.tool && (alone || plan.tools.length === 0)) toolChoice = { tool: parts.tool.function.name };
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
