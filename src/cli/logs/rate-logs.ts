import type { Feedback, Logs } from "../../index.ts";
import type { OptionSpecs, OptionValues } from "../command.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

export const ratingOptions = {
  feedback: { type: "string", placeholder: "up|down|none", help: "Rate the answers of these ids; none clears the rating" },
  score: { type: "string", placeholder: "N|none", help: "Score the answers of these ids, 0 to 100; none clears the score" },
} as const satisfies OptionSpecs;

const thumbs: Readonly<Record<string, 1 | -1 | null>> = { up: 1, down: -1, none: null };

/** The rating that the options state; undefined if they state none. */
export function readRating({ feedback, score }: OptionValues<typeof ratingOptions>): Feedback | undefined {
  if (feedback === undefined && score === undefined) return undefined;
  return {
    ...(feedback === undefined ? {} : { feedback: readThumb(feedback) }),
    ...(score === undefined ? {} : { score: readScore(score) }),
  };
}

function readThumb(text: string): 1 | -1 | null {
  const thumb = Object.hasOwn(thumbs, text) ? thumbs[text] : undefined;
  if (thumb === undefined) throw new UsageError(`--feedback must be up, down or none, got ${JSON.stringify(text)}.`);
  return thumb;
}

function readScore(text: string): number | null {
  if (text === "none") return null;
  const score = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Infinity;
  if (score > 100) throw new UsageError(`--score must be a number between 0 and 100, or none, got ${JSON.stringify(text)}.`);
  return score;
}

/** Rates the answers, one after the other. */
export async function rateLogs(logs: Logs, ids: readonly string[], rating: Feedback, terminal: Terminal): Promise<void> {
  for (const id of ids) {
    await logs.feedback(id, rating);
    if (terminal.json) terminal.print(JSON.stringify({ id, ...rating }));
    else terminal.note(`${terminal.style.green("✔")} Rated ${id}.`);
  }
}
