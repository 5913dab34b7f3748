import { NetworkError } from "../errors.ts";

/** Loads what makes errors: most of it is words, and most programs hardly ever need them. Rejects with a NetworkError in a page that is offline. */
export function loadFailures(): Promise<typeof import("./failures.ts")> {
  return import("./failures.ts").catch((cause: unknown) => {
    throw new NetworkError("The call failed, and the part of cf-ai-gateway that tells why could not be loaded.", {
      code: "network",
      origin: "network",
      retryable: true,
      hint: "Check the network, then try again.",
      cause,
    });
  });
}
