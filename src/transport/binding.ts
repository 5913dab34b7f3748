import { readThrown } from "../errors/read-thrown.ts";
import type { AiBinding, Fetch } from "../options/connection.ts";

/** Sends a chat through the Workers binding, which adds the authentication and takes the body as an object. */
export function bindingFetch(binding: AiBinding, gatewayId: string): Fetch {
  return async (_url, init) => {
    const headers = Object.fromEntries(new Headers(init.headers));
    const query: unknown = JSON.parse(init.body as string);
    try {
      return await binding
        .gateway(gatewayId)
        .run({ provider: "compat", endpoint: "chat/completions", headers, query }, init.signal ? { signal: init.signal } : {});
    } catch (error) {
      const response = errorResponse(error);
      if (response) return response;
      throw error;
    }
  };
}

/**
 * The binding throws the gateway's errors as `2001: Please configure…`, and a missing log as AiGatewayLogNotFound. Converts them to the
 * response that HTTP would return; undefined for any other error.
 */
export function errorResponse(error: unknown): Response | undefined {
  const { isError, name, message } = readThrown(error);
  if (!isError) return undefined;
  const [, code, text] = /^(?:AiGatewayError: )?(\d{4,5}): ?(.*)/s.exec(message) ?? [];
  if (code !== undefined) return responseWith(statusByCode[code] ?? 400, Number(code), text ?? "");
  return /not ?found/i.test(`${name} ${message}`) ? responseWith(404, 7002, message) : undefined;
}

const responseWith = (status: number, code: number, message: string) =>
  Response.json({ success: false, error: [{ code, message }] }, { status });

const statusByCode: Readonly<Record<string, number>> = {
  2003: 429,
  2005: 502,
  2009: 401,
  2016: 424,
  2017: 424,
  2018: 429,
  2021: 402,
  2036: 403,
  2041: 429,
  7002: 404,
  7003: 404,
  7013: 503,
  9106: 401,
  10000: 401,
};
