import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { createGateway, createGatewayFetchClient, GatewayError, tool } from "../../../src/index.ts";
import { readArguments } from "../../command-line.ts";

readArguments(`
Usage: npm run test:prism

Runs the client against Prism's mock of spec/openapi.yaml: an independent server that validates each request against the spec and
responds with the spec's examples. Exits with status 1 if a case fails. Prism is installed next to this script.
`);

const folder = fileURLToPath(new URL("./", import.meta.url));
const spec = fileURLToPath(new URL("../../../spec/openapi.yaml", import.meta.url));
const ids = { accountId: "0123456789abcdef0123456789abcdef", gatewayId: "default", gatewayToken: "token", apiToken: "api-token" };
const logId = "019a7c52-4e1b-7c1a-9d7e-5b1f6f0c2a11";
const model = "openai/gpt-4o-mini";

execFileSync("npm", ["ci", "--ignore-scripts", "--silent", "--no-audit", "--no-fund", "--prefer-offline"], {
  cwd: folder,
  stdio: ["ignore", "ignore", "inherit"],
});
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const prism = await startPrism();
try {
  await runSuite();
} finally {
  prism.kill();
}

/** A gateway whose requests ask Prism for one answer of the spec: a status, or an example by its name. */
function gateway(prefer = "", endpoint: "compat" | "rest" = "compat") {
  return createGateway({
    ...ids,
    endpoint,
    model,
    baseUrl: url,
    apiBaseUrl: url,
    maxRetries: 0,
    validateResponses: "throw",
    fetch: (target, init) => {
      const headers = new Headers(init.headers);
      if (prefer) headers.set("prefer", prefer);
      return fetch(target, { ...init, headers });
    },
  });
}

async function runSuite(): Promise<void> {
  await check("chat", async () => expectText((await gateway("example=plain").chat({ prompt: "Hello" })).text));
  await check("chat on rest", async () => expectText((await gateway("example=plain", "rest").chat({ prompt: "Hello" })).text));
  await check("every gateway option", async () => {
    const options = {
      cacheTtl: 3600,
      skipCache: true,
      cacheKey: "key",
      metadata: { team: "search", é: "ü", n: 1 },
      collectLog: false,
      collectLogPayload: false,
      requestTimeout: 1000,
      maxAttempts: 2,
      retryDelay: 500,
      backoff: "linear" as const,
      customCost: { perTokenIn: 1, perTokenOut: 2 },
      byokAlias: "production",
      eventId: "event-1",
      traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
      parentSpanId: "00f067aa0ba902b7",
      sessionId: "session",
      turnId: "turn",
      sessionAffinity: false,
      allowedModels: ["openai/*"],
      allowedProviders: ["openai"],
    };
    expectText((await gateway("example=plain").chat({ prompt: "Hello", gateway: options })).text);
  });
  await check("parts, sampling and a conversation", async () => {
    const image = { type: "image_url" as const, image_url: { url: "https://www.example.org/parcel.jpg" } };
    const content = [{ type: "text" as const, text: "What is this?" }, image];
    const options = {
      temperature: 0.1,
      topP: 0.9,
      maxTokens: 50,
      stop: ["\n"],
      seed: 7,
      frequencyPenalty: 0.1,
      presencePenalty: 0.1,
    };
    expectText(
      (await gateway("example=plain").chat({ system: "Be brief.", messages: [{ role: "user", content }], ...options })).text,
    );
  });
  await check("a tool call and its result", async () => {
    let called: unknown;
    const weather = tool({
      parameters: { type: "object", properties: { location: { type: "string" } }, required: ["location"] },
      execute: (args) => {
        called = args;
        return { celsius: 17 };
      },
    });
    const result = await gateway("example=toolCalls").chat({ prompt: "Weather?", tools: { weather }, maxTurns: 2 });
    expect(JSON.stringify(called) === '{"location":"San Francisco"}', "the tool was not called with the example's arguments");
    expect(result.turns.length === 2, "the result was not sent back");
  });
  await check("structured output", async () => {
    const person = {
      type: "object",
      properties: { name: { type: "string" }, born: { type: "integer" } },
      required: ["name", "born"],
    };
    const result = await gateway("example=structuredOutput").chat({ prompt: "Who?", output: person });
    expect(JSON.stringify(result.output) === '{"name":"Ada Lovelace","born":1815}', "the output is not the example's");
  });
  await check("a stream", async () => {
    const stream = gateway("example=text").stream({ prompt: "Hello" });
    let text = "";
    for await (const event of stream) if (event.type === "text-delta") text += event.text;
    expect(text === "Paris" && (await stream.result).usage.totalTokens === 15, "the stream is not the example's");
  });
  await check("logs", async () => {
    const { logs } = gateway();
    expect((await logs.get(logId)).provider === "openai", "the log is not the example's");
    for await (const log of logs.list({ provider: "openai", success: true })) expect(log.id === logId, "another log came");
    await logs.feedback(logId, { feedback: 1, score: 90, metadata: { reviewer: "search" } });
  });
  await check("the list of models", async () => {
    const client = createGatewayFetchClient({ token: "token", baseUrl: url });
    const path = { account_id: ids.accountId, gateway_id: ids.gatewayId };
    const { data } = await client.GET("/v1/{account_id}/{gateway_id}/compat/models", { params: { path } });
    expect(data?.data[0]?.id === model, "the models are not the example's");
  });
  const errors = {
    400: "bad-request",
    401: "authentication",
    402: "insufficient-credits",
    403: "permission",
    404: "not-found",
    424: "guardrail",
    429: "rate-limit",
    503: "provider",
  };
  for (const [status, code] of Object.entries(errors)) {
    await check(`an answer with status ${status}`, async () => {
      const error = await gateway(`code=${status}`)
        .chat({ prompt: "Hello" })
        .catch((thrown: unknown) => thrown);
      expect(GatewayError.is(error), `no GatewayError was thrown: ${String(error)}`);
      if (GatewayError.is(error)) expect(error.status === Number(status), `${error.code}, ${error.status}: expected ${code}`);
    });
  }
  await check("a request that does not match the spec is rejected", async () => {
    const error = await gateway()
      .chat({ prompt: "Hello", extraBody: { verbosity: "loud" } })
      .catch((thrown: unknown) => thrown);
    expect(GatewayError.is(error) && error.status === 400, "Prism accepted a request that does not match the spec");
  });
}

async function check(name: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
    console.log(`ok    ${name}`);
  } catch (error) {
    process.exitCode = 1;
    console.error(`FAIL  ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function expect(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

function expectText(text: string): void {
  expect(text === "The capital of France is Paris.", `the text is not the example's: ${text}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}

/** Resolves when Prism is listening. */
function startPrism(): Promise<ChildProcess> {
  const child = spawn(`${folder}node_modules/.bin/prism`, ["mock", spec, "--port", String(port), "--host", "127.0.0.1"]);
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (data: Buffer) => {
      output += data.toString();
      if (output.includes("Prism is listening")) resolve(child);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`Prism ended: ${output.slice(-2000)}`)));
  });
}
