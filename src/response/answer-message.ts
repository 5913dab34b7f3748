import type { AccumulatedCalls, Replay } from "./answer.ts";
import type { EventSink } from "./answer-event.ts";
import { AnswerText, type AnswerTextOptions } from "./answer-text.ts";
import type { CallInText } from "./call-in-text.ts";
import type { JsonObject } from "./json.ts";
import { AnswerMedia } from "./media.ts";
import type { RawCompletion } from "./raw-completion.ts";
import { ReasoningDetails } from "./reasoning-details.ts";
import { Sources } from "./sources.ts";
import { noRenamedIds, ToolCallAccumulator } from "./tool-call-accumulator.ts";

/** Collects the message of an answer. Each part has its own collector; those that are rarely needed are created on first use. */
export class AnswerMessage {
  readonly text: AnswerText;
  refusal = "";
  /** The provider's own data, such as Google's signature. */
  extraContent: unknown;
  /** Fields of the message that have no collector. */
  readonly raw: RawCompletion;
  readonly #usedIds: Set<string>;
  #calls: ToolCallAccumulator | undefined;
  #media: AnswerMedia | undefined;
  #sources: Sources | undefined;
  #details: ReasoningDetails | undefined;

  constructor(options: AnswerTextOptions, usedIds: Set<string>, raw: RawCompletion) {
    this.text = new AnswerText(options);
    this.#usedIds = usedIds;
    this.raw = raw;
  }

  get calls(): ToolCallAccumulator {
    this.#calls ??= new ToolCallAccumulator(this.#usedIds);
    return this.#calls;
  }

  get media(): AnswerMedia {
    this.#media ??= new AnswerMedia();
    return this.#media;
  }

  get sources(): Sources {
    this.#sources ??= new Sources();
    return this.#sources;
  }

  get details(): ReasoningDetails {
    this.#details ??= new ReasoningDetails();
    return this.#details;
  }

  get hasCalls(): boolean {
    return this.#calls !== undefined && this.#calls.size > 0;
  }

  get hasDetails(): boolean {
    return this.#details !== undefined && !this.#details.isEmpty;
  }

  /** Whether any part that is emitted as an event has arrived. */
  get delivered(): boolean {
    return this.text.text !== "" || this.text.reasoning !== "" || this.hasCalls || this.#media?.isEmpty === false;
  }

  /** Called if the held-back text turned out to be tool calls. */
  turnTextIntoCalls(calls: readonly CallInText[], out: EventSink): void {
    this.text.drop();
    for (const { name, argsText } of calls) this.calls.add([{ function: { name, arguments: argsText } }], false, out);
  }

  /** Ends the calls: every call gets its id, and held-back text is emitted. */
  finishCalls(out: EventSink): AccumulatedCalls {
    return this.#calls?.finish(out) ?? { calls: [], renamed: noRenamedIds };
  }

  /** The collected parts other than text and calls. */
  get found(): Pick<AnswerMedia, "images" | "audio"> & Pick<Sources, "citations"> {
    return { images: this.#media?.images, audio: this.#media?.audio, citations: this.#sources?.citations };
  }

  /** The fields to send back with the message; `renamed` contains the call ids that were replaced. */
  replay(renamed: ReadonlyMap<string, string>): Replay {
    const replay: Replay = {};
    const { thinkPrefix } = this.text;
    if (thinkPrefix !== "") replay.content = thinkPrefix + this.text.text;
    // Kimi requires even an empty one to be sent back.
    const reasoningContent = this.raw.messageText("reasoning_content");
    if (reasoningContent !== undefined) replay.reasoning_content = reasoningContent;
    const reasoning = this.raw.messageText("reasoning");
    if (reasoning) replay.reasoning = reasoning;
    if (this.hasDetails) replay.reasoning_details = this.details.blocks(renamed);
    if (this.extraContent !== undefined) replay.extra_content = this.extraContent;
    const audioId = this.#media?.audio?.id;
    if (audioId !== undefined) replay.audio = { id: audioId };
    const rawImages = this.#media?.rawImages;
    if (rawImages) replay.images = rawImages;
    const fileAnnotations = this.#sources?.fileAnnotations;
    if (fileAnnotations) replay.annotations = fileAnnotations;
    return replay;
  }

  /** The message as it was read, for `raw`. */
  rawFields(): JsonObject {
    const fields: JsonObject = { content: this.text.received || null };
    if (this.refusal) fields.refusal = this.refusal;
    if (this.hasDetails) fields.reasoning_details = this.details.blocks(noRenamedIds);
    const annotations = this.#sources?.annotations;
    if (annotations) fields.annotations = annotations;
    const rawImages = this.#media?.rawImages;
    if (rawImages) fields.images = rawImages;
    const rawAudio = this.#media?.rawAudio;
    if (rawAudio) fields.audio = rawAudio;
    if (this.extraContent !== undefined) fields.extra_content = this.extraContent;
    return fields;
  }
}
