import { fail } from "../errors/create-error.ts";
import type { StructuredOutput } from "../output/structured-output.ts";
import type { SchemaIssue } from "../schema.ts";
import type { InterpretedAnswer } from "./interpreted-answer.ts";
import type { Turn } from "./turn.ts";

/** What a turn without further tool calls means for the structured output. */
export type OutputCheck =
  | { kind: "valid"; value: unknown }
  /** The unvalidated JSON of an answer (`validateOutput: false`), or its text where it contains none. */
  | { kind: "unchecked"; text: string }
  | { kind: "ask-again"; output: StructuredOutput; issues: SchemaIssue[] }
  /** The output has not been requested yet. */
  | { kind: "ask" };

export interface OutputRules {
  /** The answer had to be the output. */
  readonly outputOnly: boolean;
  /** The model can't be asked again. */
  readonly isLast: boolean;
  readonly retriesLeft: number;
  /** The option `validateOutput`. */
  readonly validate: boolean;
}

/**
 * Reads the output from a turn; undefined where the chat ends without one. Throws an OutputValidationError when the answer is not valid, and
 * no retry is left or would help.
 */
export async function checkOutput(
  { answered: { output }, answer, outputCall }: InterpretedAnswer,
  turn: Turn,
  { outputOnly, isLast, retriesLeft, validate }: OutputRules,
): Promise<OutputCheck | undefined> {
  const text = (outputCall ? answer.calls.find(({ id }) => id === outputCall.id)?.argsText : answer.text) ?? "";
  const isComplete = turn.finishReason !== "max-turns";
  if (validate && isComplete) refuseUnusable(turn, answer.refusal, text);
  if (output === undefined) return isLast ? undefined : { kind: "ask" };
  const inWords = output.strategy === "tool" && !outputCall && !outputOnly && !/^\s*[[{]/.test(text);
  if (!validate) return inWords && !isLast ? { kind: "ask" } : { kind: "unchecked", text: output.clean(text) };
  const read = await output.read(text);
  if (!read.issues) return { kind: "valid", value: read.value };
  // At the turn limit, JSON beside a call that was not executed counts; anything else there is no answer.
  if (!isComplete || (inWords && isLast)) return undefined;
  if (inWords) return { kind: "ask" };
  const { issues } = read;
  if (retriesLeft > 0 && !isLast) return { kind: "ask-again", output, issues };
  const complaints = issues.map(({ path, message }) => `${path || "/"} ${message}`).join("; ");
  throw fail("output:invalid", `The answer does not fit the schema: ${complaints}.`, { issues, text, ...sourceOf(turn) });
}

/** A refusal, a cut-off and a filtered answer are not invalid output: asking again would not help. */
function refuseUnusable(turn: Turn, refusal: string | undefined, text: string): void {
  const { finishReason } = turn;
  const cutShort = finishReason === "length" || finishReason === "content-filter" ? finishReason : undefined;
  const kind = refusal === undefined ? cutShort : "refusal";
  if (kind === undefined) return;
  const what = {
    refusal: "The model refused",
    length: "The answer was cut off",
    "content-filter": "The answer was stopped by the content filter",
  }[kind];
  throw fail(`output:${kind}`, `${what}.`, { issues: [], text: refusal ?? text, ...sourceOf(turn) });
}

const sourceOf = ({ provider, model, gateway }: Turn) => ({ provider, model, gateway });
