import type { ErrorRow } from "./error-table.ts";

/**
 * Rows of the failures table that the client finds by itself. They stand apart because they are always at hand: the others are loaded with
 * the first failure, which a network that stalls could keep from arriving.
 */
export const configuration: ErrorRow = {
  code: "configuration",
  origin: "client",
  retryable: false,
  means: "An option is missing or wrong; nothing was sent.",
  hint: "Fix the options listed in error.issues.",
};

export const timeouts = {
  "timeout:first-byte": {
    code: "timeout",
    origin: "network",
    retryable: false,
    means: "No answer began in time.",
    hint: "Raise timeout.firstByte, or stream: long answers then start early. The call may still be billed.",
  },
  "timeout:idle": {
    code: "timeout",
    origin: "network",
    retryable: false,
    means: "The answer stalled.",
    hint: "Raise timeout.idle if such pauses are expected. The call may still be billed.",
  },
  "timeout:chunk": {
    code: "timeout",
    origin: "network",
    retryable: false,
    means: "No chunk of the stream came in time.",
    hint: "Raise timeout.chunk if such pauses are expected. The call may still be billed.",
  },
  "timeout:total": {
    code: "timeout",
    origin: "client",
    retryable: false,
    means: "The whole call took longer than allowed.",
    hint: "Raise timeout.total, or ask for less.",
  },
} as const satisfies Record<string, ErrorRow>;
