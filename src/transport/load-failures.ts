import { loadPart } from "./load-part.ts";

/** Loads what makes errors: most of it is words, and most programs hardly ever need them. */
export const loadFailures = (): Promise<typeof import("./failures.ts")> => loadPart(import("./failures.ts"));
