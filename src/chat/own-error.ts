import { GatewayError } from "../errors/errors.ts";

/** Whether details may be added to an error because the chat created it. An abort reason is the caller's and may be shared or frozen. */
export function isOwnError(
  error: unknown,
  { options }: { readonly options: { readonly signal?: AbortSignal | undefined } },
): error is GatewayError {
  return GatewayError.is(error) && !(options.signal?.aborted && error === options.signal.reason) && Object.isExtensible(error);
}
