import type { ModelId } from "../request/model-id.ts";
import type { FunctionTool } from "../wire.ts";
import type { Tool } from "./tool-types.ts";

/** The tools of a turn; writes their definitions for a provider, and reads the arguments of calls. */
export interface OfferedTools {
  readonly tools: Readonly<Record<string, Tool>>;
  /** Returns the definitions in the order of the tools. */
  describe(target: Pick<ModelId, "model" | "row">): readonly FunctionTool[];
  /** What the arguments of a call most likely stand for: the first of `readings`. */
  mostLikely(name: string, args: unknown): unknown;
  /**
   * Yields possible interpretations of a call's arguments, likeliest first: with the root unwrapped and nulls added by strict mode removed;
   * then with strings that contain JSON arrays or objects parsed.
   */
  readings(name: string, args: unknown): Iterable<unknown>;
}

/** For chats without tools. */
export const noTools: OfferedTools = {
  tools: {},
  describe: () => [],
  mostLikely: (_, args) => args,
  readings: (_, args) => [args],
};
