import type { Cancellation } from "../abort.ts";
import { fail } from "../errors/create-error.ts";
import { ConfigurationError, GatewayError, type RequestTarget } from "../errors/errors.ts";
import { networkError } from "../errors/from-network.ts";
import { errorFromResponse } from "../errors/from-response.ts";
import { tokenProblem } from "../errors/token-problem.ts";
import type { Fetch, Token } from "../options/connection.ts";
import type { Settings } from "../options/settings.ts";
import type { PlainRequest } from "./bindings.ts";
import type { Secrets } from "./secrets.ts";

/** How requests to a server are sent and authenticated. */
export interface Server {
  readonly fetch: Fetch;
  readonly secrets: Secrets;
  /** The header that carries the token. */
  readonly header: string;
  readonly token: Token | undefined;
  /** The option that the token came from. */
  readonly option: string;
}

/**
 * Sends a request and resolves with its response, body unread. If the token comes from a function and was rejected, sends it once more with
 * a fresh one. Rejects with a GatewayError for any status other than 2xx.
 */
export async function sendRequest(
  request: PlainRequest,
  server: Server,
  target: RequestTarget,
  cancellation: Cancellation,
): Promise<Response> {
  const { token, secrets } = server;
  let isRefreshed = false;
  for (;;) {
    if (token !== undefined) {
      const value = typeof token === "string" ? token : await getToken(token, server.option, cancellation);
      secrets.add(value);
      request.headers.set(server.header, `Bearer ${value}`);
    }
    let response: Response;
    try {
      response = await cancellation.race(server.fetch(request.url, toInit(request, cancellation)), discard);
      assertReadable(response);
    } catch (error) {
      cancellation.throwIfAborted();
      throw GatewayError.is(error) ? error : networkError(error, request.url, secrets.redact, "connect");
    }
    if (response.ok) return response;
    if (isRedirect(response)) throw redirectError(request.url, response);
    if (response.status !== 401 || typeof token !== "function" || isRefreshed)
      throw errorFromResponse(response, await readErrorBody(response, cancellation), target, secrets.redact);
    isRefreshed = true;
    discard(response);
  }
}

/** Redirects are not followed: they could send the token to another server. */
function toInit({ method, headers, body }: PlainRequest, { signal }: Cancellation): RequestInit {
  return body === undefined
    ? { method, headers, signal, redirect: "manual" }
    : { method, headers, body, signal, redirect: "manual" };
}

async function getToken(getter: Exclude<Token, string>, option: string, cancellation: Cancellation): Promise<string> {
  const token = await cancellation.race(getter());
  const problem = tokenProblem(token);
  if (problem) throw new ConfigurationError([{ option, message: `the function's token ${problem}` }]);
  return token;
}

/** Throws if the caller's transport did not return a readable response. Accepts other implementations of `Response`. */
function assertReadable(response: Response | null | undefined): void {
  if (typeof response?.status !== "number" || typeof response.headers?.get !== "function")
    throw new TypeError("fetch must resolve with a Response");
  if (response.body?.locked) throw new TypeError("fetch must resolve with a Response whose body has not been read");
}

const isRedirect = ({ type, status }: Response) => type === "opaqueredirect" || (status >= 300 && status < 400);

/** Cancels an unread response body. Not awaited, since some transports (MSW) never settle the cancellation. */
function discard(response: Response | undefined): void {
  try {
    void response?.body?.cancel().catch(() => {});
  } catch {
    // A `Response` implementation without streams.
  }
}

function redirectError(url: string, response: Response): GatewayError {
  discard(response);
  const location = response.headers.get("location");
  const destination = location && URL.canParse(location, url) ? ` to ${new URL(location, url).host}` : "";
  return fail("network:redirect", `${new URL(url).host} redirects${destination}.`, { status: response.status || undefined });
}

/** Maximum length of an error body that is read. */
const maxErrorBodyLength = 1_000_000;

async function readErrorBody(response: Response, cancellation: Cancellation): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    while (reader && text.length < maxErrorBodyLength) {
      const { done, value } = await cancellation.race(reader.read());
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    // If the connection fails during the error body, the status is enough.
    cancellation.throwIfAborted();
  } finally {
    reader?.cancel().catch(() => {});
  }
  return text;
}

/** The caller's `fetch`, or the global one at the time of the request. */
export function userFetch({ fetch }: Settings): Fetch {
  return (url, init) => (fetch ?? globalThis.fetch)(url, init);
}
