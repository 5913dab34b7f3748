import type { ChatCompletion, ChatCompletionChunk, ChunkDelta, ChunkToolCall, CompletionUsage } from "../wire.ts";
import type { AnswerEvent } from "./answer-event.ts";
import { isThoughtMark, mergeDetail, thinkingText } from "./reasoning.ts";
import { ThinkTags } from "./think-tags.ts";
import { type AccumulatedCall, ToolCallTracker, wireToolCalls } from "./tool-call-accumulator.ts";

/** A whole answer, put together from chunks or read from one body. */
export interface Answer {
  text: string;
  reasoning: string | undefined;
  refusal: string | undefined;
  citations: unknown[] | undefined;
  calls: AccumulatedCall[];
  rawFinishReason: string | undefined;
  usage: CompletionUsage | undefined;
  id: string | undefined;
  /** What came beside text and calls and may have to go back: reasoning, signatures, spoken audio, content whose beginning is reasoning. */
  replay: {
    content?: string;
    reasoning_content?: string;
    reasoning?: string;
    reasoning_details?: unknown[];
    extra_content?: unknown;
    audio?: { id: string };
  };
  raw: unknown;
}

type Fields = Record<string, unknown>;

/**
 * Reads what any provider sends, chunk by chunk; a whole completion is one chunk whose delta is its message. Pure: it neither waits nor
 * throws, and leaves the question whether the answer is complete to its caller.
 */
export class Accumulator {
  /** Fields of the completion outside its choices; the last value of each counts. */
  readonly #completion: Fields = {};
  readonly #message: Fields = {};
  readonly #choice: Fields = {};
  /** The index of the first choice that came, whose text and calls are the answer. */
  #index: number | undefined;
  /** Further choices, as `n` asks for them: kept for `raw` alone. */
  #others: Map<number, Fields> | undefined;
  readonly #usedIds: Set<string>;
  /** Made with the first call: most answers have none. */
  #tracker: ToolCallTracker | undefined;
  #logprobs: { content: unknown[]; refusal: unknown[] } | undefined;
  #text = "";
  #reasoning = "";
  #refusal = "";
  #citations: unknown[] | undefined;
  #usage: CompletionUsage | undefined;
  #finishReason: string | undefined;
  #whole: unknown;
  #out: AnswerEvent[] = [];
  readonly #think = new ThinkTags(
    (text) => {
      this.#text += text;
      this.#out.push({ type: "text-delta", text });
    },
    (text) => this.#takeThinking(text),
  );

  constructor(usedIds: Set<string> = new Set()) {
    this.#usedIds = usedIds;
  }

  /** Whether a finish reason has come, so that the answer is complete even if the connection breaks now. */
  get finished(): boolean {
    return this.#finishReason !== undefined;
  }

  /** Whether anything of the answer has come that an event tells. */
  get delivered(): boolean {
    return this.#text !== "" || this.#reasoning !== "" || (this.#tracker?.size ?? 0) > 0;
  }

  /** What has been received so far. */
  received(): { text: string; reasoning: string | undefined } {
    return { text: this.#text, reasoning: this.#reasoning || undefined };
  }

  /** Takes a chunk of a stream; the events that it gives rise to are added to `out`. */
  add(chunk: ChatCompletionChunk, out: AnswerEvent[]): void {
    this.#add(chunk, out, false);
  }

  #add(chunk: ChatCompletionChunk, out: AnswerEvent[], isWhole: boolean): void {
    this.#out = out;
    this.#takeCompletion(chunk as Fields);
    if (!Array.isArray(chunk.choices)) return;
    for (const choice of chunk.choices) {
      if (typeof choice !== "object" || choice === null) continue;
      const index = choice.index ?? this.#index ?? 0;
      this.#index ??= index;
      // A whole completion may also come as an event of a stream; and Perplexity sends both, the one that does not matter empty.
      const { message } = choice as Fields;
      const delta = isWhole ? (message ?? choice.delta) : (choice.delta ?? message);
      if (index !== this.#index) this.#takeOther(index, choice as Fields, delta as Fields | undefined);
      else {
        if (typeof delta === "object" && delta !== null) this.#takeDelta(delta as ChunkDelta);
        this.#takeChoice(choice as Fields);
      }
    }
  }

  /** Takes a completion that came as one body. */
  addWhole(completion: ChatCompletion, out: AnswerEvent[]): void {
    this.#add(completion as unknown as ChatCompletionChunk, out, true);
    this.#whole = completion;
  }

  /** Ends the answer. */
  finish(out: AnswerEvent[]): Answer {
    this.#out = out;
    this.#think.end();
    const calls = this.#tracker?.finish(out) ?? [];
    const { id } = this.#completion;
    return {
      text: this.#text,
      reasoning: this.#reasoning || undefined,
      refusal: this.#refusal || undefined,
      citations: this.#citations ?? nonEmpty(this.#message.annotations),
      calls,
      rawFinishReason: this.#finishReason,
      usage: this.#usage,
      id: typeof id === "string" && id !== "" ? id : undefined,
      replay: this.#replay(),
      raw: this.#whole ?? this.#assemble(calls),
    };
  }

  #takeCompletion(chunk: Fields): void {
    for (const field in chunk) {
      const value = chunk[field];
      if (field === "choices" || value === null || value === undefined || value === "") continue;
      if (field === "usage") this.#usage = value as CompletionUsage;
      else if (field === "x_groq") this.#takeGroq(value as Fields);
      else {
        if (field === "citations" && Array.isArray(value) && value.length > 0) this.#citations = value;
        this.#completion[field] = value;
      }
    }
  }

  #takeGroq(value: Fields): void {
    if (typeof value.usage === "object" && value.usage !== null) this.#usage = value.usage as CompletionUsage;
    this.#completion.x_groq = { ...(this.#completion.x_groq as Fields | undefined), ...value };
  }

  #takeChoice(choice: Fields): void {
    for (const field in choice) {
      const value = choice[field];
      if (field === "delta" || field === "message" || value === null || value === undefined) continue;
      if (field === "finish_reason") {
        if (typeof value === "string" && value !== "") this.#finishReason = value;
      } else if (field === "logprobs") this.#takeLogprobs(value as Fields);
      else this.#choice[field] = value;
    }
  }

  #takeLogprobs(value: Fields): void {
    this.#logprobs ??= { content: [], refusal: [] };
    for (const field of ["content", "refusal"] as const) {
      const entries = value[field];
      if (Array.isArray(entries)) for (const entry of entries) this.#logprobs[field].push(entry);
    }
  }

  #takeDelta(delta: ChunkDelta): void {
    const fields = delta as Fields;
    for (const field in fields) {
      const value = fields[field];
      if (value === null || value === undefined) continue;
      switch (field) {
        case "content":
          this.#takeContent(value);
          break;
        case "role":
          break;
        case "reasoning_content":
          this.#takeText(field, value);
          if (typeof value === "string") this.#takeThinking(value);
          break;
        case "reasoning":
          this.#takeText(field, value);
          if (typeof value === "string" && !fields.reasoning_content) this.#takeThinking(value);
          break;
        case "reasoning_details":
          this.#takeDetails(value, !fields.reasoning_content && !fields.reasoning);
          break;
        case "refusal":
          if (typeof value === "string") this.#refusal += value;
          break;
        case "tool_calls":
          if (Array.isArray(value)) this.#takeCalls(value);
          break;
        case "function_call":
          this.#takeCalls([{ function: value as Fields }]);
          break;
        case "citations":
        case "annotations":
          if (Array.isArray(value)) this.#takeSources(field, value);
          break;
        case "audio":
          this.#takeAudio(value as Fields);
          break;
        case "extra_content":
          if (!isThoughtMark(value)) this.#message[field] = value;
          break;
        default:
          this.#message[field] = value;
      }
    }
  }

  #takeContent(content: unknown): void {
    if (typeof content === "string") {
      this.#think.push(content);
    } else if (Array.isArray(content) && content.every(isPart)) for (const part of content) this.#takePart(part);
    // Under a JSON format some providers send the value itself.
    else this.#takeContent(JSON.stringify(content));
  }

  #takePart(part: string | Fields): void {
    if (typeof part === "string") {
      this.#takeContent(part);
      return;
    }
    const { type, text, thinking, refusal } = part;
    if (type === "thinking" || type === "reasoning") this.#takeThinking(thinkingText(thinking ?? text));
    else if (typeof text === "string") this.#takeContent(text);
    else if (type === "refusal" && typeof refusal === "string") this.#refusal += refusal;
    else this.#message.parts = [...((this.#message.parts as unknown[] | undefined) ?? []), part];
  }

  #takeThinking(text: string): void {
    if (!text) return;
    this.#reasoning += text;
    this.#out.push({ type: "reasoning-delta", text });
  }

  #takeCalls(calls: readonly ChunkToolCall[]): void {
    this.#tracker ??= new ToolCallTracker(this.#usedIds);
    this.#tracker.add(calls, this.#out);
  }

  #takeText(field: string, value: unknown): void {
    const before = this.#message[field];
    this.#message[field] = typeof value === "string" && typeof before === "string" ? before + value : value;
  }

  #takeDetails(details: unknown, tell: boolean): void {
    if (!Array.isArray(details)) return;
    const kept = (this.#message.reasoning_details ??= []) as Fields[];
    for (const detail of details as Fields[]) {
      if (typeof detail !== "object" || detail === null) continue;
      const text = detail.text ?? detail.summary;
      if (tell && typeof text === "string") this.#takeThinking(text);
      mergeDetail(kept, detail);
    }
  }

  #takeSources(field: "citations" | "annotations", sources: unknown[]): void {
    const kept =
      field === "annotations" ? [...((this.#message.annotations as unknown[] | undefined) ?? []), ...sources] : sources;
    this.#message[field] = kept;
    if (field === "citations" && kept.length > 0) this.#citations = kept;
  }

  #takeAudio(audio: Fields): void {
    const kept = (this.#message.audio ??= {}) as Fields;
    for (const [field, value] of Object.entries(audio)) {
      const grows = field === "data" || field === "transcript";
      kept[field] = grows && typeof kept[field] === "string" ? `${kept[field]}${value}` : value;
    }
  }

  #takeOther(index: number, choice: Fields, delta: Fields | undefined): void {
    const { delta: _, message: __, ...fields } = choice;
    this.#others ??= new Map();
    const kept = this.#others.get(index) ?? { index, message: { role: "assistant", content: "" } };
    const message = kept.message as Fields;
    for (const [field, value] of Object.entries(delta ?? {})) {
      if (value === null || value === undefined) continue;
      message[field] = field === "content" && typeof value === "string" ? `${message.content}${value}` : value;
    }
    this.#others.set(index, { ...kept, ...fields, message });
  }

  #replay(): Answer["replay"] {
    const { reasoning_content, reasoning, reasoning_details, extra_content, audio } = this.#message;
    const replay: Answer["replay"] = {};
    if (/^\s*<think>/.test(this.#think.removed)) replay.content = this.#think.removed + this.#text;
    // Kimi wants an empty one back as well.
    if (typeof reasoning_content === "string") replay.reasoning_content = reasoning_content;
    if (typeof reasoning === "string" && reasoning !== "") replay.reasoning = reasoning;
    if (Array.isArray(reasoning_details) && reasoning_details.length > 0) replay.reasoning_details = reasoning_details;
    if (extra_content !== undefined) replay.extra_content = extra_content;
    const audioId = (audio as Fields | undefined)?.id;
    if (typeof audioId === "string") replay.audio = { id: audioId };
    return replay;
  }

  #assemble(calls: readonly AccumulatedCall[]): unknown {
    const message: Fields = { role: "assistant", content: this.#think.removed + this.#text || null, ...this.#message };
    if (this.#refusal) message.refusal = this.#refusal;
    if (calls.length > 0) message.tool_calls = wireToolCalls(calls);
    const { content = [], refusal = [] } = this.#logprobs ?? {};
    const logprobs =
      content.length + refusal.length > 0 ? { logprobs: { content, refusal: refusal.length > 0 ? refusal : null } } : undefined;
    const choice = { index: this.#index ?? 0, ...this.#choice, message, finish_reason: this.#finishReason ?? null, ...logprobs };
    const choices = this.#index === undefined ? [] : [choice, ...(this.#others?.values() ?? [])];
    return { ...this.#completion, object: "chat.completion", choices, ...(this.#usage ? { usage: this.#usage } : undefined) };
  }
}

const nonEmpty = (list: unknown): unknown[] | undefined => (Array.isArray(list) && list.length > 0 ? list : undefined);

/** What a list of content parts holds; the elements of a JSON value look otherwise. */
const isPart = (part: unknown): part is string | Fields =>
  typeof part === "string" || (typeof part === "object" && part !== null && ("type" in part || "text" in part));
