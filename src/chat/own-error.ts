import { GatewayError } from "../errors/errors.ts";

/** Whether an error is the chat's own, so that details may be added to it: an abort reason is the caller's, and may be shared or frozen. */
export function isOwnError(
  error: unknown,
  { options }: { readonly options: { readonly signal?: AbortSignal | undefined } },
): error is GatewayError {
  return GatewayError.is(error) && !(options.signal?.aborted && error === options.signal.reason) && Object.isExtensible(error);
}
