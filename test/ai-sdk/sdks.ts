import * as ai6 from "ai";
import * as ai7 from "ai7";

export type AiSdk = typeof ai6;

/** The two major versions that the provider supports, with the types of the first: the tests only use what both have. */
export const sdks: readonly [major: string, sdk: AiSdk][] = [
  ["6", ai6],
  ["7", ai7 as unknown as AiSdk],
];
