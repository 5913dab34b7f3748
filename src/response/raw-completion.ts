import { isObject, type JsonObject } from "./json.ts";
import { StringBuilder } from "./string-builder.ts";

/** Assembles a completion from the chunks of a stream, for `result.raw`. */
export class RawCompletion {
  /** Fields outside the choices; the last value of each counts. */
  readonly #completion: JsonObject = {};
  readonly #choice: JsonObject = {};
  readonly #message: JsonObject = {};
  /** Fields of the message whose text arrives in pieces. */
  #texts: Map<string, StringBuilder> | undefined;
  #parts: unknown[] | undefined;
  #logprobs: { content: unknown[]; refusal: unknown[] } | undefined;
  /** Additional choices, if `n` requests them, by index. */
  #others: Map<number, { fields: JsonObject; message: JsonObject }> | undefined;

  /** Sets a field of the completion. */
  setField(field: string, value: unknown): void {
    set(this.#completion, field, value);
  }

  setChoiceField(field: string, value: unknown): void {
    if (field === "logprobs") this.#addLogprobs(value);
    else set(this.#choice, field, value);
  }

  setMessageField(field: string, value: unknown): void {
    set(this.#message, field, value);
  }

  /** Adds a piece to a text field of the message. */
  appendMessageText(field: string, piece: string): void {
    this.#texts ??= new Map();
    let text = this.#texts.get(field);
    if (text === undefined) {
      text = new StringBuilder();
      this.#texts.set(field, text);
    }
    text.append(piece);
  }

  /** What has been added to a text field of the message so far. */
  messageText(field: string): string | undefined {
    return this.#texts?.get(field)?.text;
  }

  /** Keeps a content part that is neither text nor reasoning. */
  addPart(part: unknown): void {
    this.#parts ??= [];
    this.#parts.push(part);
  }

  /** Adds a delta of a choice other than the answer's. */
  addOther(index: number, choice: JsonObject): void {
    const { delta, message, ...fields } = choice;
    this.#others ??= new Map();
    const other = this.#others.get(index) ?? { fields: {}, message: { role: "assistant", content: "" } };
    this.#others.set(index, other);
    for (const [field, value] of Object.entries(fields)) set(other.fields, field, value);
    const added = isObject(delta) ? delta : isObject(message) ? message : {};
    for (const [field, value] of Object.entries(added)) {
      const before = other.message[field];
      const grows = field === "content" && typeof value === "string" && typeof before === "string";
      if (value !== null && value !== undefined) set(other.message, field, grows ? before + value : value);
    }
  }

  /** Builds the completion; `message` contains the answer as it was read. */
  assemble(answer: {
    index: number | undefined;
    finishReason: string | undefined;
    usage: unknown;
    message: JsonObject;
  }): unknown {
    const { index, finishReason, usage } = answer;
    // V8 turns literals with several spreads into dictionaries ten times the size.
    const message: JsonObject = Object.assign({ role: "assistant" }, this.#message);
    for (const [field, { text }] of this.#texts ?? []) message[field] = text;
    if (this.#parts) message.parts = this.#parts;
    Object.assign(message, answer.message);
    const choice: JsonObject = Object.assign({ index: index ?? 0 }, this.#choice, {
      message,
      finish_reason: finishReason ?? null,
    });
    const logprobs = this.#readLogprobs();
    if (logprobs) choice.logprobs = logprobs;
    const others = Array.from(this.#others ?? [], ([at, other]) => ({ index: at, ...other.fields, message: other.message }));
    const completion: JsonObject = Object.assign({}, this.#completion, { object: "chat.completion" });
    completion.choices = index === undefined ? [] : [choice, ...others];
    if (usage !== undefined) completion.usage = usage;
    return completion;
  }

  #addLogprobs(value: unknown): void {
    if (!isObject(value)) return;
    this.#logprobs ??= { content: [], refusal: [] };
    for (const field of ["content", "refusal"] as const) {
      const entries = value[field];
      if (Array.isArray(entries)) for (const entry of entries) this.#logprobs[field].push(entry);
    }
  }

  #readLogprobs(): JsonObject | undefined {
    if (!this.#logprobs) return undefined;
    const { content, refusal } = this.#logprobs;
    if (content.length + refusal.length === 0) return undefined;
    return { content, refusal: refusal.length > 0 ? refusal : null };
  }
}

/** Sets a field whose name comes from the network, except `__proto__`. */
function set(fields: JsonObject, field: string, value: unknown): void {
  if (field !== "__proto__") fields[field] = value;
}
