import type { ChatOptions, ChatResult, GatewayError } from "../index.ts";

/** One chat of a batch. */
export interface BatchJob {
  /** Unique within the batch; identifies the answer. */
  id: string;
  /** The options of `gateway.chat()`. */
  chat: ChatOptions<unknown>;
}

/** The outcome of a job. Answers are yielded in the order in which they complete. */
export type BatchAnswer = { id: string; result: ChatResult<unknown> } | { id: string; error: GatewayError };

/** The progress of a batch. */
export interface BatchProgress {
  /** Jobs finished so far, including failed ones. */
  done: number;
  /** Jobs whose answer is an error. */
  failed: number;
  /** The number of jobs; undefined when `jobs` is an iterable of unknown length. */
  total?: number;
  /** Tokens reported by the responses. */
  tokens: number;
  /** Cost in US dollars reported by the responses. */
  cost: number;
}

/** Options of a batch. */
export interface BatchOptions {
  /** Maximum number of concurrent jobs; reduced while the provider or the gateway rate-limits. @default 8 */
  concurrency?: number | undefined;
  /**
   * Budget in US dollars. Once the responses have reported this much, no more jobs are started; running ones finish, and then the iteration
   * throws a SpendLimitError. Models whose responses report no cost don't count.
   */
  maxCost?: number | undefined;
  /** Ends the batch: running chats are aborted, and the iteration rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Called after each answer. */
  onProgress?: ((progress: BatchProgress) => void) | undefined;
}
