import type { BatchJob } from "../../batch/index.ts";

export interface FileJob extends BatchJob {
  /** The form of its line, which its result has as well. */
  form: "own" | "openai";
  hash: string;
}

/** What all jobs of a run share and their hashes depend on. */
export type Defaults = Readonly<Record<string, unknown>>;
