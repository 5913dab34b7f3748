import type { Cancellation } from "../abort.ts";
import { GatewayError } from "../errors/errors.ts";
import { networkError } from "../errors/from-network.ts";
import type { Redact } from "../errors/redact.ts";
import type { Clock } from "../transport/timeout.ts";

/** What reading a body depends on. */
interface BodyReaderOptions {
  /** Ends the chat when nothing comes for too long. */
  clock: Clock;
  cancellation: Cancellation;
  redact: Redact;
  /** Once it is finished, it is whole however the connection ends. */
  answer: { readonly finished: boolean };
}

/** Fields with which an event stream may begin. No JSON does. */
const eventStreamStart = /^(data|event|id|retry)?:/;
/** Characters that decide what a body is. */
const startLength = 6;

/** The text of a response's body as it arrives. */
export class BodyReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  readonly #decoder = new TextDecoder();
  readonly #url: string;
  readonly #options: BodyReaderOptions;
  readonly #unsubscribe: () => void;
  /** Whether the connection broke, so that what came last may be cut. */
  truncated = false;
  /** Characters read so far. */
  length = 0;
  #ended: boolean;
  /** Read, but not returned yet. */
  #buffered: string | undefined;

  constructor(response: Response, options: BodyReaderOptions) {
    this.#reader = response.body?.getReader();
    this.#ended = this.#reader === undefined;
    this.#url = response.url;
    this.#options = options;
    // A body that is not a fetch's own, such as that of a Workers binding, doesn't know of the cancellation.
    this.#unsubscribe = options.cancellation.onAbort(() => this.cancel());
  }

  /** The beginning of the body without white space, which stays to be read: enough of it to know what it is; empty when there is none. */
  async peek(maxLength: number): Promise<string> {
    const pieces: string[] = [];
    let start = "";
    for (let piece = await this.next(); piece !== undefined; piece = await this.next()) {
      pieces.push(piece);
      start = start === "" ? piece.trimStart() : start + piece;
      const isDecided = /^[^dire:]/.test(start) || eventStreamStart.test(start) || start.length >= startLength;
      if (isDecided || this.length > maxLength) break;
    }
    this.#buffered = pieces.join("");
    return start.slice(0, startLength);
  }

  /** The next piece; undefined at the end, and when nothing comes `within` so many milliseconds. */
  async next(within?: number): Promise<string | undefined> {
    const buffered = this.#buffered;
    if (buffered !== undefined) {
      this.#buffered = undefined;
      return buffered;
    }
    if (this.#reader === undefined || this.#ended) return undefined;
    const { clock, cancellation, redact, answer } = this.#options;
    const timer = within === undefined ? undefined : setTimeout(() => this.cancel(), within);
    clock.start("idle");
    try {
      const { done, value } = await this.#reader.read();
      cancellation.throwIfAborted();
      this.#ended = done;
      const text = done ? this.#decoder.decode() : this.#decoder.decode(value, { stream: true });
      this.length += text.length;
      return done && text === "" ? undefined : text;
    } catch (error) {
      this.#ended = true;
      cancellation.throwIfAborted();
      if (answer.finished) {
        this.truncated = true;
        return undefined;
      }
      if (GatewayError.is(error)) throw error;
      throw networkError(error, this.#url, redact, "body");
    } finally {
      clock.pause();
      clearTimeout(timer);
    }
  }

  /** Ends the body while it is being read, as if nothing more had come. */
  cancel(): void {
    // Not awaited: there are transports (MSW is one) whose cancellation never ends.
    this.#reader?.cancel(this.#options.cancellation.reason).catch(() => {});
  }

  /** Releases the body, which closes the connection unless its end was reached. */
  close(): void {
    this.#unsubscribe();
    if (this.#ended) return;
    this.#ended = true;
    this.cancel();
  }

  /** Reads on to the end, so that the connection can be used again; gives up after so many milliseconds. */
  async drain(within: number): Promise<void> {
    const timer = setTimeout(() => this.close(), within);
    try {
      // Without the clock: the answer is complete already.
      while (this.#reader && !this.#ended) this.#ended = (await this.#reader.read()).done;
    } catch {
      // How the connection ends does not matter any more.
    } finally {
      clearTimeout(timer);
    }
  }
}
