import { abortable } from "../abort.ts";
import type { ChatDefaults, Tool, ToolCall, ToolResult } from "../options.ts";
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

  const { tools, validator, signal } = environment;
  const tool = Object.hasOwn(tools, call.name) ? (tools[call.name] as RunnableTool) : undefined;
  if (!tool) return result(`There is no tool "${call.name}". Available: ${Object.keys(tools).join(", ") || "none"}.`, true);
  if (call.malformed !== undefined) {
    const wrote = String(call.args).slice(0, longestQuote);
    return result(
      `The arguments are not valid JSON (${call.malformed}). Call ${call.name} again with a JSON object. You wrote: ${wrote}`,
      true,
    );
  }
  try {
    const check = validateWith(tool.parameters, call.args, validator, `tools.${call.name}.parameters`);
    const checked = await abortable(check, signal);
    if (checked.issues)
      return result(
        `The arguments do not fit the parameters of ${call.name}: ${complaints(checked.issues)}. Call it again with these mended.`,
        true,
      );
    args = checked.value;
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
