import type { BatchJob } from "../../batch/index.ts";

export interface FileJob extends BatchJob {
  /** The format of its line, and of its result. */
  form: "own" | "openai";
  hash: string;
}

/** Options shared by all jobs of a run, included in their hashes. */
export type Defaults = Readonly<Record<string, unknown>>;
