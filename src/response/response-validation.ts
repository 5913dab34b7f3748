/** Compares responses with the spec, for `validateResponses`. */
export interface ResponseValidation {
  readonly mode: "warn" | "throw";
  /** Adds a payload that reports no failure, before it is read. */
  observe(payload: unknown, kind: "completion" | "chunk"): void;
  /** The differences so far, as one clause that quotes no content; undefined if there are none. `isWhole`: nothing can follow. */
  describe(isWhole: boolean): string | undefined;
}
