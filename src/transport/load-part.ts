import { NetworkError } from "../errors/errors.ts";

/**
 * Waits for a part of the package that is loaded when it is first needed. In a page it comes over the network, which may be down by then.
 *
 * @throws NetworkError when it cannot be loaded
 */
export async function loadPart<T>(part: Promise<T>): Promise<T> {
  try {
    return await part;
  } catch (cause) {
    throw new NetworkError("A part of cf-ai-gateway could not be loaded. Check the network, then try again.", {
      code: "network",
      origin: "network",
      retryable: true,
      hint: "Check the network, then try again.",
      cause,
    });
  }
}
