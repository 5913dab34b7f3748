import type { ChatCompletion, ChatCompletionChunk } from "../wire.ts";
import type { Answer } from "./answer.ts";
import type { EventSink } from "./answer-event.ts";
import { AnswerMessage } from "./answer-message.ts";
import { answerWarnings } from "./answer-warnings.ts";
import { type FoundCalls, readCallMarkup, readForcedCall } from "./call-in-text.ts";
import { laterFinishReason, mapFinishReason, readFinishReason } from "./finish-reason.ts";
import { isObject, type JsonObject } from "./json.ts";
import { MessageReader } from "./message-reader.ts";
import { isNonEmptyChoice } from "./payload.ts";
import { RawCompletion } from "./raw-completion.ts";
import type { AnswerReader } from "./reading.ts";
import { wireToolCalls } from "./tool-call-accumulator.ts";
import { UsageReports } from "./usage-reports.ts";

/** What is known about an answer before it arrives. */
export interface ExpectedAnswer {
  /** The requested model. */
  model: string;
  /** Ids of the tool calls in the conversation so far. Those of this answer are added. */
  usedIds: Set<string>;
  /** Whether the caller sees the deltas. */
  streaming: boolean;
  /** The number of choices requested (`n`). */
  choices: number;
  /** Names of the offered tools. */
  tools: ReadonlySet<string>;
  /** The one tool that the model had to call. */
  forcedTool: string | undefined;
  /** Whether the model starts with reasoning whose opening tag is in the prompt. */
  thinksFirst: boolean;
  /** Whether the model is known to write tool calls as text, in its own markup. */
  writesCallMarkup: boolean;
}

/** Whether a field of a choice is interpreted; others are kept unchanged. */
const isInterpreted = (field: string): boolean =>
  field === "delta" || field === "index" || field === "finish_reason" || field === "message" || field === "usage";

/**
 * Reads any provider's answer chunk by chunk; a whole completion is one chunk. Pure: it neither waits nor throws, and the caller decides
 * whether the answer is complete.
 */
export class Accumulator implements AnswerReader {
  readonly #expected: ExpectedAnswer;
  readonly #message: AnswerMessage;
  readonly #reader: MessageReader;
  readonly #usage = new UsageReports();
  readonly #raw = new RawCompletion();
  #id: string | undefined;
  #finishReason: string | undefined;
  /** The index of the choice that is the answer, once known. */
  #index: number | undefined;
  /** The completion, if it arrived as one body. */
  #body: unknown;
  brokenTail: string | undefined;

  constructor(expected: ExpectedAnswer) {
    this.#expected = expected;
    const { forcedTool, tools, thinksFirst, writesCallMarkup, usedIds } = expected;
    const readsMarkup = writesCallMarkup && tools.size > 0;
    this.#message = new AnswerMessage({ forcedTool, thinksFirst, readsMarkup }, usedIds, this.#raw);
    this.#reader = new MessageReader(this.#message);
  }

  get begun(): boolean {
    return this.#index !== undefined;
  }

  get finished(): boolean {
    return this.#finishReason !== undefined;
  }

  get complete(): boolean {
    return this.finished && (this.delivered || this.#message.refusal !== "" || this.#message.text.held !== "");
  }

  get delivered(): boolean {
    return this.#message.delivered;
  }

  get hasUsage(): boolean {
    return this.#usage.usage !== undefined;
  }

  add(chunk: ChatCompletionChunk, out: EventSink): void {
    this.#takeCompletion(chunk);
    const { choices } = chunk;
    if (!Array.isArray(choices)) return;
    let isFirst = true;
    for (let at = 0; at < choices.length; at++) {
      const choice = choices[at];
      if (!isNonEmptyChoice(choice)) continue;
      const index = typeof choice.index === "number" ? choice.index : undefined;
      this.#index ??= index ?? 0;
      // With `n: 1`, read the first choice of each chunk: some servers increment its index with each chunk.
      const isAnswer = this.#expected.choices > 1 ? (index ?? this.#index) === this.#index : isFirst;
      if (isAnswer) this.#takeChoice(choice, out);
      else this.#raw.addOther(index ?? 0, choice);
      isFirst = false;
    }
  }

  addBody(completion: ChatCompletion, out: EventSink): void {
    this.#body = completion;
    this.add(completion, out);
  }

  /** What has been received so far, for an interrupted answer. */
  received(): { text: string; reasoning: string | undefined } {
    const { text } = this.#message;
    return { text: text.text + text.held, reasoning: text.reasoning || undefined };
  }

  endContent(out: EventSink): void {
    this.#message.text.end(out, mapFinishReason(this.#finishReason, false).reason === "length");
  }

  findCallsInText(): FoundCalls | undefined {
    const { text, held } = this.#message.text;
    if (held === "" || text !== "" || this.#message.hasCalls) return undefined;
    return findCalls(held, this.#expected);
  }

  finish(out: EventSink, found?: FoundCalls): Answer {
    const { text, refusal } = this.#message;
    this.endContent(out);
    if (found) this.#message.turnTextIntoCalls(found.calls, out);
    else text.release(out);
    const { calls, renamed } = this.#message.finishCalls(out);
    const answer: Answer = {
      text: text.text,
      reasoning: text.reasoning || undefined,
      refusal: refusal || undefined,
      ...this.#message.found,
      calls,
      rawFinishReason: this.#finishReason,
      usage: this.#usage.usage,
      id: this.#id,
      replay: this.#message.replay(renamed),
      warnings: [],
      raw: this.#body ?? this.#assemble(calls),
    };
    answer.warnings = answerWarnings(answer, {
      model: this.#expected.model,
      offersTools: this.#expected.tools.size > 0,
      ranCallMarkup: found?.isForced === false,
      deltasWereWrong: this.#expected.streaming && text.deltasWereWrong,
      brokenTail: this.brokenTail,
    });
    return answer;
  }

  #takeCompletion(chunk: ChatCompletionChunk): void {
    for (const field in chunk) {
      const value: unknown = chunk[field];
      // `object` is what a whole completion would say, not a chunk.
      if (field === "choices" || field === "object" || value === null || value === undefined || value === "") continue;
      if (field === "usage") {
        this.#usage.add(value);
        continue;
      }
      if (field === "id" && typeof value === "string") this.#id = value;
      else if (field === "citations") this.#message.sources.setCitations(value);
      else if (field === "x_groq" && isObject(value)) this.#usage.add(value.usage);
      if (this.#body === undefined) this.#raw.setField(field, value);
    }
  }

  #takeChoice(choice: JsonObject, out: EventSink): void {
    const finishReason = readFinishReason(choice.finish_reason);
    const { delta, message, usage } = choice;
    if (isObject(delta)) this.#reader.addDelta(delta, finishReason !== undefined, out);
    if (isObject(message)) this.#reader.addMessage(message, out);
    this.#usage.add(usage);
    for (const field in choice) {
      const value = choice[field];
      if (value !== null && value !== undefined && !isInterpreted(field)) this.#raw.setChoiceField(field, value);
    }
    if (finishReason !== undefined) this.#finishReason = laterFinishReason(this.#finishReason, finishReason);
  }

  #assemble(calls: Answer["calls"]): unknown {
    const message = this.#message.rawFields();
    if (calls.length > 0) message.tool_calls = wireToolCalls(calls);
    return this.#raw.assemble({ index: this.#index, finishReason: this.#finishReason, usage: this.#usage.usage, message });
  }
}

function findCalls(text: string, { forcedTool, tools }: ExpectedAnswer): FoundCalls | undefined {
  const forced = forcedTool === undefined ? undefined : readForcedCall(text, forcedTool);
  if (forced) return { calls: [forced], isForced: true, text };
  const calls = readCallMarkup(text);
  return calls?.every(({ name }) => tools.has(name)) ? { calls, isForced: false, text } : undefined;
}
