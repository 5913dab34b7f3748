import { validateWith } from "../output/validate.ts";
import type { SchemaIssue, SchemaValidator, Validated } from "../schema.ts";
import { runTool } from "./run-tool.ts";
import type { Tool, ToolContext } from "./tool-types.ts";

/** The context of `runTask`; omitted fields of `ToolContext` get an empty value. */
export interface TaskContext extends Partial<ToolContext> {
  toolCallId: string;
  /** Validates arguments against a JSON Schema. @default the package's own */
  validator?: SchemaValidator | undefined;
}

/** The outcome of a task: its result, or the problems of its arguments. */
export type TaskOutcome = { result: unknown; issues?: undefined } | { issues: SchemaIssue[] };

/**
 * Validates a tool's arguments and runs it as a chat would, but somewhere else, such as the consumer of a queue that a `TaskDispatcher`
 * fills. Rejects with the tool's error.
 */
export async function runTask(tool: Tool, args: unknown, context: TaskContext): Promise<TaskOutcome> {
  const { toolCallId, validator, messages = [], signal = new AbortController().signal, turn = 0, progress = () => {} } = context;
  const { parameters, validate = true, timeout } = tool;
  const checked: Validated = validate ? await validateWith(parameters, args, validator, "parameters") : { value: args };
  if (checked.issues) return { issues: checked.issues };
  return { result: await runTool(tool, checked.value, { toolCallId, messages, signal, turn, progress }, timeout) };
}
