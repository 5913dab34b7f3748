import { abortable } from "../abort.ts";
import type { ChatDefaults, Tool, ToolCall, ToolResult } from "../options/chat-options.ts";
import { validateWith } from "../output/validate.ts";
import type { SchemaIssue, SchemaValidator } from "../schema.ts";
import type { Message } from "../wire.ts";
import { runTool } from "./run-tool.ts";
import type { RunnableTool } from "./tool.ts";

/** What tools run with, the same for all calls of a turn. */
export interface ToolEnvironment {
  tools: Readonly<Record<string, Tool>>;
  validator: SchemaValidator | undefined;
  messages: readonly Message[];
  signal: AbortSignal;
  toolTimeout: number | undefined;
  onToolCall: ChatDefaults["onToolCall"];
}

/** A call of a turn: as the model made it, its arguments parsed where they are JSON. */
export interface RequestedCall extends ToolCall {
  /** Why the arguments could not be read. */
  malformed?: string;
}

/** Characters of malformed arguments that are repeated to the model, which sees them nowhere else: a conversation must hold valid ones. */
const longestQuote = 500;

/** Reads the arguments' text; what is not JSON stays text, and never runs. */
export function requestedCall(id: string, name: string, argsText: string, background: boolean): RequestedCall {
  try {
    return { id, name, args: JSON.parse(argsText), background };
  } catch (error) {
    return { id, name, args: argsText, background, malformed: error instanceof Error ? error.message : "not JSON" };
  }
}

const toolOf = ({ name }: RequestedCall, { tools }: ToolEnvironment): RunnableTool | undefined =>
  Object.hasOwn(tools, name) ? (tools[name] as RunnableTool) : undefined;

/** The arguments as the schema makes them, or what the model has to mend. */
async function readArguments(
  call: RequestedCall,
  { parameters }: RunnableTool,
  { validator, signal }: ToolEnvironment,
): Promise<{ value: unknown } | { complaint: string }> {
  const { name, args, malformed } = call;
  if (malformed !== undefined) {
    const wrote = String(args).slice(0, longestQuote);
    return {
      complaint: `The arguments are not valid JSON (${malformed}). Call ${name} again with a JSON object. You wrote: ${wrote}`,
    };
  }
  const checked = await abortable(validateWith(parameters, args, validator, `tools.${name}.parameters`), signal);
  if (!checked.issues) return { value: checked.value };
  const mend = complaints(checked.issues);
  return { complaint: `The arguments do not fit the parameters of ${name}: ${mend}. Call it again with these mended.` };
}

/** The calls that are the caller's to answer: their tools have no `execute`, and their arguments fit. Of others the model is told what to mend. */
export async function leftToCaller(calls: readonly RequestedCall[], environment: ToolEnvironment): Promise<RequestedCall[]> {
  const fits = await Promise.all(
    calls.map(async (call) => {
      const tool = toolOf(call, environment);
      if (!tool || tool.execute || call.background) return false;
      const read = await readArguments(call, tool, environment).catch(() => undefined);
      return read !== undefined && "value" in read;
    }),
  );
  return calls.filter((_, index) => fits[index]);
}

/** How a checked call is carried out; what it returns is told to the model. */
type Carry = (tool: RunnableTool, args: unknown) => unknown;

/**
 * Carries out one call and never throws: whatever goes wrong becomes a result that tells the model what to mend. Only an abort of the whole
 * chat rejects, with the signal's reason.
 */
export async function executeTool(call: RequestedCall, environment: ToolEnvironment, carry?: Carry): Promise<ToolResult> {
  const started = performance.now();
  let args = call.args;
  const result = (value: unknown, isError: boolean): ToolResult => ({
    toolCallId: call.id,
    name: call.name,
    args,
    result: value,
    isError,
    durationMs: performance.now() - started,
    background: call.background,
  });

  const { tools, signal } = environment;
  const tool = toolOf(call, environment);
  if (!tool) return result(`There is no tool "${call.name}". Available: ${Object.keys(tools).join(", ") || "none"}.`, true);
  try {
    const read = await readArguments(call, tool, environment);
    if ("complaint" in read) return result(read.complaint, true);
    args = read.value;
    const { onToolCall } = environment;
    if (onToolCall) {
      const { id, name, background } = call;
      try {
        const replaced = await abortable(Promise.resolve(onToolCall({ id, name, args, background })), signal);
        if (replaced !== undefined) return result(replaced.result, false);
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        return result(`Not run: ${messageOf(error)}`, true);
      }
    }
    if (carry) return result(await carry(tool, args), false);
    const context = { signal, toolCallId: call.id, messages: environment.messages };
    return result(await runTool(tool, args, context, tool.timeout ?? environment.toolTimeout), false);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    return result(`${call.name} failed: ${messageOf(error)}`, true);
  }
}

const complaints = (issues: readonly SchemaIssue[]) =>
  issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join("; ");
const messageOf = (error: unknown) => (error instanceof Error ? error.message || error.name : String(error));
