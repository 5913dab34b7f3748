import type { Warning } from "../chat/warning.ts";
import type { GatewayError } from "../errors/errors.ts";
import type { OutputStrategy } from "../options/provider-profile.ts";
import type { SchemaIssue, Validated } from "../schema.ts";
import type { FunctionTool, ResponseFormat } from "../wire.ts";

/** How structured output is requested from a model. */
export interface OutputMode {
  readonly strategy: OutputStrategy;
  /** The provider rejects tools together with a response format, so the output is requested in a separate turn. */
  readonly toolsFirst: boolean;
}

/** The parts of a request that ask for structured output. */
export interface OutputRequest {
  responseFormat?: ResponseFormat;
  tool?: FunctionTool;
  /** Appended to the system message. */
  instruction?: string;
}

/** Requests and reads the structured output of a chat for one model. */
export interface StructuredOutput extends OutputMode {
  /** Name of the output tool, which only the strategy `tool` sends. */
  readonly toolName: string;
  request(): OutputRequest;
  /**
   * If `error` says that the provider does not support the strategy, or not together with tools (`withTools`: tools were sent), switches to
   * the next mode and returns a warning. Undefined for any other error, including one about the user's schema.
   */
  fallBack(error: GatewayError, sent: { withTools: boolean }): Warning | undefined;
  /** Returns the model's text if the provider itself rejected it as output, `""` if the error has no text; undefined for any other error. */
  getRejectedText(error: GatewayError): string | undefined;
  /** Reads the model's text or the arguments of the output tool, and validates the value against the user's schema. */
  read(text: string): Promise<Validated>;
  /** Returns the JSON in the model's text without validating it, or the text itself if it contains none. */
  clean(text: string): string;
  /** A message that asks the model to correct its answer. */
  correction(issues: readonly SchemaIssue[]): string;
  /** Creates a parser for the value as its text arrives. The value only grows and is not validated. */
  createPartial(): PartialOutput;
}

/** The structured output parsed so far. */
export interface PartialOutput {
  /** Adds text; returns whether `value` changed. */
  push(text: string): boolean;
  readonly value: unknown;
  /** The array elements completed since the last call, before validation. */
  takeElements(): unknown[];
}
