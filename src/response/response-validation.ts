/** Compares what arrives with the spec: `validateResponses`. */
export interface ResponseValidation {
  readonly mode: "warn" | "throw";
  /** Takes each payload that reports no failure, before it is read. */
  observe(payload: unknown, kind: "completion" | "chunk"): void;
  /** The differences so far, as one clause without content; undefined when there are none. `isWhole`: nothing can follow. */
  describe(isWhole: boolean): string | undefined;
}
