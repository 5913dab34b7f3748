import type { Cancellation } from "../abort.ts";
import { GatewayError } from "../errors/errors.ts";
import { networkError } from "../errors/from-network.ts";
import type { Redact } from "../errors/redact.ts";
import type { Clock } from "../transport/timeout.ts";
import type { ResponseBody } from "./reading.ts";

/** Dependencies of reading a body. */
interface BodyReaderOptions {
  /** Aborts the chat if no data arrives for too long. */
  clock: Clock;
  cancellation: Cancellation;
  redact: Redact;
  /** Once finished, the answer is complete however the connection ends. */
  answer: { readonly finished: boolean };
}

/** Reads the text of a response body as it arrives. */
export class BodyReader implements ResponseBody {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  readonly #decoder = new TextDecoder();
  readonly #url: string;
  readonly #options: BodyReaderOptions;
  readonly #unsubscribe: () => void;
  /** Whether the connection failed, so that the last data may be truncated. */
  truncated = false;
  /** Characters read so far. */
  length = 0;
  #ended: boolean;
  /** Receives the piece that is being read. */
  #take: ((text: string) => void) | undefined;
  /** Limits the wait for one piece. */
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(response: Response, options: BodyReaderOptions) {
    this.#reader = response.body?.getReader();
    this.#ended = this.#reader === undefined;
    this.#url = response.url;
    this.#options = options;
    // A body that is not from fetch, such as that of a Workers binding, doesn't observe the cancellation.
    this.#unsubscribe = options.cancellation.onAbort(() => this.cancel());
  }

  /** Not an async function, which would cost another promise per piece. */
  next(take: (text: string) => void, within?: number): Promise<boolean> {
    if (this.#reader === undefined || this.#ended) return Promise.resolve(false);
    if (within !== undefined) this.#timer = setTimeout(() => this.cancel(), within);
    this.#take = take;
    this.#options.clock.start("idle");
    return this.#reader.read().then(this.#passOn, this.#fail);
  }

  readonly #passOn = ({ done, value }: ReadableStreamReadResult<Uint8Array>): boolean => {
    this.#stopWaiting();
    this.#ended = done;
    let text: string;
    try {
      text = done ? this.#decoder.decode() : this.#decoder.decode(value, { stream: true });
    } catch (error) {
      // The caller's transport may return something other than bytes.
      return this.#fail(error);
    }
    this.length += text.length;
    this.#take?.(text);
    return !done || text !== "";
  };

  readonly #fail = (error: unknown): false => {
    this.#ended = true;
    this.#stopWaiting();
    const { redact, answer } = this.#options;
    if (!answer.finished) throw GatewayError.is(error) ? error : networkError(error, this.#url, redact, "body");
    this.truncated = true;
    return false;
  };

  /** Throws if the chat has been cancelled, which looks like the end of the body. */
  #stopWaiting(): void {
    this.#options.clock.pause();
    clearTimeout(this.#timer);
    this.#options.cancellation.throwIfAborted();
  }

  /** Ends the body while it is being read, as if it were complete. */
  cancel(): void {
    // Not awaited, since some transports (such as MSW) never settle the cancellation.
    this.#reader?.cancel(this.#options.cancellation.reason).catch(() => {});
  }

  /** Releases the body, which closes the connection unless the end was reached. */
  close(): void {
    this.#unsubscribe();
    if (this.#ended) return;
    this.#ended = true;
    this.cancel();
  }

  /** Reads to the end, so that the connection can be reused; gives up after that many milliseconds. */
  async drain(within: number): Promise<void> {
    const timer = setTimeout(() => this.close(), within);
    try {
      // No idle timeout here: the answer is already complete.
      while (this.#reader && !this.#ended) this.#ended = (await this.#reader.read()).done;
    } catch {
      // How the connection ends no longer matters.
    } finally {
      clearTimeout(timer);
    }
  }
}
