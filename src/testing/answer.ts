/** Token counts by OpenAI's convention: thinking is part of the output, cached tokens are part of the input. */
export interface TokenCounts {
  input: number;
  output: number;
  thinking: number;
  cached: number;
}

/** A model's answer before a provider puts it into its own words. */
export interface Answer {
  /** Makes the ids of this answer unlike those of others. */
  number: number;
  /** Seconds since 1970. */
  created: number;
  /** As the provider names it, without the gateway's prefix. */
  model: string;
  text: string;
  reasoning: string;
  /** Arguments as JSON text, or as the broken text that a script asks for. */
  toolCalls: { name: string; arguments: string }[];
  /** Sent as it is, where a script gives one. */
  finishReason: string | undefined;
  /** Fields that a script gives are sent as they are; `null` sends none. */
  usage: TokenCounts | { given: object } | null;
  /** Whether the request asked for usage on its stream. */
  includeUsage: boolean;
}

/** Four characters a token, which is near enough for English. */
export const estimateTokens = (text: string): number => Math.ceil(text.length / 4);
