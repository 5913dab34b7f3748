import type { Cancellation } from "../abort.ts";
import { GatewayError } from "../errors/errors.ts";
import { networkError } from "../errors/from-network.ts";
import type { Redact } from "../errors/redact.ts";
import type { Clock } from "../transport/timeout.ts";

/** What reading a body heeds. */
interface Watch {
  clock: Clock;
  cancellation: Cancellation;
  redact: Redact;
  /** Once it is finished it is whole, however the connection ends. */
  answer: { readonly finished: boolean };
}

/** The text of a response's body as it arrives. */
export class Pieces {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  readonly #decoder = new TextDecoder();
  readonly #url: string;
  readonly #clock: Clock;
  readonly #cancellation: Cancellation;
  readonly #redact: Redact;
  readonly #answer: { readonly finished: boolean };
  readonly #letGo: () => void;
  /** Whether the end was a broken connection, so that what came last may be cut. */
  brokenOff = false;
  #ended: boolean;
  /** Read, but not yet given. */
  #ahead: string | undefined;

  constructor(response: Response, { clock, cancellation, redact, answer }: Watch) {
    this.#reader = response.body?.getReader();
    this.#ended = this.#reader === undefined;
    this.#url = response.url;
    this.#clock = clock;
    this.#cancellation = cancellation;
    this.#redact = redact;
    this.#answer = answer;
    // A body that does not belong to a fetch, as the Workers binding gives, does not know the signal.
    this.#letGo = cancellation.onAbort(() => this.release());
  }

  /** The first character that is no white space, which stays to be read; empty when there is none. */
  async firstCharacter(): Promise<string> {
    let text = "";
    for (let piece = await this.next(); piece !== undefined; piece = await this.next()) {
      text += piece;
      if (piece.trim() !== "") break;
    }
    this.#ahead = text;
    return text.trimStart().charAt(0);
  }

  /** The next piece; undefined at the end. */
  async next(): Promise<string | undefined> {
    const ahead = this.#ahead;
    if (ahead !== undefined) {
      this.#ahead = undefined;
      return ahead;
    }
    if (this.#reader === undefined || this.#ended) return undefined;
    this.#clock.start("idle");
    try {
      const { done, value } = await this.#reader.read();
      this.#cancellation.throwIfAborted();
      if (!done) return this.#decoder.decode(value, { stream: true });
      this.#ended = true;
      return this.#decoder.decode() || undefined;
    } catch (error) {
      this.#ended = true;
      this.#cancellation.throwIfAborted();
      if (this.#answer.finished) {
        this.brokenOff = true;
        return undefined;
      }
      if (GatewayError.is(error)) throw error;
      throw networkError(error, this.#url, this.#redact, "body");
    } finally {
      this.#clock.pause();
    }
  }

  /** Ends the body while it is being read, as if nothing more had come. */
  release(): void {
    // Not awaited: there are transports (MSW is one) whose cancellation never ends.
    void this.#reader?.cancel(this.#cancellation.reason).catch(() => {});
  }

  /** Lets go of the body, closing the connection unless the end was reached. */
  close(): void {
    this.#letGo();
    if (this.#ended) return;
    this.#ended = true;
    this.release();
  }

  /** Reads on to the end, so that the connection can be used again; gives up after so many milliseconds. */
  async drain(within: number): Promise<void> {
    const timer = setTimeout(() => this.close(), within);
    try {
      // Without the clock, which would end the call: nobody waits for what comes now.
      while (this.#reader && !this.#ended) this.#ended = (await this.#reader.read()).done;
    } catch {
      // The answer is whole; how the connection ends does not matter any more.
    } finally {
      clearTimeout(timer);
    }
  }
}
