import type { Warning } from "../chat/warning.ts";
import type { GatewayError } from "../errors/errors.ts";
import type { OutputStrategy } from "../options/provider-profile.ts";
import type { SchemaIssue, Validated } from "../schema.ts";
import type { FunctionTool, ResponseFormat } from "../wire.ts";

/** What has been learned about how a model gives structured output. */
export interface OutputMode {
  readonly strategy: OutputStrategy;
  /** The provider refuses tools beside a response format, so the output is requested in a turn of its own. */
  readonly toolsFirst: boolean;
}

/** What a request for structured output holds. */
export interface OutputRequest {
  responseFormat?: ResponseFormat;
  tool?: FunctionTool;
  /** Appended to the system message. */
  instruction?: string;
}

/** The structured output of a chat, for one model: how it is requested, and how it is read. */
export interface StructuredOutput extends OutputMode {
  /** Of the output tool, which only the strategy `tool` sends. */
  readonly toolName: string;
  request(): OutputRequest;
  /**
   * When `error` says that the provider does not support the strategy, or takes no tools beside it (`withTools`: they were sent), goes on to
   * the next mode and returns the warning. Undefined for any other error, a complaint about the user's schema included.
   */
  fallBack(error: GatewayError, sent: { withTools: boolean }): Warning | undefined;
  /** What the model wrote when the provider itself rejected it as an output, `""` where it doesn't say; undefined for any other error. */
  getRejectedText(error: GatewayError): string | undefined;
  /** Reads the model's text, or the arguments of the output tool. The user's own schema has the last word. */
  read(text: string): Promise<Validated>;
  /** The JSON in the model's text, neither validated nor changed; the text itself where it contains none. */
  clean(text: string): string;
  /** A message that asks the model again. */
  complaint(issues: readonly SchemaIssue[]): string;
  /** The value while its text arrives. It only grows; nothing has validated it. */
  createPartial(): PartialOutput;
}

/** The value of a structured output while its text arrives. */
export interface PartialOutput {
  /** Whether `value` changed. */
  push(text: string): boolean;
  readonly value: unknown;
  /** The elements of an array that have become complete since the last call, as the model wrote them. */
  takeElements(): unknown[];
}
