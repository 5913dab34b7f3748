/** Reads `retry-after-ms` and `retry-after` (seconds or a date), as milliseconds from now. */
export function readRetryAfter(headers: Headers, now: number = Date.now()): number | undefined {
  const milliseconds = headers.get("retry-after-ms")?.trim() ?? "";
  if (decimal.test(milliseconds)) return Number(milliseconds);
  const value = headers.get("retry-after")?.trim() ?? "";
  if (decimal.test(value)) return Number(value) * 1000;
  // `Date.parse("-5")` succeeds, so require a letter (the month's name).
  const date = /[a-z]/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

const decimal = /^\d+(\.\d+)?$/;

/** "Please try again in 6m0s", "Please retry in 22.05s", "retry after 30 seconds", "wait 2 minutes", "will reset after 45s". */
const wait =
  /\b(?:try again|retry(?:ing)?|wait|resets?|available)(?: again)?(?: after| in| for)? ((?:\d+(?:\.\d+)?\s?(?:milliseconds?|ms|hours?|h|minutes?|min|m|seconds?|sec|s)\b\s?(?:and )?(?=\d|\W|$)|\d+(?:\.\d+)?(?:ms|h|m|s)(?=\d))+)/i;

const units: readonly [RegExp, number][] = [
  [/^(?:ms|milli)/i, 1],
  [/^h/i, 3_600_000],
  [/^m/i, 60_000],
  [/^s/i, 1000],
];

/** The wait given in the text of a message, in milliseconds. */
export function parseWait(message: string): number | undefined {
  const found = wait.exec(message)?.[1];
  if (found === undefined) return undefined;
  let total = 0;
  for (const [, amount, unit = ""] of found.matchAll(/(\d+(?:\.\d+)?)\s?([a-z]+)/gi))
    total += Number(amount) * (units.find(([pattern]) => pattern.test(unit))?.[1] ?? 0);
  return Math.ceil(total);
}
