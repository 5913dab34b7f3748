import type { ChunkDelta } from "../wire.ts";
import type { Replay } from "./answer.ts";
import type { AnswerEvent } from "./answer-event.ts";
import { AnswerText, type AnswerTextOptions } from "./answer-text.ts";
import { isObject, type JsonObject } from "./json.ts";
import { AnswerMedia } from "./media.ts";
import type { RawCompletion } from "./raw-completion.ts";
import { isThoughtMark, ReasoningDetails, readReasoningPart } from "./reasoning-details.ts";
import { Sources } from "./sources.ts";
import { ToolCallAccumulator } from "./tool-call-accumulator.ts";

/** How a message comes: in deltas that add to each other, or whole, so that it may repeat what has come. */
type Form = "delta" | "snapshot";

/** Reads the message of an answer, from deltas or whole. Each part of it has a collector of its own. */
export class MessageReader {
  readonly text: AnswerText;
  readonly calls: ToolCallAccumulator;
  readonly media = new AnswerMedia();
  readonly sources = new Sources();
  refusal = "";
  readonly #details = new ReasoningDetails();
  readonly #raw: RawCompletion;
  #extraContent: unknown;
  #hasDeltas = false;
  #textDeltas = 0;

  constructor(options: AnswerTextOptions, usedIds: Set<string>, raw: RawCompletion) {
    this.text = new AnswerText(options);
    this.calls = new ToolCallAccumulator(usedIds);
    this.#raw = raw;
  }

  /** Whether anything has come that is an event. */
  get delivered(): boolean {
    return this.text.text !== "" || this.text.reasoning !== "" || this.calls.size > 0 || !this.media.isEmpty;
  }

  /** Takes a delta. In the chunk that ends the answer, some servers send the whole text once more. */
  addDelta(delta: ChunkDelta, isLast: boolean, out: AnswerEvent[]): void {
    const { content } = delta;
    if (typeof content === "string" && content !== "") {
      const isAgain = isLast && this.#textDeltas > 1 && content === this.text.received;
      this.#textDeltas++;
      this.#read(isAgain ? { ...delta, content: null } : delta, "delta", out);
    } else this.#read(delta, "delta", out);
    this.#hasDeltas = true;
  }

  /** Takes a whole message. */
  addMessage(message: ChunkDelta, out: AnswerEvent[]): void {
    this.#read(message, "snapshot", out);
  }

  /** The fields that go back with the message; `renamed` has the ids of calls that were replaced. */
  replay(renamed: ReadonlyMap<string, string>): Replay {
    const replay: Replay = {};
    const { thinkPrefix } = this.text;
    if (thinkPrefix !== "") replay.content = thinkPrefix + this.text.text;
    // Kimi wants an empty one back as well.
    const reasoningContent = this.#raw.messageField("reasoning_content");
    if (typeof reasoningContent === "string") replay.reasoning_content = reasoningContent;
    const reasoning = this.#raw.messageField("reasoning");
    if (typeof reasoning === "string" && reasoning !== "") replay.reasoning = reasoning;
    if (!this.#details.isEmpty) replay.reasoning_details = this.#details.blocks(renamed);
    if (this.#extraContent !== undefined) replay.extra_content = this.#extraContent;
    const audioId = this.media.audio?.id;
    if (audioId !== undefined) replay.audio = { id: audioId };
    const { rawImages } = this.media;
    if (rawImages) replay.images = rawImages;
    const { fileAnnotations } = this.sources;
    if (fileAnnotations) replay.annotations = fileAnnotations;
    return replay;
  }

  /** What the message was read as, for `raw`. */
  rawFields(): JsonObject {
    const fields: JsonObject = { content: this.text.received || null };
    if (this.refusal) fields.refusal = this.refusal;
    if (!this.#details.isEmpty) fields.reasoning_details = this.#details.blocks(new Map());
    if (this.sources.annotations) fields.annotations = this.sources.annotations;
    if (this.media.rawImages) fields.images = this.media.rawImages;
    if (this.media.rawAudio) fields.audio = this.media.rawAudio;
    if (this.#extraContent !== undefined) fields.extra_content = this.#extraContent;
    return fields;
  }

  #read(message: ChunkDelta, form: Form, out: AnswerEvent[]): void {
    for (const field in message) {
      const value: unknown = message[field];
      if (value === null || value === undefined) continue;
      switch (field) {
        case "role":
          break;
        case "content":
          this.#readContent(value, form, out);
          break;
        case "reasoning_content":
          this.#readReasoning(field, value, true, form, out);
          break;
        case "reasoning":
          this.#readReasoning(field, value, !message.reasoning_content, form, out);
          break;
        case "reasoning_details":
          this.#readDetails(value, !message.reasoning_content && !message.reasoning, form, out);
          break;
        case "refusal":
          if (typeof value === "string") this.refusal += this.#added(this.refusal, value, form);
          break;
        case "tool_calls":
          if (Array.isArray(value)) this.calls.add(value, form === "snapshot", out);
          break;
        case "function_call":
          this.calls.add([{ function: value }], form === "snapshot", out);
          break;
        case "annotations":
          this.sources.addAnnotations(value);
          break;
        case "citations":
          this.sources.setCitations(value);
          this.#raw.setMessageField(field, value);
          break;
        case "images":
          if (Array.isArray(value)) for (const image of value) this.media.addImage(image, out);
          break;
        case "audio":
          if (isObject(value)) this.media.addAudio(value, form === "snapshot", out);
          break;
        case "extra_content":
          if (!isThoughtMark(value)) this.#extraContent = value;
          break;
        default:
          this.#raw.setMessageField(field, value);
      }
    }
  }

  #readContent(content: unknown, form: Form, out: AnswerEvent[]): void {
    if (typeof content === "string") this.text.push(this.#added(this.text.received, content, form), out);
    else if (Array.isArray(content) && content.every(isPart)) this.#readParts(content, form, out);
    // Under a JSON format some providers send the value itself.
    else this.text.push(this.#added(this.text.received, JSON.stringify(content), form), out);
  }

  #readParts(parts: readonly (string | JsonObject)[], form: Form, out: AnswerEvent[]): void {
    const text = parts.map(readText).join("");
    const isAgain = form === "snapshot" && this.#hasDeltas;
    if (isAgain && text !== "") this.text.push(this.#added(this.text.received, text, form), out);
    for (const part of parts) {
      if (typeof part === "string") {
        if (!isAgain) this.text.push(part, out);
        continue;
      }
      const { type, thinking, refusal } = part;
      if (type === "thinking" || type === "reasoning") {
        if (!isAgain) this.text.pushReasoning(readReasoningPart(thinking ?? part.text ?? part.reasoning), out);
      } else if (typeof part.text === "string") {
        if (!isAgain) this.text.push(part.text, out);
      } else if (type === "refusal" && typeof refusal === "string") {
        this.refusal += this.#added(this.refusal, refusal, form);
      } else this.#readMediaPart(part, form, out);
    }
  }

  #readMediaPart(part: JsonObject, form: Form, out: AnswerEvent[]): void {
    const { type } = part;
    const isImage =
      (typeof type === "string" && type.includes("image")) || part.image_url !== undefined || part.inline_data !== undefined;
    if (isImage && this.media.addImage(part, out)) return;
    const audio = part.audio ?? part.output_audio;
    if (isObject(audio)) this.media.addAudio(audio, form === "snapshot", out);
    else this.#raw.addPart(part);
  }

  #readReasoning(field: string, value: unknown, isShown: boolean, form: Form, out: AnswerEvent[]): void {
    if (typeof value !== "string") return;
    const before = this.#raw.messageField(field);
    const received = typeof before === "string" ? before : "";
    const added = this.#added(received, value, form);
    this.#raw.setMessageField(field, received + added);
    if (isShown) this.text.pushReasoning(added, out);
  }

  #readDetails(details: unknown, isShown: boolean, form: Form, out: AnswerEvent[]): void {
    if (!Array.isArray(details) || (form === "snapshot" && !this.#details.isEmpty)) return;
    for (const text of this.#details.add(details)) if (isShown) this.text.pushReasoning(text, out);
  }

  /** What of a value is new. A whole message that is neither what has come, nor goes on from it, adds something only where nothing else does. */
  #added(received: string, value: string, form: Form): string {
    if (form === "delta") return value;
    if (value.startsWith(received)) return value.slice(received.length);
    return this.#hasDeltas ? "" : value;
  }
}

const readText = (part: string | JsonObject): string =>
  typeof part === "string"
    ? part
    : typeof part.text === "string" && part.type !== "thinking" && part.type !== "reasoning"
      ? part.text
      : "";

/** What a list of content parts holds; the elements of a JSON value look otherwise. */
const isPart = (part: unknown): part is string | JsonObject =>
  typeof part === "string" || (isObject(part) && ("type" in part || "text" in part));
