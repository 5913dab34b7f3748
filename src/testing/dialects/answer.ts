/** Token counts by OpenAI's convention: reasoning is part of the output, cached tokens are part of the input. */
export interface TokenCounts {
  input: number;
  output: number;
  thinking: number;
  cached: number;
}

/** A model's answer, before it is written in a provider's format. */
export interface Answer {
  /** Distinguishes the ids of this answer from those of others. */
  number: number;
  /** Seconds since 1970. */
  created: number;
  /** The provider's name for the model, without the gateway's prefix. */
  model: string;
  text: string;
  reasoning: string;
  /** Arguments as JSON, or as the invalid string that a script sets. */
  toolCalls: { name: string; arguments: string }[];
  /** From a script; sent unchanged. */
  finishReason: string | undefined;
  /** `given` comes from a script and is sent unchanged; `null` sends none. */
  usage: TokenCounts | { given: object } | null;
  /** Whether the request set `stream_options.include_usage`. */
  includeUsage: boolean;
  /** Splits text and reasoning into the deltas of a stream. */
  splitText(text: string): string[];
  /** Splits the arguments of a call into the deltas of a stream. */
  splitArguments(json: string): string[];
}

/** Four characters per token, close enough for English. */
export const estimateTokens = (text: string): number => Math.ceil(text.length / 4);
