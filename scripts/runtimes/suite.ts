/** Tests for every runtime. Uses only web APIs, so that the same file runs in Node, Bun, Deno, a Worker and a browser. */
import {
  ConfigurationError,
  createGateway,
  createGatewayFetchClient,
  type Gateway,
  type GatewayConfig,
  GatewayError,
  GuardrailError,
  NetworkError,
  OutputValidationError,
  RateLimitError,
  TimeoutError,
  tool,
} from "cf-ai-gateway";
import type { ScriptedReply } from "cf-ai-gateway/testing";

export interface Outcome {
  name: string;
  /** The problem; absent if there was none. */
  problem?: string;
}

/** The local gateway's replies, one per turn, written into the prompt, since the suite may run in another process. */
const replies = (...script: ScriptedReply[]) => ({ prompt: JSON.stringify(script) });

const city = {
  type: "object",
  properties: { city: { type: "string" } },
  required: ["city"],
  additionalProperties: false,
} as const;
const capital = {
  type: "object",
  properties: { name: { type: "string" }, inhabitants: { type: "integer", minimum: 1 } },
  required: ["name", "inhabitants"],
  additionalProperties: false,
} as const;

function equal(found: unknown, wanted: unknown, what: string): void {
  const [left, right] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (left !== right) throw new Error(`${what} is ${left}, not ${right}`);
}

async function catchError(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

function gatewayError<E extends GatewayError>(error: unknown, type: abstract new (...given: never[]) => E, code: string): E {
  if (!(error instanceof type) || !GatewayError.is(error)) throw new Error(`not a ${type.name} but ${error}`);
  equal(error.code, code, "the code");
  // `rate-limit` is a RateLimitError; the class's own name may have been minified.
  const name = `${code.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}Error`;
  equal(error.name, name, "the name");
  return error;
}

interface Diagnostics {
  subscribe(channel: string, listener: (message: unknown) => void): void;
  unsubscribe(channel: string, listener: (message: unknown) => void): void;
}

const cases: Record<string, (gateway: Gateway, config: GatewayConfig) => Promise<void>> = {
  "chat answers with text, usage and the log's id": async (gateway) => {
    const result = await gateway.chat(replies({ text: "Straße 🙂" }));
    equal(result.text, "Straße 🙂", "the text");
    equal(result.finishReason, "stop", "the finish reason");
    equal(result.messages.at(-1), { role: "assistant", content: "Straße 🙂" }, "the last message");
    if (!result.usage.totalTokens || !result.gateway.logId) throw new Error("usage or log id are missing");
  },
  "stream emits text and reasoning as they arrive": async (gateway) => {
    const stream = gateway.stream(replies({ text: "Once upon a time 🙂 there was a gateway.", reasoning: "A story." }));
    let text = "";
    let reasoning = "";
    for await (const event of stream) {
      if (event.type === "text-delta") text += event.text;
      if (event.type === "reasoning-delta") reasoning += event.text;
    }
    const result = await stream.result;
    equal([text, reasoning], ["Once upon a time 🙂 there was a gateway.", "A story."], "the text and the reasoning");
    equal([result.text, result.reasoning], [text, reasoning], "the result");
  },
  "a stream becomes a response of server-sent events": async (gateway) => {
    const response = gateway.stream(replies({ text: "Hello." })).toResponse();
    equal(response.headers.get("content-type"), "text/event-stream; charset=utf-8", "the content type");
    const body = await response.text();
    if (!body.startsWith('data: {"type":"turn-start","turn":0}\n\n') || !body.includes('"type":"finish"')) throw new Error(body);
  },
  "breaking out of a stream cancels it": async (gateway) => {
    const stream = gateway.stream({ ...replies({ fault: "stall", afterBytes: 900 }), timeout: { idle: 5000 } });
    for await (const event of stream) if (event.type === "turn-start") break;
    equal(((await catchError(stream.result)) as Error).name, "AbortError", "the error");
  },
  "a signal aborts a chat and a stream, with its own reason": async (gateway) => {
    const reason = new Error("enough");
    for (const ask of [
      (signal: AbortSignal) => gateway.chat({ ...replies({ fault: "stall" }), signal }),
      (signal: AbortSignal) => gateway.stream({ ...replies({ fault: "stall" }), signal }).result,
    ]) {
      const controller = new AbortController();
      setTimeout(() => controller.abort(reason), 30);
      if ((await catchError(ask(controller.signal))) !== reason) throw new Error("not the signal's reason");
    }
  },
  "tools run, and their results go back": async (gateway) => {
    const asked: string[] = [];
    const weather = tool({
      parameters: city,
      execute: ({ city }) => {
        asked.push(city);
        return { city, sky: "clear" };
      },
    });
    const calls = ["Paris", "Oslo", 7].map((city) => ({ name: "weather", args: { city } }));
    const result = await gateway.chat({ ...replies({ toolCalls: calls }, { text: "Clear." }), tools: { weather } });
    equal(result.text, "Clear.", "the text");
    equal(asked, ["Paris", "Oslo"], "what was asked");
    equal(
      result.turns[0]?.toolResults.map(({ isError }) => isError),
      [false, false, true],
      "the third call's arguments do not fit",
    );
  },
  "structured output is validated by the package itself": async (gateway) => {
    const right = { name: "Paris", inhabitants: 2102650 };
    const { output } = await gateway.chat({ ...replies({ text: JSON.stringify(right) }), output: capital });
    equal(output, right, "the output");
    const wrong = { text: JSON.stringify({ name: "Paris", inhabitants: "many" }) };
    const asked = await gateway.chat({ ...replies(wrong, { text: JSON.stringify(right) }), output: capital });
    equal([asked.output.inhabitants, asked.turns.length], [2102650, 2], "the second answer");
    const failed = gateway.chat({ ...replies(wrong, wrong), output: capital });
    const error = gatewayError(await catchError(failed), OutputValidationError, "output-validation");
    equal(
      error.issues.map(({ path }) => path),
      ["/inhabitants"],
      "the issues' paths",
    );
  },
  "partial output grows while it streams": async (gateway) => {
    const stream = gateway.stream({ ...replies({ text: '{"name":"Paris","inhabitants":2102650}' }), output: capital });
    let last: unknown;
    for await (const value of stream.partialOutput) last = value;
    equal(last, { name: "Paris", inhabitants: 2102650 }, "the last partial value");
  },
  "the diagnostics channels publish turns, where the runtime has the module": async (gateway) => {
    const { process: host } = globalThis as { process?: { getBuiltinModule?(id: string): Diagnostics | undefined } };
    const diagnostics = host?.getBuiltinModule?.("node:diagnostics_channel");
    const seen: unknown[] = [];
    const note = (message: unknown) => seen.push((message as { result: { turn: { text: string } } }).result.turn.text);
    diagnostics?.subscribe("tracing:cf-ai-gateway:turn:asyncEnd", note);
    await gateway.chat(replies({ text: "Seen." }));
    diagnostics?.unsubscribe("tracing:cf-ai-gateway:turn:asyncEnd", note);
    equal(seen, diagnostics ? ["Seen."] : [], "what was published");
  },
  "background tasks do not delay the answer": async (gateway) => {
    let filed: unknown;
    let release = () => {};
    const answered = new Promise<void>((resolve) => {
      release = resolve;
    });
    const file = tool({
      parameters: city,
      execute: async (args) => {
        await answered;
        filed = args;
        return "filed";
      },
    });
    const call = { name: "file", args: { city: "Rome" } };
    const result = await gateway.chat({ ...replies({ toolCalls: [call] }, { text: "Noted." }), backgroundTasks: { file } });
    equal([result.text, filed], ["Noted.", undefined], "the answer, before the task");
    release();
    await gateway.settled();
    equal([filed, await result.backgroundTasks[0]?.done], [{ city: "Rome" }, "filed"], "the task, afterwards");
  },
  "errors of the gateway and of providers have their own classes": async (gateway) => {
    const blocked = await catchError(gateway.chat(replies({ error: { gatewayCode: 2016 } })));
    const guardrail = gatewayError(blocked, GuardrailError, "guardrail");
    equal([guardrail.gatewayCode, guardrail.blocked, guardrail.origin], [2016, "prompt", "gateway"], "the error");
    const limited = await catchError(gateway.chat({ ...replies({ error: { status: 429 } }), maxRetries: 0 }));
    equal(gatewayError(limited, RateLimitError, "rate-limit").origin, "provider", "the origin");
    const retried: number[] = [];
    const script = replies({ error: { status: 503 } });
    const tried = gateway.chat({ ...script, maxRetries: 1, onRetry: ({ attempt }) => void retried.push(attempt) });
    equal(((await catchError(tried)) as GatewayError).attempts, 2, "the attempts");
    equal(retried, [1], "the retries");
  },
  "a stalled stream times out": async (gateway) => {
    const script = replies({ fault: "stall", afterBytes: 700 });
    const error = await catchError(gateway.stream({ ...script, timeout: { idle: 60 } }).result);
    equal(gatewayError(error, TimeoutError, "timeout").phase, "idle", "the phase");
  },
  "a broken connection is a network error": async (gateway) => {
    const reset = await catchError(gateway.chat({ ...replies({ fault: "reset-before-headers" }), maxRetries: 0 }));
    equal(gatewayError(reset, NetworkError, "network").retryable, true, "retryable");
  },
  "wrong options are rejected before anything is sent": async (gateway, config) => {
    const error = gatewayError(
      await catchError(gateway.chat({ prompt: "Hi", maxTurns: 0 })),
      ConfigurationError,
      "configuration",
    );
    equal(
      error.issues.map(({ option }) => option),
      ["maxTurns"],
      "the issues",
    );
    let rejected: unknown;
    try {
      createGateway({ ...config, gatewayId: "not an id" });
    } catch (error) {
      rejected = error;
    }
    gatewayError(rejected, ConfigurationError, "configuration");
  },
  "the logs are read, with a token": async (gateway, { gatewayToken }) => {
    const { gateway: answered } = await gateway.chat(replies({ text: "Logged." }));
    if (gatewayToken === undefined) {
      const rejected = await catchError(gateway.logs.get(answered.logId ?? ""));
      const { issues } = gatewayError(rejected, ConfigurationError, "configuration");
      return equal(
        issues.map(({ option }) => option),
        ["apiToken"],
        "the issues",
      );
    }
    const log = await gateway.logs.get(answered.logId ?? "");
    equal([log.id, log.success], [answered.logId, true], "the log");
  },
  "the bindings alone": async (_, { baseUrl = "", gatewayToken, accountId = "", gatewayId = "" }) => {
    const token = typeof gatewayToken === "string" ? { token: gatewayToken } : {};
    const client = createGatewayFetchClient({ baseUrl, ...token });
    const { data, response } = await client.POST("/v1/{account_id}/{gateway_id}/compat/chat/completions", {
      params: { path: { account_id: accountId, gateway_id: gatewayId } },
      body: { model: "openai/gpt-4o-mini", messages: [{ role: "user", content: replies({ text: "Hello." }).prompt }] },
    });
    equal(
      [response.status, (data as { choices: { message: { content: string } }[] }).choices[0]?.message.content],
      [200, "Hello."],
      "the answer",
    );
  },
};

/** Runs every case against the local gateway at `config.baseUrl`. */
export async function runSuite(config: GatewayConfig): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [name, run] of Object.entries(cases)) {
    try {
      await run(createGateway({ provider: "openai", model: "gpt-4o-mini", maxRetries: 0, ...config }), config);
      outcomes.push({ name });
    } catch (error) {
      outcomes.push({ name, problem: error instanceof Error ? `${error.stack ?? error}` : String(error) });
    }
  }
  return outcomes;
}
