import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type LocalGatewayOptions, type ScriptedReply, startLocalGateway } from "cf-ai-gateway/testing";
import { describe, expect, it } from "vitest";
import { calculate } from "../../scripts/demo/calculator.ts";
import { demoScript } from "../../scripts/demo/script.ts";
import { readTarget } from "../../scripts/demo/target.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const secret = "a-token-that-must-not-be-seen";
const real = { CLOUDFLARE_ACCOUNT_ID: "my-account", CLOUDFLARE_GATEWAY_ID: "my-gateway", CLOUDFLARE_GATEWAY_TOKEN: secret };

/** Starts the demo with only these environment variables. */
const startDemo = (environment: Record<string, string>) =>
  spawn(process.execPath, ["--import", "tsx", "scripts/demo/run.ts"], {
    cwd: root,
    env: { PATH: process.env.PATH, ...environment },
  });

async function demo(environment: Record<string, string> = {}) {
  const child = startDemo(environment);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data) => {
    stdout += data;
  });
  child.stderr.on("data", (data) => {
    stderr += data;
  });
  const [exitCode] = (await once(child, "close")) as [number];
  return { stdout, stderr, exitCode, sections: readSections(stdout) };
}

function readSections(output: string): Record<string, string> {
  const parts = output.split(/^## /m).slice(1);
  return Object.fromEntries(parts.map((part) => [part.slice(0, part.indexOf("\n")), part.slice(part.indexOf("\n") + 1).trim()]));
}

/** Resolves when the child has printed the text. */
async function printed(child: ChildProcess, text: string): Promise<string> {
  let output = "";
  for await (const data of child.stdout ?? []) {
    output += data;
    if (output.includes(text)) return output;
  }
  throw new Error(`"${text}" was not printed. Instead: ${output}`);
}

const realGateway = (options: LocalGatewayOptions = {}) => startLocalGateway({ token: secret, script: demoScript, ...options });

describe("the demo on the local gateway", () => {
  it("runs every section, and exits with 0", async () => {
    const { sections, stdout, stderr, exitCode } = await demo();

    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(Object.keys(sections)).toEqual([
      "Configuration",
      "Chat",
      "Streaming",
      "Switching providers",
      "Function calling",
      "Background tasks",
      "Structured output",
      "Usage tracking",
      "Gateway metadata",
      "A cached answer",
      "A fallback",
      "Errors",
    ]);
    const readSection = (title: string) => sections[title] ?? "";
    expect(readSection("Chat")).toMatch(/^The capital of France is Paris\.\n\(\d+ tokens, finish reason "stop"\)\n.*Paris/);
    expect(readSection("Streaming")).toMatch(/^Once upon a time .*lighthouse.*\nTotal tokens: \d+$/);
    expect(readSection("Switching providers").split("\n")).toEqual([
      "openrouter/openai/gpt-4o-mini: The capital of Japan is Tokyo.",
      "anthropic/claude-sonnet-4-5: The capital of Japan is Tokyo.",
      "google-ai-studio/gemini-2.0-flash: The capital of Japan is Tokyo.",
    ]);
    expect(readSection("Function calling")).toContain('get_weather({"city":"Tokyo"}) -> Weather in Tokyo: Sunny, 22C');
    expect(readSection("Function calling")).toContain('calculate({"expression":"15 * 7"}) -> 105');
    expect(readSection("Function calling")).toMatch(/Sunny, 22C.*105\.$/);
    expect(readSection("Background tasks")).toMatch(/^Logged: .* performed /m);
    expect(readSection("Background tasks")).toMatch(/^Notification: /m);
    expect(readSection("Background tasks")).toMatch(/Python\?\n2 background tasks were started\.$/);
    expect(readSection("Structured output")).toMatch(
      /^Sentiment: positive\nConfidence: (0\.\d+|1)\nKey phrases: .*love this product/,
    );
    expect(readSection("Usage tracking")).toMatch(/Input tokens: \d+\nOutput tokens: \d+\nTotal tokens: \d+/);
    expect(readSection("Usage tracking")).toMatch(
      /Thinking tokens: [1-9]\d*\nProvider: deepseek\nModel: deepseek\/deepseek-reasoner\nRequest ID: \w/,
    );
    expect(readSection("Gateway metadata")).toMatch(/^Log id: [\w-]+\nEvent id: demo-1\nCache: MISS\nAnswered by: .*, step 0$/);
    expect(readSection("A cached answer")).toMatch(
      /^first time: .*\(cache MISS, billed\)\nsecond time: .*\(cache HIT, not billed\)$/,
    );
    expect(readSection("A fallback")).toMatch(
      /gpt-4o-mini failed: ProviderError, HTTP 503\nanthropic\/claude-sonnet-4-5 answered: .*Lisbon/,
    );
    expect(readSection("Errors").match(/^(client|gateway|provider|network): \w+Error/gm)).toEqual([
      "client: ConfigurationError",
      "gateway: AuthenticationError",
      "provider: RateLimitError",
      "network: NetworkError",
    ]);
    expect(readSection("Errors").match(/^ {2}Hint: \w/gm)).toHaveLength(4);
    expect(stdout).not.toContain("test-token");
    expect(stdout, "no colours into a pipe").not.toContain("\u001b");
  });

  it("shows streamed text before the stream ends", async () => {
    await using gateway = await realGateway({
      script: (request): ScriptedReply => {
        const reply = demoScript(request);
        return request.body.stream ? { ...reply, chunks: { everyMs: 100 } } : reply;
      },
    });
    const child = startDemo({ ...real, DEMO_BASE_URL: gateway.url });
    try {
      const output = await printed(child, "Once upon a time");
      expect(output).not.toContain("by the door.");
    } finally {
      child.kill();
    }
  });

  it("exits quietly when its output is closed", async () => {
    const child = startDemo({});
    let complaint = "";
    child.stderr.on("data", (data) => {
      complaint += data;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const [exitCode] = await once(child, "close");
    expect([exitCode, complaint]).toEqual([0, ""]);
  });
});

describe("the demo on a real gateway", () => {
  it("uses the environment's IDs and token, and uses the local gateway only for simulated failures", async () => {
    await using gateway = await realGateway();
    const { sections, stdout, stderr, exitCode } = await demo({ ...real, DEMO_BASE_URL: gateway.url });

    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Using the gateway of the CLOUDFLARE_* variables.");
    expect(new Set(gateway.requests.map(({ path }) => path))).toEqual(
      new Set(["/v1/my-account/my-gateway/compat/chat/completions"]),
    );
    expect(gateway.requests.map(({ headers }) => headers.get("cf-aig-authorization"))).toContain(`Bearer ${secret}`);
    const asked = JSON.stringify(gateway.requests.map(({ body }) => body));
    for (const subject of ["France", "lighthouse", "Japan", "Tokyo", "Python", "love this product", "Spain", "Italy", "Greece"])
      expect(asked).toContain(subject);
    expect(asked).not.toContain("Portugal");
    for (const title of ["A fallback", "Errors"])
      expect(sections[title]).toMatch(/^\(on the local gateway, which can fail on demand\)\n/);
    expect(sections["Usage tracking"]).toContain("Set DEMO_REASONING_MODEL");
    expect(stdout).not.toContain(secret);
  });

  it("uses the models from the environment", async () => {
    await using gateway = await realGateway();
    const { exitCode } = await demo({
      ...real,
      DEMO_BASE_URL: gateway.url,
      DEMO_PROVIDER: "groq",
      DEMO_MODEL: "llama-3.3-70b-versatile",
      DEMO_OTHER_MODELS: "mistral/mistral-large-latest,cohere/command-r-plus",
      DEMO_REASONING_MODEL: "xai/grok-4",
    });

    expect(exitCode).toBe(0);
    expect(new Set(gateway.requests.map(({ body }) => body.model))).toEqual(
      new Set(["groq/llama-3.3-70b-versatile", "mistral/mistral-large-latest", "cohere/command-r-plus", "grok/grok-4"]),
    );
  });

  it("continues after a section that fails, names it, and exits with an error", async () => {
    await using gateway = await realGateway({ token: "another-token" });
    const { stdout, stderr, exitCode } = await demo({ ...real, DEMO_BASE_URL: gateway.url });

    expect(exitCode).toBe(1);
    expect(stderr).toContain("AuthenticationError");
    expect(stderr).toContain("CLOUDFLARE_GATEWAY_TOKEN");
    expect(stderr).toMatch(/9 of 12 sections failed: Chat, Streaming, .*A cached answer\.\n$/);
    expect(stdout + stderr).not.toContain(secret);
  });

  it("names the missing variable when only some are set", async () => {
    const { stdout, stderr, exitCode } = await demo({ CLOUDFLARE_ACCOUNT_ID: "my-account", CLOUDFLARE_GATEWAY_TOKEN: secret });

    expect(exitCode).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(
      /^CLOUDFLARE_GATEWAY_ID must be set as well, for CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_GATEWAY_TOKEN name/,
    );
    expect(stderr).not.toContain(secret);
  });

  it("does not quote a token that can't be sent", async () => {
    const { stdout, stderr, exitCode } = await demo({ ...real, CLOUDFLARE_GATEWAY_TOKEN: `${secret}\nx: y` });

    expect(exitCode).toBe(1);
    expect(stderr).toContain("gatewayToken");
    expect(stdout + stderr).not.toContain(secret);
  });

  it("is used when all three variables are set, where an empty one counts as unset", () => {
    expect(readTarget({})).toEqual({ kind: "local" });
    expect(readTarget(real)).toEqual({ kind: "real", baseUrl: undefined });
    expect(readTarget({ ...real, CLOUDFLARE_GATEWAY_ID: "" })).toMatchObject({
      kind: "unclear",
      missing: ["CLOUDFLARE_GATEWAY_ID"],
    });
  });
});

describe("the demo's calculator", () => {
  it.each([
    ["15 * 7", 105],
    ["1 + 2 * 3", 7],
    ["(1 + 2) * 3", 9],
    ["10 - 4 - 3", 3],
    ["8 / 4 / 2", 1],
    ["-(2.5 + 1)", -3.5],
  ])("computes %s as %d", (expression, value) => {
    expect(calculate(expression)).toBe(value);
  });

  it.each(["", "process.exit()", "2 +", "(1 + 2", "1 2", "1; 2"])("rejects %j", (expression) => {
    expect(() => calculate(expression)).toThrow(/is not|not closed|not expected/);
  });
});
