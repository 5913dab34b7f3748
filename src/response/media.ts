import type { AnswerEvent, EventSink, GeneratedAudio, GeneratedImage } from "./answer-event.ts";
import { isObject, type JsonObject } from "./json.ts";

/** Collects the images and audio of one answer. */
export class AnswerMedia {
  readonly #images = new Map<string, { image: GeneratedImage; original: unknown }>();
  #audio: JsonObject | undefined;

  get isEmpty(): boolean {
    return this.#images.size === 0 && this.#audio === undefined;
  }

  get images(): GeneratedImage[] | undefined {
    return this.#images.size === 0 ? undefined : Array.from(this.#images.values(), ({ image }) => image);
  }

  /** The images in the provider's format, to send back. */
  get rawImages(): unknown[] | undefined {
    return this.#images.size === 0 ? undefined : Array.from(this.#images.values(), ({ original }) => original);
  }

  get audio(): GeneratedAudio | undefined {
    if (this.#audio === undefined) return undefined;
    const { id, data, transcript, expires_at } = this.#audio;
    const audio: GeneratedAudio = {};
    if (typeof id === "string" && id !== "") audio.id = id;
    if (typeof data === "string") audio.data = data;
    if (typeof transcript === "string") audio.transcript = transcript;
    const expiresAt = typeof expires_at === "number" ? new Date(expires_at * 1000) : undefined;
    if (expiresAt && !Number.isNaN(expiresAt.getTime())) audio.expiresAt = expiresAt;
    return audio;
  }

  /** The audio in the provider's format, with its pieces joined. */
  get rawAudio(): JsonObject | undefined {
    return this.#audio;
  }

  /** Adds an image in any of the usual formats, once; returns false if it is not an image. */
  addImage(value: unknown, out: EventSink): boolean {
    const image = readImage(value);
    if (image === undefined) return false;
    if (!this.#images.has(image.url)) {
      this.#images.set(image.url, { image, original: value });
      out.push({ type: "image", image });
    }
    return true;
  }

  /** Adds a piece of a spoken answer; `isSnapshot` if it contains everything again. */
  addAudio(piece: JsonObject, isSnapshot: boolean, out: EventSink): void {
    this.#audio ??= {};
    const event: AnswerEvent = { type: "audio-delta" };
    for (const [field, value] of Object.entries(piece)) {
      if (field === "__proto__" || value === null || value === undefined) continue;
      if (field !== "data" && field !== "transcript") this.#audio[field] = value;
      else if (typeof value === "string" && value !== "") {
        const before = this.#audio[field];
        const received = typeof before === "string" ? before : "";
        const added = isSnapshot && value.startsWith(received) ? value.slice(received.length) : isSnapshot ? "" : value;
        if (added === "") continue;
        this.#audio[field] = received + added;
        event[field] = added;
      }
    }
    if (event.data !== undefined || event.transcript !== undefined) out.push(event);
  }
}

/**
 * OpenRouter: `{ type: "image_url", image_url: { url } }`. Others: the URL itself, `{ url }`, `{ b64_json }`, and Google's and MCP's
 * `{ inline_data: { mime_type, data } }` and `{ data, mimeType }`.
 */
function readImage(value: unknown): GeneratedImage | undefined {
  if (typeof value === "string") return /^(data:image\/|https?:)/i.test(value) ? imageAt(value) : undefined;
  if (!isObject(value)) return undefined;
  const nested = value.image_url ?? value.inline_data ?? value.inlineData ?? value.image ?? value.source;
  if (nested !== undefined && nested !== null) return readImage(nested) ?? readPlainUrl(nested);
  if (typeof value.url === "string" && value.url !== "") return imageAt(value.url);
  const type = [value.mime_type, value.mimeType, value.media_type].find((each) => typeof each === "string");
  const mediaType = typeof type === "string" ? type : "image/png";
  const data = value.b64_json ?? value.data;
  if (typeof data !== "string" || data === "" || !mediaType.startsWith("image/")) return undefined;
  return { url: `data:${mediaType};base64,${data}`, mediaType };
}

/** A URL of any other scheme, in a field that only contains images. */
const readPlainUrl = (value: unknown): GeneratedImage | undefined =>
  typeof value === "string" && value !== "" ? imageAt(value) : undefined;

function imageAt(url: string): GeneratedImage {
  const mediaType = /^data:([^;,]+)/i.exec(url.slice(0, 200))?.[1];
  return mediaType === undefined ? { url } : { url, mediaType };
}
