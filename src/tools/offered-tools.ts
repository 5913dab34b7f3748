import type { ModelId } from "../request/model-id.ts";
import type { FunctionTool } from "../wire.ts";
import type { Tool } from "./tool-types.ts";

/** The tools of a turn, and how they are written for a provider and read back. */
export interface OfferedTools {
  readonly tools: Readonly<Record<string, Tool>>;
  /** In the order of the tools. */
  describe(target: Pick<ModelId, "model" | "row">): readonly FunctionTool[];
  /** What the arguments of a call most likely stand for: the first of `readings`. */
  likeliest(name: string, args: unknown): unknown;
  /**
   * What the arguments of a call may stand for, the likeliest first: without the object that the root was wrapped in, and without what strictness
   * added; then with arrays and objects in the place of strings that hold them.
   */
  readings(name: string, args: unknown): Iterable<unknown>;
}

/** Where a chat has no tools. */
export const noTools: OfferedTools = {
  tools: {},
  describe: () => [],
  likeliest: (_, args) => args,
  readings: (_, args) => [args],
};
