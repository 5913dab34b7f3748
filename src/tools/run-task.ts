import type { Tool, ToolContext } from "../options/chat-options.ts";
import { validateWith } from "../output/validate.ts";
import type { SchemaIssue, SchemaValidator } from "../schema.ts";
import { runTool } from "./run-tool.ts";
import type { RunnableTool } from "./tool.ts";

export interface TaskContext extends Partial<ToolContext> {
  toolCallId: string;
  /** Validates arguments under a JSON Schema. @default the package's own */
  validator?: SchemaValidator | undefined;
}

/** What became of a task: its result, or what is wrong with its arguments. */
export type TaskOutcome = { result: unknown; issues?: undefined } | { issues: SchemaIssue[] };

/**
 * Checks the arguments of a tool and runs it, as a chat would, in another place and at another time: in the consumer of a queue that a
 * `TaskDispatcher` filled. Rejects with what the tool throws.
 */
export async function runTask(tool: Tool, args: unknown, context: TaskContext): Promise<TaskOutcome> {
  const { toolCallId, validator, messages = [], signal = new AbortController().signal } = context;
  const checked = await validateWith(tool.parameters, args, validator, "parameters");
  if (checked.issues) return { issues: checked.issues };
  const { timeout } = tool as RunnableTool;
  return { result: await runTool(tool, checked.value, { toolCallId, messages, signal }, timeout) };
}
