import type { ChatOptions, ChatResult, GatewayError } from "../index.ts";

/** One chat of a batch. */
export interface BatchJob {
  /** Unique within the batch; names the answer. */
  id: string;
  /** The options of `gateway.chat()`. */
  chat: ChatOptions<unknown>;
}

/** What became of a job. Answers come in the order in which they are complete. */
export type BatchAnswer = { id: string; result: ChatResult<unknown> } | { id: string; error: GatewayError };

/** How far a batch is. */
export interface BatchProgress {
  /** Jobs answered so far, failed ones included. */
  done: number;
  /** Jobs whose answer is an error. */
  failed: number;
  /** The number of jobs; undefined when `jobs` is an iterable of unknown length. */
  total?: number;
  /** Tokens that the responses reported. */
  tokens: number;
  /** US dollars that the responses reported. */
  cost: number;
}

/** How a batch is run. */
export interface BatchOptions {
  /** Jobs that run at once at most; fewer while the provider or the gateway limits the rate. @default 8 */
  concurrency?: number | undefined;
  /**
   * US dollars. Once the responses have reported this much, no further job is started; those that run are finished, and then the iteration
   * throws a SpendLimitError. Models whose responses report no cost don't count.
   */
  maxCost?: number | undefined;
  /** Ends the batch: running chats are aborted, and the iteration rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Called after each answer. */
  onProgress?: ((progress: BatchProgress) => void) | undefined;
}
