/** Request headers whose values are not secret. */
const harmless =
  /^(?:accept.*|content-.*|user-agent|host|connection|x-title|http-referer|referer|origin|traceparent|tracestate|x-request-id|cf-aig-(?!authorization$).*)$/;

export interface Redaction {
  headers(headers: Headers): [name: string, value: string][];
  text(text: string): string;
}

/** Redacts the secrets of a request: the values of its headers, wherever they occur, and the gateway's token. */
export function createRedaction(headers: Headers, token: string): Redaction {
  const values = [...headers].filter(([name]) => !harmless.test(name)).map(([, value]) => value.replace(/^\w+ /, ""));
  // A short value could be part of any word.
  const secrets = [...new Set([token, ...values])].filter(({ length }) => length >= 8).sort((a, b) => b.length - a.length);
  const text = (given: string) => secrets.reduce((result, secret) => result.replaceAll(secret, "[redacted]"), given);
  return {
    text,
    headers: (all) =>
      [...all].map(([name, value]) => [name, harmless.test(name) || !headers.has(name) ? text(value) : redactValue(value)]),
  };
}

/** Keeps the scheme of an Authorization header. */
const redactValue = (value: string) => value.replace(/^(\w+ )?.*$/s, "$1[redacted]");
