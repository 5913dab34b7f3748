import type { Cancellation } from "../abort.ts";
import { GatewayError } from "../errors/errors.ts";
import { networkError } from "../errors/from-network.ts";
import type { Redact } from "../errors/redact.ts";
import type { Clock } from "../transport/timeout.ts";
import type { ResponseBody } from "./reading.ts";

/** What reading a body depends on. */
interface BodyReaderOptions {
  /** Ends the chat when nothing comes for too long. */
  clock: Clock;
  cancellation: Cancellation;
  redact: Redact;
  /** Once it is finished, it is whole however the connection ends. */
  answer: { readonly finished: boolean };
}

/** The text of a fetched response's body as it arrives. */
export class BodyReader implements ResponseBody {
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
  /** Limits the wait for one piece. */
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(response: Response, options: BodyReaderOptions) {
    this.#reader = response.body?.getReader();
    this.#ended = this.#reader === undefined;
    this.#url = response.url;
    this.#options = options;
    // A body that is not a fetch's own, such as that of a Workers binding, doesn't know of the cancellation.
    this.#unsubscribe = options.cancellation.onAbort(() => this.cancel());
  }

  /**
   * The next piece; undefined at the end, and when nothing comes `within` so many milliseconds. No async function: each piece of a stream
   * would cost another promise.
   */
  next(within?: number): Promise<string | undefined> {
    if (this.#reader === undefined || this.#ended) return Promise.resolve(undefined);
    if (within !== undefined) this.#timer = setTimeout(() => this.cancel(), within);
    this.#options.clock.start("idle");
    return this.#reader.read().then(this.#take, this.#fail);
  }

  readonly #take = ({ done, value }: ReadableStreamReadResult<Uint8Array>): string | undefined => {
    this.#stopWaiting();
    this.#ended = done;
    try {
      const text = done ? this.#decoder.decode() : this.#decoder.decode(value, { stream: true });
      this.length += text.length;
      return done && text === "" ? undefined : text;
    } catch (error) {
      // A transport of the caller's may give something else than bytes.
      return this.#fail(error);
    }
  };

  readonly #fail = (error: unknown): undefined => {
    this.#ended = true;
    this.#stopWaiting();
    const { redact, answer } = this.#options;
    if (answer.finished) this.truncated = true;
    else throw GatewayError.is(error) ? error : networkError(error, this.#url, redact, "body");
  };

  /** Throws when the chat was cancelled meanwhile, which looks like the end of the body. */
  #stopWaiting(): void {
    this.#options.clock.pause();
    clearTimeout(this.#timer);
    this.#options.cancellation.throwIfAborted();
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
