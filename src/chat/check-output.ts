import { fail } from "../errors/create-error.ts";
import type { StructuredOutput } from "../output/structured-output.ts";
import type { SchemaIssue } from "../schema.ts";
import type { InterpretedAnswer } from "./interpreted-answer.ts";
import type { Turn } from "./turn.ts";

/** The outcome for the structured output of a turn that has no tool calls to run. */
export type OutputCheck =
  | { kind: "valid"; value: unknown }
  /** The unvalidated JSON of an answer (`validateOutput: false`), or its text if it contains no JSON. */
  | { kind: "unchecked"; text: string }
  | { kind: "retry"; output: StructuredOutput; issues: SchemaIssue[] }
  /** The output has not been requested yet. */
  | { kind: "request" };

export interface OutputRules {
  /** The answer was required to be the output. */
  readonly outputOnly: boolean;
  /** No further request is possible. */
  readonly isLast: boolean;
  readonly retriesLeft: number;
  /** The option `validateOutput`. */
  readonly validate: boolean;
  /** The answer's text with that of the turns before it that only started background tasks. */
  readonly wholeText: string;
}

/**
 * Reads the output from a turn; undefined if the chat ends without one. Throws an OutputValidationError if the answer is invalid and no
 * retry is left or would help.
 */
export async function checkOutput(
  { answered: { output }, answer, outputCall }: InterpretedAnswer,
  turn: Turn,
  { outputOnly, isLast, retriesLeft, validate, wholeText }: OutputRules,
): Promise<OutputCheck | undefined> {
  const text = (outputCall ? answer.calls.find(({ id }) => id === outputCall.id)?.argsText : answer.text) ?? "";
  const isComplete = turn.finishReason !== "max-turns";
  if (validate && isComplete) assertUsable(turn, answer.refusal, text);
  if (output === undefined) return isLast ? undefined : { kind: "request" };
  const isProse = output.strategy === "tool" && !outputCall && !outputOnly && !/^\s*[[{]/.test(text);
  if (!validate) return isProse && !isLast ? { kind: "request" } : { kind: "unchecked", text: output.clean(text || wholeText) };
  let read = await output.read(text);
  if (read.issues && !outputCall && wholeText !== text) {
    const whole = await output.read(wholeText);
    if (!whole.issues) read = whole;
  }
  if (!read.issues) return { kind: "valid", value: read.value };
  // At the turn limit, JSON next to a call that was not executed counts as the output; nothing else does.
  if (!isComplete || (isProse && isLast)) return undefined;
  if (isProse) return { kind: "request" };
  const { issues } = read;
  if (retriesLeft > 0 && !isLast) return { kind: "retry", output, issues };
  const problems = issues.map(({ path, message }) => `${path || "/"} ${message}`).join("; ");
  throw fail("output:invalid", `The answer does not match the schema: ${problems}.`, { issues, text, ...getSource(turn) });
}

/** Throws for a refusal and for a truncated or filtered answer. They are not invalid output: a retry would not help. */
function assertUsable(turn: Turn, refusal: string | undefined, text: string): void {
  const { finishReason } = turn;
  const cutShort = finishReason === "length" || finishReason === "content-filter" ? finishReason : undefined;
  const kind = refusal === undefined ? cutShort : "refusal";
  if (kind === undefined) return;
  const what = {
    refusal: "The model refused",
    length: "The answer was cut off",
    "content-filter": "The answer was stopped by the content filter",
  }[kind];
  throw fail(`output:${kind}`, `${what}.`, { issues: [], text: refusal ?? text, ...getSource(turn) });
}

const getSource = ({ provider, model, gateway }: Turn) => ({ provider, model, gateway });
