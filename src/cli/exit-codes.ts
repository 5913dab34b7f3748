/** Exit codes; the same with and without `--json`. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  /** Wrong arguments, or a ConfigurationError. */
  usage: 2,
  /** A token was rejected, or lacks a permission. */
  authentication: 4,
  /** Some lines of a batch failed. */
  incomplete: 5,
  interrupted: 130,
} as const;
