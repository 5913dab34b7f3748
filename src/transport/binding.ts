import type { AiBinding, Fetch } from "../options/gateway-config.ts";

/** Sends a chat through the Workers binding, which authenticates by itself and takes the body as an object. */
export function bindingFetch(binding: AiBinding, gatewayId: string): Fetch {
  return async (_url, init) => {
    const headers = Object.fromEntries(new Headers(init.headers));
    const query: unknown = JSON.parse(init.body as string);
    try {
      return await binding
        .gateway(gatewayId)
        .run({ provider: "compat", endpoint: "chat/completions", headers, query }, init.signal ? { signal: init.signal } : {});
    } catch (error) {
      const answer = errorAnswer(error);
      if (answer) return answer;
      throw error;
    }
  };
}

/**
 * The binding throws the gateway's errors as `2001: Please configure…`, and a missing log as AiGatewayLogNotFound; they become the answer that is
 * given over HTTP. Undefined for an error that says no such thing.
 */
export function errorAnswer(error: unknown): Response | undefined {
  if (!(error instanceof Error)) return undefined;
  const [, code, message] = /^(?:AiGatewayError: )?(\d{4,5}): ?(.*)/s.exec(error.message) ?? [];
  if (code !== undefined) return answerWith(statusByCode[code] ?? 400, Number(code), message ?? "");
  return /not ?found/i.test(`${error.name} ${error.message}`) ? answerWith(404, 7002, error.message) : undefined;
}

const answerWith = (status: number, code: number, message: string) =>
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
