/** What one chat of the soak test does. It is sent as the prompt, so that the server knows what to reply. */
export interface Workload {
  /** Unique, so that a completion shows which chat it belongs to. */
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
  "rejected",
  "abort",
  "leave",
  "hanging-hook",
  "slow-reader",
] as const;
export type Kind = (typeof kinds)[number];

export const toPrompt = (workload: Workload): string => JSON.stringify(workload);
export const parseWorkload = (prompt: string): Workload => JSON.parse(prompt) as Workload;

/** The text that the model replies with. */
export const plainText = ({ id }: Workload): string => `Reply for ${id}.`;
export const longText = ({ id }: Workload): string => Array.from({ length: 60 }, (_, n) => `${n} for ${id}.`).join(" ");

/** What the tool returns; a conversation of the kind "tools" holds three of these. */
export const toolResult = (id: string, n: number): string => `${id}:${n}`;
export const toolsText = ({ id }: Workload): string => `Done: ${[1, 2, 3].map((n) => toolResult(id, n)).join(" ")}.`;
