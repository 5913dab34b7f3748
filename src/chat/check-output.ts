import { fail } from "../errors/create-error.ts";
import type { StructuredOutput } from "../output/structured-output.ts";
import type { SchemaIssue } from "../schema.ts";
import type { RequestedCall } from "../tools/execute-tool.ts";
import type { TurnAnswer } from "./request-turn.ts";
import type { Turn } from "./result.ts";

/** What a turn without further tool calls means for the structured output: here it is, ask for it again, or ask for it at all. */
export type TurnEnding =
  | { kind: "answer"; value: unknown }
  | { kind: "again"; output: StructuredOutput; issues: SchemaIssue[] }
  | { kind: "output-turn" };

/** Reads the output out of a turn. Throws an OutputValidationError when there is none to be had. */
export async function turnEnding(
  { answer, output }: TurnAnswer,
  turn: Turn,
  outputCall: RequestedCall | undefined,
  { outputOnly, retries }: { outputOnly: boolean; retries: number },
): Promise<TurnEnding> {
  const text = (outputCall ? answer.calls.find(({ id }) => id === outputCall.id)?.argsText : answer.text) ?? "";
  refuseUnusable(turn, answer.refusal, text);
  const answeredInWords = output?.strategy === "tool" && !outputCall && !outputOnly && !/^\s*[[{]/.test(text);
  if (output === undefined || answeredInWords) return { kind: "output-turn" };
  const read = await output.read(text);
  if (!read.issues) return { kind: "answer", value: read.value };
  const { issues } = read;
  if (retries > 0) return { kind: "again", output, issues };
  const complaints = issues.map(({ path, message }) => `${path || "/"} ${message}`).join("; ");
  throw fail("output:invalid", `The answer does not fit the schema: ${complaints}.`, { issues, text, ...whoAnswered(turn) });
}

/** A refusal, a cut-off and a filtered answer are no invalid output: asking again would not help. */
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
  throw fail(`output:${kind}`, `${what}.`, { issues: [], text: refusal ?? text, ...whoAnswered(turn) });
}

const whoAnswered = ({ provider, model, gateway }: Turn) => ({ provider, model, gateway });
