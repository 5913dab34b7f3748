import createClient, { type Client, createQuerySerializer } from "openapi-fetch";
import type { paths } from "../wire.ts";

/** Replaces `Request`, whose construction takes a fifth of the time of a small chat. */
export class PlainRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;
  readonly signal: AbortSignal | undefined;

  constructor(url: string, init: { method: string; headers: Headers; body?: string; signal?: AbortSignal }) {
    this.url = url;
    this.method = init.method;
    this.headers = init.headers;
    this.body = init.body;
    this.signal = init.signal;
  }
}

/** Sends a request built by the bindings. */
export type SendPlainRequest = (request: PlainRequest) => Promise<Response>;

/** The openapi-fetch client for the spec's paths, without the cost of `Request`. Without `send`, each request provides its own `fetch`. */
export function createBindings(baseUrl: string, send?: SendPlainRequest, pathSerializer = serializePath): Client<paths> {
  return createClient<paths>({
    baseUrl,
    // Created once, not for each request.
    querySerializer: createQuerySerializer(),
    // The default ones look for forms and for path styles, which the gateway does not have.
    bodySerializer: (body) => JSON.stringify(body),
    pathSerializer,
    Request: PlainRequest as unknown as typeof Request,
    ...(send && { fetch: asFetch(send) }),
  });
}

/** Inserts the values into the path of an endpoint. */
export const serializePath = (path: string, values: Readonly<Record<string, unknown>>): string =>
  path.replace(/\{(\w+)\}/g, (found, name) => (Object.hasOwn(values, name) ? encodeURIComponent(String(values[name])) : found));

/** Casts to the type of `fetch`: the bindings pass on the `PlainRequest`. */
export const asFetch = (send: SendPlainRequest) => send as unknown as (request: Request) => Promise<Response>;
