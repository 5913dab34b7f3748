import * as ai6 from "ai";
import * as ai7 from "ai7";

export type AiSdk = typeof ai6;

/** Both majors that the provider is for, under the types of the first: what the tests use is the same in both. */
export const sdks: readonly [major: string, sdk: AiSdk][] = [
  ["6", ai6],
  ["7", ai7 as unknown as AiSdk],
];
