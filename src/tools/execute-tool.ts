import { abortable } from "../abort.ts";
import { ConfigurationError } from "../errors/errors.ts";
import type { ToolMessage } from "../wire.ts";
import type { CheckedToolCall } from "./check-tool-call.ts";
import { describeThrown } from "./describe-thrown.ts";
import { toToolCall } from "./parse-tool-call.ts";
import { runTool } from "./run-tool.ts";
import type { ToolCall } from "./tool-call.ts";
import { createToolContext, type ToolEnvironment } from "./tool-environment.ts";
import { type ExecutedToolCall, toolMessage, toToolContent } from "./tool-message.ts";
import type { Tool } from "./tool-types.ts";

/** Executes a call and returns its result or a promise of it. */
type Executor = (tool: Tool, args: unknown) => unknown;

type CallToExecute = Extract<CheckedToolCall, { kind: "execute" }>;

/**
 * Executes a checked call with `executor` or the tool's `execute`. Errors become tool results that say what to correct. Fails only if the
 * chat is aborted, with the signal's reason, or with a ConfigurationError for an invalid return value of `onToolCall`. Returns a promise
 * only if something is asynchronous.
 */
export function executeTool(
  checked: Extract<CheckedToolCall, { kind: "execute" | "invalid" }>,
  environment: ToolEnvironment,
  executor?: Executor,
): ExecutedToolCall | Promise<ExecutedToolCall> {
  // A synchronous tool may have aborted the chat.
  environment.signal.throwIfAborted();
  const started = performance.now();
  if (checked.kind === "invalid") return failure(checked.call, checked.call.args, checked.correction, started);
  const { onToolCall } = environment;
  if (onToolCall) return executeAfterHook(onToolCall, checked, environment, started, executor);
  return execute(checked, environment, started, executor);
}

async function executeAfterHook(
  onToolCall: NonNullable<ToolEnvironment["onToolCall"]>,
  checked: CallToExecute,
  environment: ToolEnvironment,
  started: number,
  executor: Executor | undefined,
): Promise<ExecutedToolCall> {
  const { call, args } = checked;
  const replaced = await replaceExecution(onToolCall, { ...toToolCall(call), args }, environment.signal);
  if (replaced && "vetoed" in replaced) return failure(call, args, `Not executed: ${replaced.vetoed}`, started);
  const run = replaced ? () => abortable(Promise.resolve(replaced.result), environment.signal) : executor;
  return execute(checked, environment, started, run);
}

function execute(
  { call, tool, args }: CallToExecute,
  environment: ToolEnvironment,
  started: number,
  executor: Executor | undefined,
): ExecutedToolCall | Promise<ExecutedToolCall> {
  const { signal, toolTimeout } = environment;
  const run: ToolRun = { call, args, started, isRunning: true };
  try {
    const returned = executor
      ? executor(tool, args)
      : runTool(tool, args, createToolContext(call, environment, run), tool.timeout ?? toolTimeout);
    if (!(returned instanceof Promise)) return succeed(run, returned);
    return returned.then((result) => succeed(run, result)).catch((error: unknown) => fail(run, error, signal));
  } catch (error) {
    return fail(run, error, signal);
  }
}

/** A call in progress. */
interface ToolRun {
  readonly call: ToolCall;
  readonly args: unknown;
  /** `performance.now()` */
  readonly started: number;
  isRunning: boolean;
}

function succeed(run: ToolRun, result: unknown): ExecutedToolCall {
  run.isRunning = false;
  const { content, isError } = toToolContent(result);
  return done(run, result, isError, content);
}

function fail(run: ToolRun, error: unknown, signal: AbortSignal): ExecutedToolCall {
  run.isRunning = false;
  if (signal.aborted) throw signal.reason;
  const text = `${run.call.name} failed: ${describeThrown(error)}`;
  return done(run, text, true, text);
}

/** Calls `onToolCall`: a returned result replaces the execution, a throw vetoes it. */
async function replaceExecution(
  onToolCall: NonNullable<ToolEnvironment["onToolCall"]>,
  call: ToolCall,
  signal: AbortSignal,
): Promise<{ result: unknown } | { vetoed: string } | undefined> {
  let returned: unknown;
  try {
    returned = await abortable(Promise.resolve(onToolCall(call)), signal);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    return { vetoed: describeThrown(error) };
  }
  // `cached && { result: cached }` may return `false`.
  if (returned === undefined || returned === null || returned === false) return undefined;
  if (typeof returned === "object" && "result" in returned) return { result: returned.result };
  const got = typeof returned === "object" ? "an object without result" : (JSON.stringify(returned) ?? typeof returned);
  throw new ConfigurationError([
    { option: "onToolCall", message: `must return nothing or { result }, got ${got}. To veto a call, throw an error` },
  ]);
}

/** The result of a call that was denied. */
export function denyToolCall(call: ToolCall, reason: string | undefined): ExecutedToolCall {
  const text = `Not executed: ${reason ?? "the user did not approve this call."}`;
  const { result, message } = failure(call, call.args, text, performance.now());
  return { result: { ...result, denied: true }, message };
}

const failure = (call: ToolCall, args: unknown, text: string, started: number): ExecutedToolCall =>
  done({ call, args, started }, text, true, text);

function done(
  { call: { id, name, background }, args, started }: Omit<ToolRun, "isRunning">,
  result: unknown,
  isError: boolean,
  content: ToolMessage["content"],
): ExecutedToolCall {
  const durationMs = performance.now() - started;
  return { result: { toolCallId: id, name, args, result, isError, durationMs, background }, message: toolMessage(id, content) };
}
