import { ConfigurationError } from "../errors/errors.ts";
import type { Awaitable, Tool, ToolContext } from "../options/chat-options.ts";
import type { InferOutput, Schema } from "../schema.ts";

/** What `tool()` makes a tool of. */
export interface ToolDefinition<S extends Schema = Schema> {
  /** What it does and when to use it, in words for the model. */
  description?: string | undefined;
  /** The schema of its arguments, an object's. */
  parameters: S;
  /**
   * Runs the tool; what it returns is told to the model, a throw as an error that it can mend. Without it the call ends the chat:
   * `finishReason` is `"tool-calls"` and the call stands on `result.toolCalls`.
   */
  execute?: ((args: InferOutput<S>, context: ToolContext) => unknown) | undefined;
  /** Milliseconds it may take. @default the option `toolTimeout` */
  timeout?: number | undefined;
}

/** What the runtime sees of a tool. */
export interface RunnableTool extends Tool {
  readonly execute?: ((args: unknown, context: ToolContext) => Awaitable<unknown>) | undefined;
  readonly timeout?: number | undefined;
}

/**
 * Makes a tool. The arguments of `execute` have the type of `parameters`: any Standard Schema (Zod, Valibot, ArkType, …), or a JSON Schema
 * written as a literal. They are validated before `execute` runs; where they do not fit, the model is told what to mend.
 *
 * @throws ConfigurationError when a part of the definition is missing or of the wrong kind
 */
export function tool<const S extends Schema>(definition: ToolDefinition<S>): Tool {
  const { description, parameters, execute, timeout } = definition;
  const problems: { option: string; message: string }[] = [];
  if (parameters === undefined || parameters === null)
    problems.push({
      option: "tool.parameters",
      message: 'is missing: give a schema; for no arguments, { type: "object", properties: {} }',
    });
  if (execute !== undefined && typeof execute !== "function")
    problems.push({ option: "tool.execute", message: `must be a function, not ${typeof execute}` });
  if (description !== undefined && typeof description !== "string")
    problems.push({ option: "tool.description", message: `must be a text, not ${typeof description}` });
  if (timeout !== undefined && !(typeof timeout === "number" && timeout > 0))
    problems.push({ option: "tool.timeout", message: "must be a number of milliseconds above 0" });
  if (problems.length > 0) throw new ConfigurationError(problems);
  return Object.freeze({ description, parameters, execute, timeout } satisfies ToolDefinition<S>);
}
