import { captureCaller, withCaller } from "../errors/caller.ts";
import { ConfigurationError } from "../errors/errors.ts";
import { runCheck } from "../options/run-check.ts";
import { checkToolDefinition } from "../options/validate-tool.ts";
import type { InferOutput, Schema } from "../schema.ts";
import type { Tool, ToolContext } from "./tool-types.ts";

/** What `tool()` makes a tool from. */
export interface ToolDefinition<S extends Schema = Schema> {
  /** What the tool does and when to use it, written for the model. */
  description?: string | undefined;
  /**
   * The schema of its arguments. The provider is sent what it accepts of it: a root that is no object is wrapped in one, and keywords that
   * the provider refuses move into descriptions. This schema itself validates the arguments.
   */
  parameters: S;
  /** `false`: the arguments reach `execute` as parsed, unchecked, for a schema that somebody else validates. @default true */
  validate?: boolean | undefined;
  /**
   * Runs the tool. What it returns goes to the model, as does what it throws, marked as an error. Images and files reach the model when they
   * are returned as content parts (`{ type: "image_url", … }`) or MCP content. Of an async generator each yielded value is a
   * `tool-progress` event; its return value, else the last yielded one, is the result.
   *
   * Without it a call ends the chat: `finishReason` is `"tool-calls"` and the call is on `result.toolCalls`.
   */
  execute?: ((args: InferOutput<S>, context: ToolContext) => unknown) | undefined;
  /** Milliseconds it may take, as a background task too. @default the option `toolTimeout`; none for background tasks */
  timeout?: number | undefined;
  /**
   * Holds calls back until the option `approvals` decides on them: the chat ends with `finishReason` `"tool-calls"`, and the call is on
   * `result.toolCalls` with `needsApproval: true`. A function decides for each call; when it throws, the model is told and nothing runs.
   * Not for background tasks.
   */
  needsApproval?: boolean | ((args: InferOutput<S>, context: ToolContext) => boolean | Promise<boolean>) | undefined;
  /** Merged into the tool's object on the wire: `{ strict: true }` (goes into `function`), `{ cache_control: { type: "ephemeral" } }`. */
  wire?: object | undefined;
}

/**
 * Makes a tool. The arguments of `execute` have the type of `parameters`: any Standard Schema (Zod, Valibot, ArkType, …), or a JSON Schema
 * written as a literal. They are validated before `execute` runs; when they are invalid, the model is told what to correct.
 *
 * @throws ConfigurationError when a field of the definition is missing, unknown or of the wrong type
 */
export function tool<const S extends Schema>(definition: ToolDefinition<S>): Tool {
  const problems = runCheck("tool", () => checkToolDefinition(definition));
  if (problems.length > 0) throw withCaller(new ConfigurationError(problems), captureCaller(tool));
  const { description, parameters, validate, execute, timeout, needsApproval, wire } = definition;
  const fields = { description, parameters, validate, execute, timeout, needsApproval, wire };
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  // The arguments are typed by the schema here, and validated by it before either function is called.
  return Object.freeze(Object.fromEntries(given)) as unknown as Tool;
}
