import { AsyncLocalStorage } from "node:async_hooks";
import { type ChatOptions, type ChatStream, type GatewayConfig, type StandardSchemaV1, tool } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { collect, completion, delta, gatewayWith, stalledStream, toolCall } from "./scripted-fetch.ts";

const place = new AsyncLocalStorage<string>();
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Records the async context in which each of the caller's functions runs. */
function createWitness() {
  const seen = new Map<string, Set<string | undefined>>();
  const note = (name: string) => void seen.set(name, (seen.get(name) ?? new Set()).add(place.getStore()));
  const schema = (name: string): StandardSchemaV1 => ({
    "~standard": {
      version: 1,
      vendor: "test",
      async validate(value) {
        note(name);
        return { value };
      },
      jsonSchema: { input: () => ({ type: "object" }), output: () => ({ type: "object" }) },
    } as StandardSchemaV1["~standard"],
  });
  return { seen, note, schema };
}

/** A chat that calls every function that a caller can pass. */
function witnessedChat({ note, schema }: ReturnType<typeof createWitness>): { config: GatewayConfig; options: ChatOptions } {
  const calls = ["plain", "generator", "waiting", "failing"].map((name) => toolCall(name, name));
  let answers = 0;
  const config: GatewayConfig = {
    maxRetries: 1,
    gatewayToken() {
      note("gatewayToken");
      return "token-12345678";
    },
    async fetch() {
      note("fetch");
      await turn();
      if (answers++ === 0) return new Response("{}", { status: 503, headers: { "retry-after": "0" } });
      return answers === 2 ? completion({ content: null, tool_calls: calls }, "tool_calls") : completion({ content: '{"a":1}' });
    },
    waitUntil: () => note("waitUntil"),
    telemetry: {
      run(_operation, work) {
        note("telemetry");
        return work(() => note("telemetry's end"));
      },
    },
  };
  const options: ChatOptions = {
    prompt: "Hi",
    output: schema("the output's schema"),
    tools: {
      plain: tool({
        parameters: schema("a tool's schema"),
        async needsApproval() {
          note("needsApproval");
          return false;
        },
        async execute() {
          await turn();
          note("execute");
        },
      }),
      generator: tool({
        parameters: { type: "object" },
        async *execute() {
          note("a generator");
          yield 1;
          note("a generator that goes on");
        },
      }),
    },
    backgroundTasks: {
      waiting: tool({
        parameters: { type: "object" },
        async execute() {
          await turn();
          note("a background task");
        },
      }),
      failing: tool({
        parameters: { type: "object" },
        execute() {
          throw new Error("failed");
        },
      }),
    },
    onRetry: () => note("onRetry"),
    prepareTurn: () => note("prepareTurn"),
    onToolCall: () => note("onToolCall"),
    onTurn: () => note("onTurn"),
    stopWhen() {
      note("stopWhen");
      return false;
    },
    onBackgroundTaskError: () => note("onBackgroundTaskError"),
  };
  return { config, options };
}

const names = [
  ...["gatewayToken", "fetch", "onRetry", "prepareTurn", "onToolCall", "onTurn", "stopWhen", "telemetry", "telemetry's end"],
  ...["a tool's schema", "needsApproval", "execute", "a generator", "a generator that goes on", "the output's schema"],
  ...["waitUntil", "a background task", "onBackgroundTaskError"],
];

const consumers: [name: string, consume: (stream: ChatStream<unknown>) => Promise<unknown>][] = [
  ["its events", (stream) => collect(stream)],
  ["its text", (stream) => collect(stream.text)],
  ["its partial output", (stream) => collect(stream.partialOutput)],
  ["its result", (stream) => stream.result],
  ["its response", (stream) => stream.toResponse().text()],
];

describe("a stream consumed in another async context still runs everything in the context that called stream()", () => {
  it.each(consumers)("%s", async (_, consume) => {
    const witness = createWitness();
    const { config, options } = witnessedChat(witness);
    const gateway = gatewayWith([], config);
    const stream = place.run("caller", () => gateway.stream(options));
    await place.run("reader", () => consume(stream));
    await gateway.settled();
    await turn();
    expect(Object.fromEntries([...witness.seen].map(([name, places]) => [name, [...places]]))).toEqual(
      Object.fromEntries(names.map((name) => [name, ["caller"]])),
    );
  });

  it.each([
    ["an abort", async (_stream: ChatStream, controller: AbortController) => controller.abort()],
    ["a reader that leaves", async (stream: ChatStream) => void (await stream[Symbol.asyncIterator]().return?.())],
  ])("onAbort after %s", async (_, end) => {
    let seen: string | undefined;
    let noted: () => void = () => {};
    const aborted = new Promise<void>((resolve) => {
      noted = resolve;
    });
    const controller = new AbortController();
    const gateway = gatewayWith([() => stalledStream(delta({ content: "Hi" }))]);
    const stream = place.run("caller", () =>
      gateway.stream({
        prompt: "Hi",
        signal: controller.signal,
        onAbort() {
          seen = place.getStore();
          noted();
        },
      }),
    );
    await place.run("reader", async () => {
      const events = stream[Symbol.asyncIterator]();
      await events.next();
      const left = Object.assign(stream, { [Symbol.asyncIterator]: () => events });
      await end(left, controller);
      await aborted;
    });
    expect(seen).toBe("caller");
  });
});

it("a chat runs in the async context of its caller", async () => {
  const witness = createWitness();
  const { config, options } = witnessedChat(witness);
  const gateway = gatewayWith([], config);
  await place.run("caller", () => gateway.chat(options));
  await gateway.settled();
  await turn();
  expect([...new Set([...witness.seen.values()].flatMap((places) => [...places]))]).toEqual(["caller"]);
  expect([...witness.seen.keys()].sort()).toEqual([...names].sort());
});
