import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Named, readCounts, readWalks, type Walk } from "./walks/read-walks.ts";
import { ScratchCopy } from "./walks/scratch-copy.ts";

const page = await readFile(new URL("../../docs/regenerating.md", import.meta.url), "utf8");
const walks = readWalks(page);
const timeout = 300_000;
let copy: ScratchCopy;

beforeAll(async () => {
  copy = await ScratchCopy.create();
});
afterAll(() => copy.remove());

/** What a user can do after all walks; compiled and run. */
const afterAllWalks = `
import { expect, test, vi } from "vitest";
import { createGateway, createGatewayFetchClient, InsufficientCreditsError, type ExtraBody, type KnownProvider, type RequestField } from "cf-ai-gateway";

const field: RequestField = "top_k";
const provider: KnownProvider = "sambanova";
const answer = { choices: [{ message: { content: "Paris" }, finish_reason: "stop" }] };
const fetch = vi.fn(async (_url: string, _init: RequestInit) => Response.json(answer));
const gateway = createGateway({ accountId: "a", gatewayId: "g", gatewayToken: "t", provider, model: "m", fetch });
const sent = () => fetch.mock.calls.at(-1)?.[1];

test("the option is sent as the field, as a default, and per turn", async () => {
  await gateway.with({ topK: 40 }).chat({ prompt: "Hello" });
  expect(JSON.parse(String(sent()?.body))).toMatchObject({ model: "sambanova/m", [field]: 40 });
  await gateway.chat({ prompt: "Hello", prepareTurn: () => ({ topK: 4 }) });
  expect(JSON.parse(String(sent()?.body))).toMatchObject({ top_k: 4 });
  const extraBody = { top_k: 3 } satisfies ExtraBody;
  await gateway.chat({ prompt: "Hello", extraBody });
  expect(JSON.parse(String(sent()?.body))).toMatchObject({ top_k: 3 });
  await expect(gateway.chat({ prompt: "Hello", topK: 0 })).rejects.toThrow("topK must be an integer of at least 1");
});
test("the header is sent", async () => {
  await gateway.chat({ prompt: "Hello", gateway: { region: "weur" } });
  expect(new Headers(sent()?.headers).get("cf-aig-region")).toBe("weur");
  await expect(gateway.chat({ prompt: "Hello", gateway: { region: "a\\nb" } })).rejects.toThrow("cf-aig-region");
});
test("the provider's row is used", async () => {
  const { warnings } = await gateway.chat({ prompt: "Hello", frequencyPenalty: 1 });
  expect(warnings).toMatchObject([{ code: "option-dropped", option: "frequencyPenalty" }]);
});
test("the code has a class and a hint", async () => {
  fetch.mockResolvedValueOnce(Response.json({ success: false, error: [{ code: 2043, message: "Suspended" }] }, { status: 402 }));
  const error: unknown = await gateway.chat({ prompt: "Hello" }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InsufficientCreditsError);
  expect(error).toMatchObject({ gatewayCode: 2043, hint: expect.stringContaining("Settle the account's balance") });
});
test("the bindings know the endpoint", async () => {
  const client = createGatewayFetchClient({ token: "t", baseUrl: "https://api.example", fetch: async () => Response.json({ success: true, result: { id: "g", collect_logs: true } }) });
  const path = { account_id: "a", gateway_id: "g" };
  const { data } = await client.GET("/accounts/{account_id}/ai-gateway/gateways/{gateway_id}", { params: { path } });
  expect(data?.result.collect_logs).toBe(true);
});
`;

async function take({ steps }: Walk): Promise<void> {
  for (const step of steps) {
    if (step.kind === "commands") {
      for (const command of step.commands) {
        const outcome = await copy.npm(command.replace("<model>", "Meta-Llama-3.3-70B-Instruct"));
        expect(outcome.ok, `${command}: ${outcome.output}`).toBe(true);
      }
    } else {
      if (step.before) {
        const outcome = await copy.vitest([step.before.file]);
        expect(outcome.ok).toBe(false);
        expect(outcome.output).toContain(step.before.name);
      }
      await copy.edit(step.file, step.hunks);
    }
    if (step.named.length > 0) await expectNamed(step.named);
  }
  expect(await copy.sourceErrors()).toEqual([]);
}

/** The type check fails, and says what the page says: in no other file, and in each of these by that name. */
async function expectNamed(named: readonly Named[]): Promise<void> {
  const errors = await copy.sourceErrors();
  expect(new Set(errors.map((error) => error.split("(")[0]))).toEqual(new Set(named.flatMap(({ files }) => files)));
  for (const { name, files } of named) {
    for (const file of files) expect(errors.filter((error) => error.startsWith(`${file}(`)).join("")).toContain(name);
  }
}

describe("what is forgotten is named by the type check or a test", () => {
  const spec = "spec/openapi.yaml";
  const mistakes: [mistake: string, file: string, from: string, to: string, named: Named][] = [
    [
      "a chat option that is never sent",
      "src/options/chat-options.ts",
      "export interface ChatDefaults extends ModelOptions {\n",
      "export interface ChatDefaults extends ModelOptions {\n  userLabel?: string | undefined;\n",
      { name: "userLabel", files: ["test/request/spec-agreement.test-d.ts", "src/options/validate-options.ts"] },
    ],
    [
      "a header that is never written",
      spec,
      '        - $ref: "#/components/parameters/AllowedProviders"\n',
      '        - $ref: "#/components/parameters/AllowedProviders"\n        - { name: cf-aig-new, in: header, schema: { type: string } }\n',
      { name: "cf-aig-new", files: ["test/request/spec-agreement.test-d.ts"] },
    ],
    [
      "a value of an enum that the runtime does not know",
      spec,
      "enum: [constant, linear, exponential]",
      "enum: [constant, linear, quadratic]",
      { name: "quadratic", files: ["test/request/spec-agreement.test-d.ts"] },
    ],
    [
      "another enum, of the logs",
      spec,
      "enum: [eq, neq, contains, lt, gt]",
      "enum: [eq, neq, contains, lt, gt, gte]",
      { name: "gte", files: ["test/request/spec-agreement.test-d.ts"] },
    ],
    [
      "a role that is renamed",
      spec,
      '          developer: "#/components/schemas/DeveloperMessage"\n',
      '          overseer: "#/components/schemas/DeveloperMessage"\n',
      { name: "overseer", files: ["src/options/validate-messages.ts"] },
    ],
    [
      "a field of the request that is renamed",
      spec,
      "        frequency_penalty:\n",
      "        repetition_penalty:\n",
      { name: "frequency_penalty", files: ["src/request/fit-options.ts"] },
    ],
  ];

  const renamed = { from: "        prompt_tokens:\n", to: "        tokens_in:\n" };

  test(
    "each of several mistakes at once",
    async () => {
      for (const [, file, from, to] of mistakes) await copy.edit(file, [{ from, to }]);
      await copy.edit(spec, [renamed]);
      try {
        expect(await copy.npm("npm run generate")).toMatchObject({ ok: true });
        const errors = await copy.sourceErrors();
        for (const [mistake, , , , { name, files }] of mistakes) {
          for (const file of files) expect(errors.filter((error) => error.startsWith(file)).join(""), mistake).toContain(name);
        }
        const tests = await copy.vitest(["test/spec/fixtures-described.test.ts", "test/spec/differences.test.ts"]);
        expect(tests.output).toContain("completion.usage.prompt_tokens");
        expect(tests.output).toContain("usage: prompt_tokens");
      } finally {
        for (const [, file, from, to] of mistakes.toReversed()) await copy.edit(file, [{ from: to, to: from }]);
        await copy.edit(spec, [{ from: renamed.to, to: renamed.from }]);
        await copy.npm("npm run generate");
      }
    },
    timeout,
  );
});

describe("docs/regenerating.md", () => {
  test("has a walk for each kind of change, with the counts of its table", () => {
    expect(walks.map(({ title }) => title)).toEqual([
      "A field of the request",
      "An option of the model",
      "A request header",
      "An endpoint",
      "An error code",
      "A provider",
    ]);
    expect(walks.map(({ steps }) => steps.filter(({ kind }) => kind === "edit").length)).toEqual(readCounts(page));
  });

  test.each(walks)(
    "$title: its steps change the files that it lists and no others, and everything compiles",
    async (walk) => {
      const before = await copy.files();
      await take(walk);
      const after = await copy.files();
      const changed = [...after].filter(([file, digest]) => before.get(file) !== digest).map(([file]) => file);
      const edited = walk.steps.flatMap((step) => (step.kind === "edit" ? [step.file] : []));
      const written = ["generated/", ...walk.steps.flatMap((step) => (step.kind === "commands" ? step.writes : []))];
      const byHand = changed.filter((file) => !written.some((beginning) => file.startsWith(beginning)));
      expect(byHand.sort()).toEqual(edited.sort());
      for (const beginning of written.slice(1)) expect(changed.join("\n")).toContain(beginning);
    },
    timeout,
  );

  test(
    "after all of them, what was added works, and the tests pass",
    async () => {
      await copy.write("test/after-the-walks.test.ts", afterAllWalks);
      const { ok, output } = await copy.npm("npm run typecheck");
      expect(ok, output).toBe(true);
      const style = await copy.run(process.execPath, ["node_modules/@biomejs/biome/bin/biome", "check", "src"]);
      expect(style.ok, style.output).toBe(true);
      expect(await copy.npm("npm run docs -- --check")).toMatchObject({ ok: true });
      const tests = await copy.vitest([
        ...["test/after-the-walks.test.ts", "test/architecture.test.ts", "test/spec/spec-examples.test.ts", "test/options"],
        ...["test/request/gateway-headers.test.ts", "test/request/fit-options.test.ts", "test/request/providers.test.ts"],
        ...["test/errors", "test/logs", "test/contract/matrix.test.ts", "test/contract/fixtures.test.ts"],
      ]);
      expect(tests.ok, tests.output).toBe(true);
    },
    timeout,
  );
});
