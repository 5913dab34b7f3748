import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { failureMeanings } from "../../scripts/docs/failure-meanings.ts";
import { fail } from "../../src/errors/create-error.ts";
import {
  type ErrorRow,
  type FailureKind,
  failures,
  gatewayCodes,
  gatewayMessages,
  gatewayStatuses,
  providerContent,
  statuses,
} from "../../src/errors/error-table.ts";
import type { GatewayError } from "../../src/errors/errors.ts";

type Row = [
  kind: FailureKind,
  code: GatewayError["code"],
  origin: GatewayError["origin"],
  retryable: boolean,
  means: RegExp,
  hint: RegExp,
];

/** Failures without an error response. */
const rows: Row[] = [
  [
    "configuration",
    "configuration",
    "client",
    false,
    /option is missing or wrong; nothing was sent/,
    /options listed in error\.issues/,
  ],
  ["network:connect", "network", "network", true, /connection failed/, /baseUrl, then try again/],
  ["network:dns", "network", "network", true, /host name was not found/, /DNS/],
  ["network:refused", "network", "network", true, /Nothing accepts connections/, /port/],
  ["network:tls", "network", "network", false, /No trusted TLS/, /certificate/],
  ["network:reset", "network", "network", true, /interrupted/, /Try again; error\.partial/],
  [
    "network:redirect",
    "network",
    "network",
    false,
    /redirects elsewhere; the redirect was not followed/,
    /baseUrl \(or customDomain\) to the final address/,
  ],
  ["network:remote-binding", "network", "client", false, /no local implementation/, /wrangler dev.*"remote": true/],
  [
    "timeout:first-byte",
    "timeout",
    "network",
    false,
    /No response arrived/,
    /timeout\.firstByte, or use stream\(\).*still be billed/,
  ],
  ["timeout:idle", "timeout", "network", false, /stalled/, /timeout\.idle.*still be billed/],
  ["timeout:chunk", "timeout", "network", false, /heartbeats, but no chunk/, /timeout\.chunk.*still be billed/],
  ["timeout:total", "timeout", "client", false, /longer than allowed/, /timeout\.total/],
  ["stream:truncated", "stream", "provider", false, /without a finish reason/, /Try again; error\.partial/],
  ["stream:malformed", "stream", "provider", false, /not a chunk/, /error\.partial/],
  ["stream:error-event", "stream", "provider", true, /reported an error/, /provider's own; error\.partial/],
  ["stream:empty", "stream", "provider", false, /stream was empty/, /gateway's log/],
  ["answer:html", "provider", "provider", false, /HTML page/, /login page or a proxy/],
  ["answer:empty", "provider", "provider", false, /response was empty/, /gateway's log/],
  ["answer:malformed", "provider", "provider", false, /not JSON/, /check baseUrl/],
  ["answer:no-choices", "provider", "provider", false, /no choice/, /gateway's log/],
  ["answer:drift", "provider", "provider", false, /does not match the spec/, /validateResponses to "warn"/],
  ["output:invalid", "output-validation", "provider", false, /does not match the schema/, /outputRetries/],
  ["output:refusal", "output-validation", "provider", false, /refused to answer/, /the refusal/],
  ["output:length", "output-validation", "provider", false, /cut off/, /maxTokens/],
  ["output:content-filter", "output-validation", "provider", false, /content filter stopped/, /Change the prompt/],
];

describe("the table of failures", () => {
  test("has a row for each kind that is tested here", () => {
    expect(Object.keys(failures).sort()).toEqual(rows.map(([kind]) => kind).sort());
  });

  test.each(rows)("%s has class, origin, retry policy, meaning and hint", (kind, code, origin, retryable, means, hint) => {
    expect(failures[kind]).toMatchObject({ code, origin, retryable });
    expect(failureMeanings[kind]).toMatch(means);
    expect(failures[kind].hint).toMatch(hint);
    expect(fail(kind, "It went wrong.")).toMatchObject({ code, origin, retryable, hint: failures[kind].hint });
  });
});

describe("every row of the table of failures", () => {
  const all: [string, ErrorRow][] = [
    ...Object.entries(gatewayCodes),
    ...gatewayMessages.map((row): [string, ErrorRow] => [String(row.words ?? row.codes), row]),
    ...Object.entries(gatewayStatuses).flatMap(([status, row]): [string, ErrorRow][] =>
      row ? [[`gateway ${status}`, row]] : [],
    ),
    ...providerContent.map((row): [string, ErrorRow] => [String(row.words ?? row.codes), row]),
    ...Object.entries(statuses),
    ...rows.map(([kind]): [string, ErrorRow] => [kind, { ...failures[kind], means: failureMeanings[kind] }]),
  ];

  test.each(all)("%s explains in complete sentences what it means and what to do", (_, { means, hint }) => {
    for (const text of [means, hint]) expect(text).toMatch(/^[A-Z].{8,}\.$|^error\.text .*\.$/);
  });

  test.each(all)("%s names the blocked side if and only if something is blocked", (_, { code, blocked }) => {
    expect(blocked !== undefined).toBe(code === "guardrail" || code === "dlp");
  });

  test.each(all)("%s is retryable only if waiting may help", (_, { code, retryable }) => {
    if (retryable) expect(["rate-limit", "provider", "network", "stream"]).toContain(code);
  });
});

describe("the retry policy", () => {
  // The documented policy: statuses for which a retry may succeed.
  const retryable = [408, 409, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529];

  test("treats exactly the documented statuses as transient", () => {
    const passing = Object.entries(statuses).filter(([, row]) => row.retryable);
    expect(passing.map(([status]) => Number(status)).sort()).toEqual([...retryable].sort());
  });

  test("treats exactly the documented gateway codes as transient", () => {
    const passing = Object.entries(gatewayCodes).filter(([, row]) => row.retryable);
    expect(passing.map(([code]) => Number(code))).toEqual([2003, 2005, 2018, 7013]);
  });
});

describe("the gateway's codes", async () => {
  const spec = parse(await readFile(new URL("../../spec/openapi.yaml", import.meta.url), "utf8"));
  const responses: { description: string }[] = Object.values(spec.components.responses);
  const described = responses.flatMap(({ description }) => description.match(/\b\d{4,5}\b/g) ?? []);

  test("are those described in the spec's responses", () => {
    expect([...new Set(described)].sort()).toEqual(Object.keys(gatewayCodes).sort());
  });

  test("come with statuses that have rows of their own, all but 400", () => {
    const methods: { responses?: Record<string, unknown> }[] = Object.values<object>(spec.paths).flatMap(Object.values);
    const named = methods.flatMap(({ responses }) => Object.keys(responses ?? {}));
    const failed = named.filter((status) => status.startsWith("4") || status.startsWith("5"));
    expect(failed).toContain("429");
    expect([...new Set(failed)].filter((status) => status !== "400" && !Object.hasOwn(statuses, status))).toEqual([]);
  });
});
