import { Accumulator, type ExpectedAnswer } from "../../src/response/accumulator.ts";

/** An accumulator for an answer about which nothing is known in advance. */
export const createAccumulator = (expected: Partial<ExpectedAnswer> = {}): Accumulator =>
  new Accumulator({
    model: "The model",
    usedIds: new Set(),
    streaming: true,
    choices: 1,
    tools: new Set(),
    forcedTool: undefined,
    thinksFirst: false,
    writesCallMarkup: false,
    ...expected,
  });
