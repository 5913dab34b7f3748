import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useLocalGateway } from "../local-gateway.ts";
import { type CliOptions, cli, startCli } from "./terminal.ts";

const local = useLocalGateway();
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cf-ai-gateway-chat-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const env = () => ({
  CLOUDFLARE_ACCOUNT_ID: "acc",
  CLOUDFLARE_GATEWAY_ID: "gw",
  CLOUDFLARE_GATEWAY_TOKEN: "test-token",
  XDG_STATE_HOME: folder,
});
const model = ["--model", "openai/gpt-4o-mini"];
const withDefaults = (argv: string[]) => ["chat", "--base-url", local.url, ...argv];
const chat = (argv: string[], options: CliOptions = {}) =>
  cli(withDefaults(argv), { stdin: "", ...options, env: { ...env(), ...options.env } });
const getBody = (index: number) => local.requests.at(index)?.body;
/** Takes longer than any test. */
const endless = { text: "one ".repeat(5_000), chunks: { size: 4, everyMs: 20 } };
const write = async (name: string, content: string | Buffer) => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

describe("chat", () => {
  it("prints the answer on stdout, and tokens, cost and the log ID on stderr", async () => {
    local.reply({ text: "Paris.", usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11, cost: 0.00012 } });
    const { code, stdout, stderr } = await chat([...model, "What is the capital of France?"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "Paris.\n" });
    expect(stderr).toMatch(/^openai\/gpt-4o-mini · 9 in, 2 out · \$0\.000120 · cache MISS · log \S+ · \d+\.\d s\n$/);
    expect(getBody(-1).stream).toBe(true);
  });

  it("prints only the answer with --quiet", async () => {
    expect(await chat([...model, "--quiet", "Hi"])).toEqual({ code: 0, stdout: "Hi\n", stderr: "" });
  });

  it("joins its arguments and appends piped input", async () => {
    await chat([...model, "Summarise", "this:"], { stdin: "a long text\n" });
    expect(getBody(-1).messages).toEqual([{ role: "user", content: "Summarise this:\n\na long text" }]);
  });

  it("sends the system message and options of --set, and doesn't stream with --no-stream", async () => {
    await chat([...model, "-s", "Be brief.", "--set", "temperature=0", "--no-stream", "Hi"]);
    expect(getBody(-1)).toMatchObject({ temperature: 0, messages: [{ role: "system", content: "Be brief." }, { role: "user" }] });
    expect(getBody(-1).stream).toBeUndefined();
  });

  it("shows reasoning dimmed, and tools as they are called, on stderr", async () => {
    local.when(
      { user: "weather", turn: 0 },
      { reasoning: "A tool knows.", toolCalls: [{ name: "get_weather", args: { city: "Paris" } }] },
    );
    local.when({ toolResult: /°C/ }, { text: "It is warm." });
    const tools = await write(
      "tools.mjs",
      `export const get_weather = {
        parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
        async *execute({ city }) { yield "asking"; return city + ": 22 °C"; },
      };`,
    );
    const { stdout, stderr } = await chat([...model, "--tools", tools, "How is the weather?"], { env: { FORCE_COLOR: "1" } });
    expect(stdout).toBe("It is warm.\n");
    expect(stderr).toContain("\u001b[2mA");
    const plain = stderr.replace(/\u001b\[\d+m/g, "");
    expect(plain).toContain('· get_weather {"city":"Paris"}\n· get_weather: asking\n· ✔ Paris: 22 °C\n');
    expect(plain).toContain("2 turns");
  });

  it("prints one JSON object with --json", async () => {
    const { stdout, stderr } = await chat([...model, "--json", "Hi"]);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toMatchObject({ text: "Hi", finishReason: "stop", usage: { model: "openai/gpt-4o-mini" } });
  });

  it.each(["inline", "file"])("prints JSON that matches a schema (%s)", async (kind) => {
    const schema = { type: "object", properties: { total: { type: "number", minimum: 10 } }, required: ["total"] };
    const given = kind === "inline" ? JSON.stringify(schema) : await write("schema.json", JSON.stringify(schema));
    const { stdout } = await chat([...model, "--schema", given, "What is due?"]);
    expect(JSON.parse(stdout)).toEqual({ total: 10 });
  });

  it("attaches images, PDFs and audio by their type, and other files as text", async () => {
    const files = [
      await write("photo.PNG", Buffer.from([1, 2, 3])),
      await write("paper.pdf", "%PDF"),
      await write("voice.mp3", Buffer.from([4])),
      await write("notes.md", "# Notes"),
    ];
    await chat([...model, ...files.flatMap((file) => ["-f", file]), "What is this?"]);
    expect(getBody(-1).messages[0].content).toEqual([
      { type: "image_url", image_url: { url: "data:image/png;base64,AQID" } },
      { type: "file", file: { filename: "paper.pdf", file_data: "data:application/pdf;base64,JVBERg==" } },
      { type: "input_audio", input_audio: { data: "BA==", format: "mp3" } },
      { type: "text", text: "notes.md:\n\n# Notes" },
      { type: "text", text: "What is this?" },
    ]);
  });

  it("continues the last conversation with its model, stores it readable by its owner only, and doesn't change it with --no-save", async () => {
    local.reply({ text: "Paris." });
    await chat([...model, "-s", "Be brief.", "Capital of France?"]);
    await chat(["-c", "--no-save", "And of Norway?"]);
    expect(getBody(-1)).toMatchObject({ model: "openai/gpt-4o-mini" });
    const expected = ["system Be brief.", "user Capital of France?", "assistant Paris.", "user And of Norway?"];
    const lines = () => getBody(-1).messages.map(({ role, content }: { role: string; content: string }) => `${role} ${content}`);
    expect(lines()).toEqual(expected);
    await chat(["-c", "-s", "Be long.", "And of Norway?"]);
    expect(lines()).toEqual(["system Be long.", ...expected.slice(1)]);
    const path = join(folder, "cf-ai-gateway", "last-conversation.json");
    expect((await stat(path)).mode & 0o077).toBe(0);
    expect(await readFile(path, "utf8")).not.toContain("test-token");
  });

  it.each([
    [["-c", "Hi"], "There is no conversation to continue."],
    [["-f", "/no/such/file", "Hi"], "Can't read /no/such/file: there is no such file."],
    [["--schema", "{broken", "Hi"], "--schema is not JSON"],
    [["--schema", "[]", "Hi"], "--schema needs a file or a JSON object"],
    [["--tools", "/no/such/tools.mjs", "Hi"], "Can't load tools from /no/such/tools.mjs"],
    [[], "There is no prompt: pass one, or pipe it in."],
    [["--set", "temperature=9", "Hi"], "temperature must be"],
  ])("rejects %j before anything is sent, with exit code 2", async (argv, message) => {
    const { code, stdout, stderr } = await chat([...model, ...argv], { env: { XDG_STATE_HOME: join(folder, "empty") } });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(local.requests).toEqual([]);
  });

  it("keeps the answer when the conversation can't be saved", async () => {
    const file = await write("not-a-folder", "");
    const { code, stdout, stderr } = await chat([...model, "Hi"], { env: { XDG_STATE_HOME: file } });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "Hi\n" });
    expect(stderr).toContain("The conversation was not saved");
  });

  it("exits with 4 for a rejected token and with 1 for a provider's failure", async () => {
    expect(await chat([...model, "Hi"], { env: { CLOUDFLARE_GATEWAY_TOKEN: "wrong" } })).toMatchObject({ code: 4, stdout: "" });
    local.when({}, { error: { status: 400 } });
    expect(await chat([...model, "Hi"])).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error /) });
  });

  it("exits with 130 on Ctrl-C in the middle of an answer", async () => {
    local.reply(endless);
    const run = startCli(withDefaults([...model, "Count"]), { env: env(), stdin: "" });
    await run.until("stdout", "one");
    run.interrupt();
    expect(await run.done).toBe(130);
  });
});

describe("chat without a prompt", () => {
  const talk = () => startCli(withDefaults(model), { env: env() });

  it("prompts repeatedly, sending the conversation so far, until the input ends", async () => {
    const run = talk();
    run.type("Hello\n");
    await run.until("stdout", "Hello\n");
    run.type("\nAnd now?\n");
    await run.until("stdout", "And now?\n");
    run.end();
    expect(await run.done).toBe(0);
    const said = getBody(-1).messages.map(({ content }: { content: string }) => content);
    expect(said).toEqual(["Hello", "Hello", "And now?"]);
  });

  it("continues after a failed answer", async () => {
    local.reply({ error: { status: 400 } });
    const run = talk();
    run.type("Hello\n");
    await run.until("stderr", "error ");
    run.type("Again\n");
    await run.until("stdout", "Again\n");
    run.end();
    expect(await run.done).toBe(0);
  });

  it("stops the answer on the first Ctrl-C and the program on the second, and keeps the conversation", async () => {
    local.reply(endless);
    const run = talk();
    run.type("Count\n");
    await run.until("stdout", "one");
    run.interrupt();
    await run.until("stderr", "(interrupted)");
    run.type("Go on\n");
    // The prompt is back: another Ctrl-C would end the answer otherwise.
    await run.until("stderr", /\d s\n> $/);
    expect(getBody(-1).messages.map(({ role }: { role: string }) => role)).toEqual(["user", "assistant", "user"]);
    run.interrupt();
    expect(await run.done).toBe(130);
  });
});
