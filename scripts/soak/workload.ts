/** What a call of the soak is about. It travels as the prompt, so that the server knows what to do with it and for whom the answer is. */
export interface Errand {
  /** Unlike that of any other call: in an answer it shows whose that is. */
  id: string;
  kind: Kind;
}

export const kinds = [
  "plain",
  "long",
  "slow-bytes",
  "tools",
  "retried-status",
  "retried-reset",
  "html",
  "truncated",
  "malformed",
  "reset",
  "stall",
  "refused",
  "abort",
  "leave",
] as const;
export type Kind = (typeof kinds)[number];

export const promptOf = (errand: Errand): string => JSON.stringify(errand);
export const errandOf = (prompt: string): Errand => JSON.parse(prompt) as Errand;

/** What the model is to say for it. */
export const plainText = ({ id }: Errand): string => `The answer for ${id}.`;
export const longText = ({ id }: Errand): string => Array.from({ length: 60 }, (_, n) => `${n} for ${id}.`).join(" ");

/** What the tool is to return for it; a conversation holds three of these. */
export const toolResult = (id: string, n: number): string => `${id}:${n}`;
export const toolsText = ({ id }: Errand): string => `Done: ${[1, 2, 3].map((n) => toolResult(id, n)).join(" ")}.`;
