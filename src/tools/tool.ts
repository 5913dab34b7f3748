import { captureCaller, withCaller } from "../errors/caller.ts";
import { ConfigurationError } from "../errors/errors.ts";
import { runCheck } from "../options/run-check.ts";
import { checkToolDefinition } from "../options/validate-tool.ts";
import type { InferOutput, Schema } from "../schema.ts";
import type { Tool, ToolContext } from "./tool-types.ts";

/** The argument of `tool()`. */
export interface ToolDefinition<S extends Schema = Schema> {
  /** What the tool does and when to use it, written for the model. */
  description?: string | undefined;
  /**
   * Schema of the arguments, which are validated against it. The version sent to the provider may differ: a root that is not an object is
   * wrapped in one, and keywords that the provider doesn't support move into descriptions.
   */
  parameters: S;
  /** `false` passes the parsed arguments to `execute` without validation, for schemas that are validated elsewhere. @default true */
  validate?: boolean | undefined;
  /**
   * Runs the tool. Its return value is sent to the model, as is a thrown error, marked as one. To send images and files, return content
   * parts (`{ type: "image_url", … }`) or MCP content. If it is an async generator, each yielded value is a `tool-progress` event, and the
   * return value (or else the last yielded value) is the result.
   *
   * Without `execute`, a call ends the chat: `finishReason` is `"tool-calls"` and the call is on `result.toolCalls`.
   */
  execute?: ((args: InferOutput<S>, context: ToolContext) => unknown) | undefined;
  /** Milliseconds it may run, also as a background task. @default the option `toolTimeout`; none for background tasks */
  timeout?: number | undefined;
  /**
   * Requires approval: a call ends the chat with `finishReason` `"tool-calls"` and is on `result.toolCalls` with `needsApproval: true`;
   * decide on it with the option `approvals`. A function decides per call; if it throws, the call is not executed and the tool result says
   * so. Not for background tasks.
   */
  needsApproval?: boolean | ((args: InferOutput<S>, context: ToolContext) => boolean | Promise<boolean>) | undefined;
  /** Merged into the tool's object on the wire: `{ strict: true }` (goes into `function`), `{ cache_control: { type: "ephemeral" } }`. */
  wire?: object | undefined;
}

/**
 * Creates a tool. The type of `execute`'s arguments is inferred from `parameters`: any Standard Schema (Zod, Valibot, ArkType, …), or a JSON
 * Schema written as a literal. Arguments are validated before `execute` runs; if they are invalid, the tool result says what to correct.
 *
 * @throws ConfigurationError when a field of the definition is missing, unknown or of the wrong type
 */
export function tool<const S extends Schema>(definition: ToolDefinition<S>): Tool {
  const problems = runCheck("tool", () => checkToolDefinition(definition));
  if (problems.length > 0) throw withCaller(new ConfigurationError(problems), captureCaller(tool));
  const { description, parameters, validate, execute, timeout, needsApproval, wire } = definition;
  const fields = { description, parameters, validate, execute, timeout, needsApproval, wire };
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  // The schema that types the arguments also validates them before either function is called.
  return Object.freeze(Object.fromEntries(given)) as unknown as Tool;
}
