import type { ChunkDelta } from "../wire.ts";
import type { EventSink } from "./answer-event.ts";
import type { AnswerMessage } from "./answer-message.ts";
import { isObject, type JsonObject } from "./json.ts";
import { isThoughtMark, readReasoning } from "./reasoning-details.ts";

/** How a message arrives: as deltas, or as a whole message, which may repeat earlier deltas. */
type Form = "delta" | "snapshot";

/** Reads an answer's message field by field, from deltas or as a whole. */
export class MessageReader {
  readonly #message: AnswerMessage;
  #hasDeltas = false;
  #textDeltas = 0;

  constructor(message: AnswerMessage) {
    this.#message = message;
  }

  /** Adds a delta. In the last chunk, some servers send the whole text again. */
  addDelta(delta: ChunkDelta, isLast: boolean, out: EventSink): void {
    const { content } = delta;
    if (typeof content === "string" && content !== "") {
      const isRepeat = isLast && this.#textDeltas > 1 && content === this.#message.text.received;
      this.#textDeltas++;
      this.#read(isRepeat ? { ...delta, content: null } : delta, "delta", out);
    } else this.#read(delta, "delta", out);
    this.#hasDeltas = true;
  }

  /** Adds a whole message. */
  addMessage(message: ChunkDelta, out: EventSink): void {
    this.#read(message, "snapshot", out);
  }

  #read(message: ChunkDelta, form: Form, out: EventSink): void {
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
          if (typeof value === "string") this.#message.refusal += this.#added(this.#message.refusal, value, form);
          break;
        case "tool_calls":
          this.#message.calls.add(Array.isArray(value) ? value : [value], form === "snapshot", out);
          break;
        case "function_call":
          // Some servers send a call in both fields.
          if (!message.tool_calls?.length) this.#message.calls.add([{ function: value }], form === "snapshot", out);
          break;
        case "annotations":
          this.#message.sources.addAnnotations(value);
          break;
        case "citations":
          this.#message.sources.setCitations(value);
          this.#message.raw.setMessageField(field, value);
          break;
        case "images":
          if (Array.isArray(value)) for (const image of value) this.#message.media.addImage(image, out);
          break;
        case "audio":
          if (isObject(value)) this.#message.media.addAudio(value, form === "snapshot", out);
          break;
        case "extra_content":
          if (!isThoughtMark(value)) this.#message.extraContent = value;
          break;
        default:
          this.#message.raw.setMessageField(field, value);
      }
    }
  }

  #readContent(content: unknown, form: Form, out: EventSink): void {
    if (typeof content === "string") {
      const added = form === "delta" ? content : this.#added(this.#message.text.received, content, form);
      this.#message.text.push(added, out);
    } else if (Array.isArray(content) && content.every(isPart)) this.#readParts(content, form, out);
    // With a JSON response format, some providers send the value itself.
    else this.#message.text.push(this.#added(this.#message.text.received, JSON.stringify(content), form), out);
  }

  #readParts(parts: readonly (string | JsonObject)[], form: Form, out: EventSink): void {
    const text = parts.map(readText).join("");
    const isRepeat = form === "snapshot" && this.#hasDeltas;
    if (isRepeat && text !== "") this.#message.text.push(this.#added(this.#message.text.received, text, form), out);
    for (const part of parts) {
      if (typeof part === "string") {
        if (!isRepeat) this.#message.text.push(part, out);
        continue;
      }
      const { type, refusal } = part;
      if (type === "thinking" || type === "reasoning") {
        if (!isRepeat) this.#message.text.pushReasoning(readReasoning(part), out);
      } else if (typeof part.text === "string") {
        if (!isRepeat) this.#message.text.push(part.text, out);
      } else if (type === "refusal" && typeof refusal === "string") {
        this.#message.refusal += this.#added(this.#message.refusal, refusal, form);
      } else this.#readMediaPart(part, form, out);
    }
  }

  #readMediaPart(part: JsonObject, form: Form, out: EventSink): void {
    const { type } = part;
    const isImage =
      (typeof type === "string" && type.includes("image")) || part.image_url !== undefined || part.inline_data !== undefined;
    if (isImage && this.#message.media.addImage(part, out)) return;
    const audio = part.audio ?? part.output_audio;
    if (isObject(audio)) this.#message.media.addAudio(audio, form === "snapshot", out);
    else this.#message.raw.addPart(part);
  }

  #readReasoning(field: string, value: unknown, isShown: boolean, form: Form, out: EventSink): void {
    const text = readReasoning(value);
    if (text === "" && value !== "") return;
    const { raw } = this.#message;
    const added = form === "delta" ? text : this.#added(raw.messageText(field) ?? "", text, form);
    raw.appendMessageText(field, added);
    if (isShown) this.#message.text.pushReasoning(added, out);
  }

  #readDetails(details: unknown, isShown: boolean, form: Form, out: EventSink): void {
    if (!Array.isArray(details) || (form === "snapshot" && this.#message.hasDetails)) return;
    for (const text of this.#message.details.add(details)) if (isShown) this.#message.text.pushReasoning(text, out);
  }

  /** Returns the new part of a value. A whole message that doesn't start with the text so far is only used if there is no text. */
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

/** Whether this is a content part, not an element of a JSON value. */
const isPart = (part: unknown): part is string | JsonObject =>
  typeof part === "string" || (isObject(part) && ("type" in part || "text" in part));
