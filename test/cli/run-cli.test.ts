import { readFileSync } from "node:fs";
import { AuthenticationError, ConfigurationError, createGateway, ProviderError } from "cf-ai-gateway";
import { describe, expect, it } from "vitest";
import { type CommandEntry, defineCommand } from "../../src/cli/command.ts";
import { gatewayConfig, gatewayOptions } from "../../src/cli/gateway-options.ts";
import { untilInterrupted } from "../../src/cli/terminal.ts";
import { cli, startCli } from "./terminal.ts";

const greet = defineCommand({
  name: "greet",
  description: "Says hello.",
  positionals: [
    { name: "NAME", help: "whom to greet" },
    { name: "MORE…", optional: true, help: "whom else" },
  ],
  options: { ...gatewayOptions, loud: { type: "boolean", help: "Shout" } },
  examples: ["cf-ai-gateway greet Ada"],
  async run({ values, positionals }, terminal) {
    terminal.print(JSON.stringify({ positionals, loud: values.loud ?? false, config: gatewayConfig(values, terminal.env) }));
    return 0;
  },
});

/** A command with one positional argument that runs `run`. */
const perform = (run: () => Promise<number>): CommandEntry => ({
  name: "perform",
  usage: "",
  summary: "Performs",
  load: async () => defineCommand({ name: "perform", description: "", positionals: [], options: {}, examples: [], run }),
});

const table: CommandEntry[] = [{ name: "greet", usage: "NAME", summary: "Say hello", load: async () => greet }];
const failing = (error: unknown) => [perform(() => Promise.reject(error))];

describe("the command line", () => {
  it("prints the version of the package", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    expect(await cli(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  it("prints help on stdout when requested, and on stderr with exit code 2 when no command is given", async () => {
    const asked = await cli(["--help"], { table });
    expect(asked).toMatchObject({ code: 0, stderr: "" });
    expect(asked.stdout).toContain("greet NAME  Say hello");
    expect(await cli([], { table })).toEqual({ code: 2, stdout: "", stderr: asked.stdout });
  });

  it("reports a missing command as JSON with --json", async () => {
    const { code, stdout } = await cli(["--json"]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({ error: { code: "usage", message: "The command is missing.", hint: "Try --help." } });
  });

  it("shows a command's arguments, options and examples", async () => {
    const { stdout } = await cli(["greet", "--help"], { table });
    expect(stdout).toContain("cf-ai-gateway greet NAME [MORE…] [options]");
    expect(stdout).toContain("-m, --model NAME");
    expect(stdout).toContain("cf-ai-gateway greet Ada");
    expect(await cli(["help", "greet"], { table })).toMatchObject({ code: 0, stdout });
  });

  it.each([
    [["grete"], 'Unknown command "grete". Did you mean greet?'],
    [["greet"], "NAME is missing: whom to greet."],
    [["greet", "Ada", "--modle", "x"], "Unknown option --modle. Did you mean --model?"],
    [["greet", "Ada", "--base_url=x"], "Unknown option --base_url. Did you mean --base-url?"],
    [["greet", "Ada", "--temperature", "0"], "Unknown option --temperature. Did you mean --set temperature=…?"],
    [["greet", "Ada", "--max-tokens=5"], "Did you mean --set maxTokens=…?"],
    [["greet", "Ada", "--model"], "--model needs a value: --model NAME."],
    [["greet", "Ada", "--model", "--loud"], "--model needs a value: --model NAME."],
    [["greet", "Ada", "--loud=yes"], "--loud takes no value."],
    [["greet", "Ada", "-x"], "Unknown option -x."],
    [["greet", "Ada", "--set", "temperature"], "--set needs NAME=VALUE, such as --set temperature=0."],
    [["greet", "Ada", "--gateway-token", "secret-1"], "--gateway-token is not an option: tokens come from the environment."],
    [["greet", "Ada", "--set", "gatewayToken=secret-1"], "--set doesn't accept gatewayToken"],
    [["--colour"], "Unknown option --colour."],
  ])("rejects %j in one line with exit code 2", async (argv, message) => {
    const { code, stdout, stderr } = await cli(argv, { table });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).not.toContain("secret-1");
  });

  it("passes on options and arguments, `--set` as nested options, and IDs and tokens from the environment", async () => {
    const env = { CLOUDFLARE_ACCOUNT_ID: "acc", CLOUDFLARE_GATEWAY_ID: "gw", CLOUDFLARE_GATEWAY_TOKEN: "t" };
    const argv = ["greet", "Ada", "--set", "temperature=-1", "--set", "gateway.cacheTtl=60", "--gateway", "other", "--", "--x"];
    const { stdout } = await cli(argv, { table, env });
    expect(JSON.parse(stdout)).toEqual({
      positionals: ["Ada", "--x"],
      loud: false,
      config: { temperature: -1, gateway: { cacheTtl: 60 }, accountId: "acc", gatewayId: "other", gatewayToken: "t" },
    });
  });

  it("reads the address that `local` prints from the environment, unless an option overrides it", async () => {
    const env = { CLOUDFLARE_GATEWAY_URL: "http://127.0.0.1:8790" };
    const getBaseUrl = async (argv: string[]) => JSON.parse((await cli(argv, { table, env })).stdout).config.baseUrl;
    expect(await getBaseUrl(["greet", "Ada"])).toBe("http://127.0.0.1:8790");
    expect(await getBaseUrl(["greet", "Ada", "--base-url", "http://127.0.0.1:1"])).toBe("http://127.0.0.1:1");
  });

  it.each([
    [
      "a refused token",
      new AuthenticationError("Unauthorized", { code: "authentication", origin: "gateway", retryable: false, hint: "h" }),
      4,
    ],
    [
      "a provider's failure",
      new ProviderError("Overloaded", { code: "provider", origin: "provider", retryable: true, hint: "h" }),
      1,
    ],
    ["a wrong option", new ConfigurationError([{ option: "model", message: "is missing" }]), 2],
    ["anything else", new Error("disk full"), 1],
  ])("exits for %s with a specific code, with and without --json", async (_, error, code) => {
    const plain = await cli(["perform"], { table: failing(error) });
    expect(plain).toMatchObject({ code, stdout: "" });
    expect(plain.stderr).toMatch(/^error /);
    const json = await cli(["perform", "--json"], { table: failing(error) });
    expect(json).toMatchObject({ code, stderr: "" });
    expect(JSON.parse(json.stdout).error).toMatchObject({ code: expect.any(String), message: expect.any(String) });
  });

  it("names options as command-line flags, and says that tokens can only be set in the environment", async () => {
    const run = async () => {
      createGateway({ model: "gpt-4o-mini", provider: "openai" });
      return 0;
    };
    const { stderr } = await cli(["perform"], { table: [perform(run)] });
    expect(stderr).toContain("- --account-id is missing: pass it or set CLOUDFLARE_ACCOUNT_ID");
    expect(stderr).toContain("- gatewayToken is missing: set CLOUDFLARE_GATEWAY_TOKEN");
  });

  it("exits with 130 on Ctrl-C, unless the command handles it", async () => {
    const running = startCli(["perform"], { table: [perform(() => new Promise(() => {}))] });
    await Promise.resolve();
    running.interrupt();
    expect(await running.done).toBe(130);

    const handles: CommandEntry = {
      ...perform(async () => 0),
      load: async () =>
        defineCommand({
          ...(await perform(async () => 0).load()),
          async run(_, terminal) {
            terminal.print("ready");
            await untilInterrupted(terminal);
            return 0;
          },
        }),
    };
    const other = startCli(["perform"], { table: [handles] });
    await other.until("stdout", "ready");
    other.interrupt();
    expect(await other.done).toBe(0);
  });

  it.each([
    [{}, true, true],
    [{ NO_COLOR: "1" }, true, false],
    [{ FORCE_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "0" }, true, false],
    [{ TERM: "dumb" }, true, false],
    [{}, false, false],
  ])("with %j and a terminal: %s, colours are %s", async (env, isTTY, colored) => {
    const { stdout } = await cli(["--help"], { table, env, isTTY });
    expect(stdout.includes("\u001b[")).toBe(colored);
  });

  it("prints no colours with --no-color", async () => {
    expect((await cli(["--help", "--no-color"], { table, isTTY: true })).stdout).not.toContain("\u001b[");
  });
});
