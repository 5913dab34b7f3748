import { fail } from "../errors/create-error.ts";
import type { StructuredOutput } from "../output/structured-output.ts";
import type { SchemaIssue } from "../schema.ts";
import type { InterpretedAnswer } from "./interpret-answer.ts";
import type { Turn } from "./turn.ts";

/** What a turn without further tool calls means for the structured output: the value, a re-ask, or that it has yet to be asked for. */
export type OutputCheck =
  | { kind: "valid"; value: unknown }
  | { kind: "ask-again"; output: StructuredOutput; issues: SchemaIssue[] }
  | { kind: "ask" };

/** Reads the output from a turn. Throws an OutputValidationError when there is none, and no retry is left or would help. */
export async function checkOutput(
  { answered: { output }, answer, outputCall }: InterpretedAnswer,
  turn: Turn,
  { outputOnly, retriesLeft }: { outputOnly: boolean; retriesLeft: number },
): Promise<OutputCheck> {
  const text = (outputCall ? answer.calls.find(({ id }) => id === outputCall.id)?.argsText : answer.text) ?? "";
  refuseUnusable(turn, answer.refusal, text);
  if (output === undefined) return { kind: "ask" };
  const read = await output.read(text);
  if (!read.issues) return { kind: "valid", value: read.value };
  const answeredInWords = output.strategy === "tool" && !outputCall && !outputOnly && !/^\s*[[{]/.test(text);
  if (answeredInWords) return { kind: "ask" };
  const { issues } = read;
  if (retriesLeft > 0) return { kind: "ask-again", output, issues };
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
