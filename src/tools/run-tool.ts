import { abortable, maxTimerMs, whenAborted } from "../abort.ts";
import type { ToolContext } from "../options/chat-options.ts";
import type { RunnableTool } from "./tool.ts";

/** Runs a tool for at most `limit` milliseconds. An abort or the end of the time rejects at once, whether or not the tool heeds its signal. */
export async function runTool(
  tool: RunnableTool,
  args: unknown,
  context: ToolContext,
  limit: number | undefined,
): Promise<unknown> {
  if (limit === undefined || limit > maxTimerMs) return abortable(execute(tool, args, context), context.signal);

  const controller = new AbortController();
  const letGo = whenAborted(context.signal, () => controller.abort(context.signal.reason));
  const timer = setTimeout(() => controller.abort(new Error(`it took longer than ${limit} ms`)), limit);
  try {
    return await abortable(execute(tool, args, { ...context, signal: controller.signal }), controller.signal);
  } finally {
    clearTimeout(timer);
    letGo();
  }
}

/** A synchronous throw becomes a rejection. */
async function execute(tool: RunnableTool, args: unknown, context: ToolContext): Promise<unknown> {
  return tool.execute?.(args, context);
}
