import { abortable } from "../abort.ts";
import type { ChatDefaults, Tool, ToolCall, ToolResult } from "../options.ts";
import { validateWith } from "../output/validate.ts";
import type { SchemaIssue, SchemaValidator } from "../schema.ts";
import type { Message, ToolMessage } from "../wire.ts";
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
  if (call.malformed !== undefined)
    return result(`The arguments are not valid JSON (${call.malformed}). Call ${call.name} again with a JSON object.`, true);
  try {
    const checked = await validateWith(tool.parameters, call.args, validator, `tools.${call.name}.parameters`);
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
    return result(await (carry ? carry(tool, args) : runTool(tool, args, call, environment)), false);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    return result(`${call.name} failed: ${messageOf(error)}`, true);
  }
}

async function runTool(tool: RunnableTool, args: unknown, call: ToolCall, environment: ToolEnvironment): Promise<unknown> {
  const { signal, messages, toolTimeout } = environment;
  const limit = tool.timeout ?? toolTimeout;
  if (limit === undefined || limit > 2 ** 31 - 1)
    return abortable(start(tool, args, { signal, toolCallId: call.id, messages }), signal);

  const controller = new AbortController();
  const passOn = () => controller.abort(signal.reason);
  signal.addEventListener("abort", passOn, { once: true });
  const timer = setTimeout(() => controller.abort(new Error(`it took longer than ${limit} ms`)), limit);
  try {
    return await abortable(start(tool, args, { signal: controller.signal, toolCallId: call.id, messages }), controller.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", passOn);
  }
}

/** A synchronous throw becomes a rejection. */
async function start(
  tool: RunnableTool,
  args: unknown,
  context: Parameters<NonNullable<RunnableTool["execute"]>>[1],
): Promise<unknown> {
  return tool.execute?.(args, context);
}

const complaints = (issues: readonly SchemaIssue[]) =>
  issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join("; ");
const messageOf = (error: unknown) => (error instanceof Error ? error.message || error.name : String(error));

/** Runs so many at a time, in order of the calls; yields each result as it comes. */
export async function* runAll<T>(
  jobs: readonly (() => Promise<T>)[],
  concurrency: number,
): AsyncGenerator<{ index: number; value: T }, void> {
  const running = new Map<number, Promise<{ index: number; value: T }>>();
  let next = 0;
  while (next < jobs.length || running.size > 0) {
    while (next < jobs.length && running.size < concurrency) {
      const index = next++;
      const job = (jobs[index] as () => Promise<T>)().then((value) => ({ index, value }));
      // When one rejects (an abort), nobody waits for the others any more.
      job.catch(() => {});
      running.set(index, job);
    }
    const done = await Promise.race(running.values());
    running.delete(done.index);
    yield done;
  }
}

/** The message that answers a call. */
export function toolMessage(toolCallId: string, result: unknown): ToolMessage {
  return { role: "tool", tool_call_id: toolCallId, content: toolContent(result) };
}

function toolContent(result: unknown): ToolMessage["content"] {
  if (typeof result === "string") return result;
  if (result === undefined) return "Done; there is no result.";
  if (isTextParts(result)) return result;
  try {
    return (
      JSON.stringify(result, (_, value) => (typeof value === "bigint" ? value.toString() : value)) ??
      `Done; the result is a ${typeof result}.`
    );
  } catch {
    return `Done; the result can't be written as JSON: ${describe(result)}`;
  }
}

function isTextParts(value: unknown): value is { type: "text"; text: string }[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((part) => typeof part === "object" && part !== null && part.type === "text" && typeof part.text === "string")
  );
}

/** The readable top of a value that refers to itself. */
function describe(value: unknown): string {
  const entries = Object.entries(value as object).map(
    ([key, entry]) => `${key}: ${typeof entry === "object" && entry !== null ? "…" : String(entry)}`,
  );
  return `{ ${entries.join(", ")} }`;
}
