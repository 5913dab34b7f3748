/**
 * Arbitrary invalid configurations and options. `npm test` does a short run; for a long one use
 * `FUZZ_RUNS=20000 npx vitest run test/options/fuzz`, with another seed in `FUZZ_SEED`. The titles contain both, so that a failure can be reproduced.
 */
import { type ChatOptions, ConfigurationError, createGateway, type GatewayConfig, GatewayError, tool } from "cf-ai-gateway";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { useLocalGateway } from "../local-gateway.ts";

const runs = Number(process.env.FUZZ_RUNS ?? 80);
const seed = Number(process.env.FUZZ_SEED ?? 20_260_101);
const parameters = { seed, numRuns: runs };
const timeout = 15_000 + runs * 100;

const token = "test-token-0123";
const local = useLocalGateway({ token });
// Errors that hooks and background tasks report on the console are not under test.
beforeAll(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
afterAll(() => vi.restoreAllMocks());

function cycle(): object {
  const value: Record<string, unknown> = { a: 1 };
  value.self = value;
  return value;
}

function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = { a: value };
  return value;
}

const throwing = () => {
  throw new Error("thrown by a getter");
};

/** A placeholder for a value of an odd type, created when a run needs it: some would break fast-check itself, and runs must not share one. */
class Odd {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

const oddValues: Record<string, () => unknown> = {
  null: () => null,
  undefined: () => undefined,
  NaN: () => Number.NaN,
  Infinity: () => Number.POSITIVE_INFINITY,
  "a negative number": () => -1,
  "a huge number": () => 1e308,
  "a BigInt": () => 1n,
  "a symbol": () => Symbol("odd"),
  true: () => true,
  "an empty string": () => "",
  "a space": () => " ",
  "a line break": () => "a\nb",
  "a lone surrogate": () => "\ud800",
  "an empty array": () => [],
  "an array of null": () => [null],
  "an array of undefined and a BigInt": () => [undefined, 1n],
  "an array of holes": () => new Array(3),
  "an empty object": () => ({}),
  "a member that is undefined": () => ({ a: undefined }),
  "a member that is a BigInt": () => ({ a: 1n }),
  "a member that is a symbol": () => ({ a: Symbol("odd") }),
  "a cycle": cycle,
  "a deep object": () => deep(20_000),
  "an object without a prototype": () => Object.create(null),
  "a getter that throws": () => Object.defineProperty({}, "a", { enumerable: true, get: throwing }),
  "a Proxy that throws": () => new Proxy({}, { get: throwing, ownKeys: throwing, getPrototypeOf: throwing, has: throwing }),
  "a revoked Proxy": () => revoked({}),
  "a revoked Proxy of an array": () => revoked([]),
  "a toString and a toJSON that throw": () => ({ toString: throwing, toJSON: throwing }),
  "an invalid date": () => new Date(Number.NaN),
  "a Map": () => new Map([["a", 1]]),
  "a typed array": () => new Uint8Array(2),
  "a promise": () => Promise.resolve({}),
  "a function": () => () => undefined,
  "an error": () => new Error("odd"),
};

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

const odd: fc.Arbitrary<unknown> = fc.constantFrom(...Object.keys(oddValues)).map((name) => new Odd(name));

/** Values that a hook may return. Not a Proxy whose `then` throws: awaiting it rejects with the caller's own error. */
const returned = fc
  .constantFrom(...Object.keys(oddValues).filter((name) => !name.includes("Proxy")))
  .map((name) => new Odd(name));

/** The value with each `Odd` replaced by the value that it stands for. */
function realize(value: unknown): unknown {
  if (value instanceof Odd) return oddValues[value.name]?.();
  if (Array.isArray(value)) return value.map(realize);
  if (typeof value !== "object" || value === null || value instanceof AbortSignal) return value;
  const copy = {};
  for (const [key, member] of Object.entries(value)) {
    // An assignment would run the setter of `__proto__`.
    Object.defineProperty(copy, key, { value: realize(member), enumerable: true, writable: true, configurable: true });
  }
  return copy;
}

// Each option value below is valid, or odd at some depth.
const lookUp = () => tool({ parameters: { type: "object" }, execute: () => "found" });
const call = { id: "call_1", type: "function", function: { name: "lookUp", arguments: "{}" } };
const members = (...names: string[]) => fc.dictionary(fc.constantFrom(...names), odd, { maxKeys: 3 });
const right = (...values: unknown[]) => fc.constantFrom(...values);

const shared: Record<string, fc.Arbitrary<unknown>> = {
  temperature: right(0, 0.5, 2),
  maxTokens: right(1, 4096),
  topP: right(0, 1),
  stop: fc.oneof(
    right("END", ["a", "b"]),
    odd.map((value) => ["a", value]),
  ),
  seed: right(0, -7, 2 ** 31),
  frequencyPenalty: right(-2, 2),
  presencePenalty: right(-2, 2),
  reasoningEffort: right("low", "high"),
  maxTurns: right(1, 3),
  toolConcurrency: right(1, 2),
  toolTimeout: right(1000),
  parallelToolCalls: right(true, false),
  outputStrategy: right("auto", "json-schema", "tool", "json-object", "prompt"),
  outputRetries: right(0, 1),
  validateOutput: right(true, false),
  toolMode: right("run", "return"),
  maxRetries: right(0, 1),
  timeout: fc.oneof(right({ total: 60_000 }, {}), members("firstByte", "idle", "chunk", "total")),
  fallbacks: fc.oneof(
    right([], [{ provider: "openai", model: "gpt-4o" }]),
    odd.map((provider) => [{ provider, model: "m" }]),
  ),
  gateway: fc.oneof(
    right({ cacheTtl: 60, metadata: { team: "a" } }, { maxAttempts: 2, backoff: "linear" }),
    members(
      "cacheTtl",
      "skipCache",
      "cacheKey",
      "metadata",
      "customCost",
      "eventId",
      "traceId",
      "allowedModels",
      "byokAlias",
      "odd",
    ),
    odd.map((a) => ({ metadata: { a } })),
    odd.map((perTokenIn) => ({ customCost: { perTokenIn, perTokenOut: 1 } })),
  ),
  headers: fc.oneof(right({ "x-team": "search" }), members("x-team", "authorization", "a b", "content-type", "__proto__")),
  extraBody: fc.oneof(right({ top_k: 4, user: "u" }), members("odd_field", "messages", "__proto__")),
  prepareTurn: fc.oneof(
    right(() => undefined),
    returned.map((value) => () => realize(value)),
    members("messages", "tools", "temperature").map((value) => () => realize(value)),
  ),
  stopWhen: returned.map((value) => () => realize(value)),
  onTurn: returned.map((value) => () => realize(value)),
  onToolCall: right(() => undefined),
  onRetry: right(() => undefined),
  onAbort: right(() => undefined),
  onBackgroundTaskError: right(() => undefined),
};

const conversation: Record<string, fc.Arbitrary<unknown>> = {
  system: fc.oneof(
    right("Be brief.", [{ type: "text", text: "Be brief." }]),
    odd.map((text) => [{ type: "text", text }]),
  ),
  messages: fc.oneof(
    right([{ role: "user", content: "Hi" }]),
    odd.map((content) => [{ role: "user", content }]),
    odd.map((role) => [{ role, content: "Hi" }]),
    odd.map((part) => [{ role: "user", content: [part] }]),
    odd.map((content) => [
      { role: "user", content: "Hi" },
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "tool", tool_call_id: "call_1", content },
    ]),
    odd.map((calls) => [
      { role: "user", content: "Hi" },
      { role: "assistant", content: "x", tool_calls: calls },
      { role: "user", content: "Go on" },
    ]),
    odd.map((extra) => [{ role: "user", content: "Hi", extra }]),
  ),
  tools: fc.oneof(
    fc.constant(null).map(() => ({ lookUp: lookUp() })),
    odd.map((value) => ({ lookUp: value })),
    members("description", "parameters", "execute", "timeout", "needsApproval", "wire", "validate").map((given) => ({
      lookUp: { parameters: { type: "object" }, ...given },
    })),
    odd.map((properties) => ({ lookUp: { parameters: { type: "object", properties } } })),
    odd.map((name) => ({ lookUp: { parameters: { type: "object", properties: { name } } } })),
  ),
  // Provider tools are sent unchanged, so others might not match the spec.
  providerTools: right([{ type: "function", function: { name: "search" } }]),
  approvals: fc.oneof(right({}), members("call_1")),
  backgroundTasks: fc.oneof(
    fc.constant(null).map(() => ({ mail: lookUp() })),
    members("mail", "tasks", "dispatcher"),
  ),
  toolChoice: fc.oneof(
    right("auto", "none", "required", { tool: "lookUp" }),
    odd.map((value) => ({ tool: value })),
  ),
  output: fc.oneof(
    right({ type: "object", properties: { a: { type: "string" } } }, true),
    odd.map((properties) => ({ type: "object", properties })),
    odd.map((a) => ({ type: "object", properties: { a } })),
    odd.map((value) => ({ type: "string", enum: value })),
    odd.map((value) => ({ type: "string", pattern: value })),
    odd.map((value) => ({ $ref: value })),
    odd.map((value) => ({ "~standard": value })),
  ),
  rawChunks: right(true, false),
  signal: fc.constant(null).map(() => new AbortController().signal),
};

const configuration: Record<string, fc.Arbitrary<unknown>> = {
  accountId: right("account"),
  gatewayId: right("gateway"),
  gatewayToken: fc.oneof(
    right(token),
    returned.map((value) => () => realize(value)),
  ),
  apiToken: right(token),
  endpoint: right("compat", "rest"),
  baseUrl: right("https://gateway.example"),
  apiBaseUrl: right("https://api.example/client/v4"),
  customDomain: right("ai.example.com"),
  providers: fc.oneof(
    right({ mine: { compat: "custom-mine" } }),
    odd.map((mine) => ({ mine })),
    members("models", "compat", "unsupported", "outputStrategies").map((mine) => ({ mine })),
  ),
  validator: members("compile"),
  telemetry: fc.oneof(right({ run: (_: unknown, work: (end: () => void) => unknown) => work(() => {}) }), members("run")),
  binding: members("gateway"),
  waitUntil: right(() => undefined),
  validateResponses: right("off", "warn", "throw"),
  dangerouslyAllowBrowser: right(true, false),
};

/** Up to four options, mostly odd ones. */
function some(options: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Record<string, unknown>> {
  const entry = fc
    .constantFrom(...Object.keys(options))
    .chain((name) =>
      fc.tuple(fc.constant(name), fc.oneof({ weight: 3, arbitrary: options[name] ?? odd }, { weight: 1, arbitrary: odd })),
    );
  return fc.array(entry, { maxLength: 4 }).map((entries) => Object.fromEntries(entries));
}

/** Asserts that nothing is sent and the error names an option, or that the local gateway, which checks requests against the spec, accepts each. */
async function expectRefusedOrSendable(
  config: object,
  given: unknown,
  form: "chat" | "stream",
  overrides: unknown = {},
): Promise<void> {
  const options = realize(given) as ChatOptions;
  const refused: string[] = [];
  let sent = 0;
  const fetch: GatewayConfig["fetch"] = async (url, init) => {
    sent++;
    const response = await local.gateway.fetch(url, init);
    if (!response.ok) refused.push(`${response.status} ${await response.clone().text()} for ${url} ${init.body}`);
    return response;
  };
  try {
    const gateway = createGateway({
      accountId: "account",
      gatewayId: "gateway",
      gatewayToken: token,
      provider: "openai",
      model: "gpt-4o-mini",
      ...(realize(config) as object),
      fetch,
    } as GatewayConfig).with(realize(overrides) as GatewayConfig);
    if (form === "chat") await gateway.chat(options);
    else await gateway.stream(options).result;
  } catch (error) {
    if (!GatewayError.is(error)) throw error;
    if (sent === 0) {
      expect(error).toBeInstanceOf(ConfigurationError);
      const { issues } = error as ConfigurationError;
      expect(issues.length).toBeGreaterThan(0);
      for (const { option, message } of issues) expect(`${option}: ${message}`).toMatch(/^\S[^:]*: \S/);
    }
  }
  expect(refused).toEqual([]);
}

const forms = fc.constantFrom("chat", "stream");

describe(`a ConfigurationError that names the option, or a request that matches the spec, is the outcome of (seed ${seed}, ${runs} runs)`, () => {
  test(
    "arbitrary options of a chat",
    async () => {
      const options = some({ ...shared, ...conversation }).map((given) =>
        "messages" in given ? given : { prompt: "Hi", ...given },
      );
      await fc.assert(
        fc.asyncProperty(options, forms, (given, form) => expectRefusedOrSendable({}, given, form)),
        parameters,
      );
    },
    timeout,
  );

  test(
    "an arbitrary configuration",
    async () => {
      const config = some({ ...shared, ...configuration });
      await fc.assert(
        fc.asyncProperty(config, forms, (given, form) => expectRefusedOrSendable(given, { prompt: "Hi" }, form)),
        parameters,
      );
    },
    timeout,
  );

  test(
    "arbitrary overrides of with()",
    async () => {
      const overrides = fc.oneof({ weight: 3, arbitrary: some({ ...shared, ...configuration }) }, { weight: 1, arbitrary: odd });
      await fc.assert(
        fc.asyncProperty(overrides, forms, (given, form) => expectRefusedOrSendable({}, { prompt: "Hi" }, form, given)),
        parameters,
      );
    },
    timeout,
  );

  test(
    "arbitrary arguments of the logs",
    async () => {
      const argument = fc.oneof(odd, members("filters", "search", "page", "feedback", "score", "metadata"));
      const methods = fc.constantFrom("get", "list", "feedback");
      await fc.assert(
        fc.asyncProperty(methods, argument, async (method, given) => {
          const { logs } = local.client();
          const value = realize(given) as never;
          const attempt = {
            get: () => logs.get("log-id", { waitMs: 0, signal: value }),
            list: () => logs.list(value)[Symbol.asyncIterator]().next(),
            feedback: () => logs.feedback("log-id", value),
          }[method as "get" | "list" | "feedback"];
          const sent = local.requests.length;
          const error: unknown = await attempt().then(
            () => undefined,
            (thrown: unknown) => thrown,
          );
          if (error === undefined) return;
          expect(GatewayError.is(error)).toBe(true);
          if (local.requests.length === sent) expect(error).toBeInstanceOf(ConfigurationError);
          else expect(error).toMatchObject({ code: "not-found" });
        }),
        parameters,
      );
    },
    timeout,
  );

  test(
    "any value instead of a chat's options",
    async () => {
      await fc.assert(
        fc.asyncProperty(odd, forms, (given, form) => expectRefusedOrSendable({}, given, form)),
        parameters,
      );
    },
    timeout,
  );
});
