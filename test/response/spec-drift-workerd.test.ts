import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundle } from "../workerd-bundle.ts";

/** A Worker that answers its own request to the provider with the body that it is given. */
const program = `
  import { createGateway } from "cf-ai-gateway";
  export default {
    async fetch(request) {
      const { body, validateResponses } = await request.json();
      const isStream = Array.isArray(body);
      const text = isStream ? body.map((chunk) => "data: " + JSON.stringify(chunk) + "\\n\\n").join("") + "data: [DONE]\\n\\n" : JSON.stringify(body);
      const gateway = createGateway({
        accountId: "account", gatewayId: "default", gatewayToken: "token", model: "openai/gpt-4o-mini", validateResponses, maxRetries: 0,
        fetch: async () => new Response(text, { headers: { "content-type": isStream ? "text/event-stream" : "application/json" } }),
      });
      try {
        const { warnings } = await (isStream ? gateway.stream({ prompt: "Hello" }).result : gateway.chat({ prompt: "Hello" }));
        return Response.json({ warnings });
      } catch (error) {
        return Response.json({ code: error.code, message: error.message });
      }
    },
  };
`;

let worker: Miniflare;

beforeAll(async () => {
  const { code } = await bundle(program, ["workerd", "worker"]);
  worker = new Miniflare({ modules: true, script: code, compatibilityDate: "2026-07-01" });
  await worker.ready;
});
afterAll(() => worker?.dispose());

async function judge(validateResponses: "warn" | "throw", body: unknown): Promise<unknown> {
  const response = await worker.dispatchFetch("http://worker/", {
    method: "POST",
    body: JSON.stringify({ body, validateResponses }),
  });
  return response.json();
}

const secret = "nobody may read this";
const usage = { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 };
const choice = { index: 0, message: { role: "assistant", content: secret }, finish_reason: "stop" };
const completion = { id: "1", object: "chat.completion", choices: [choice], usage };
const chunk = (fields: object) => ({ id: "1", choices: [{ index: 0, finish_reason: null, ...fields }] });
const end = { id: "1", choices: [{ index: 0, delta: {}, finish_reason: "stop" }] };

describe("validateResponses in a Worker", () => {
  test("says nothing of a completion that fits", async () => {
    expect(await judge("throw", completion)).toEqual({ warnings: [] });
  });

  test.each<[field: string, body: unknown, words: string]>([
    [
      "content of a completion",
      { ...completion, choices: [{ ...choice, message: { role: "assistant", text: secret } }] },
      "/choices/0/message/content is missing, beside the unknown fields text",
    ],
    ["usage of a completion", { ...completion, usage: undefined, token_usage: usage }, "/usage is missing"],
    ["token counts", { ...completion, usage: { tokens_in: 3 } }, "/usage/prompt_tokens is missing"],
    [
      "delta of a stream",
      [chunk({ diff: { content: secret } }), chunk({ diff: {}, finish_reason: "stop" })],
      "/choices/0/delta is missing",
    ],
    ["content of a stream", [chunk({ delta: { text: secret } }), end], "/choices/0/message/content is missing"],
    ["usage of a stream", [chunk({ delta: { content: secret } }), end, { choices: [], token_usage: usage }], "/usage is missing"],
  ])("finds the renamed %s, and quotes no content", async (_, body, words) => {
    const warned = await judge("warn", body);
    expect(warned).toMatchObject({
      warnings: expect.arrayContaining([{ code: "response-drift", message: expect.stringContaining(words) }]),
    });
    const thrown = await judge("throw", body);
    expect(thrown).toMatchObject({ code: "provider", message: expect.stringContaining(words) });
    expect(JSON.stringify([warned, thrown])).not.toContain(secret);
  });

  test("leaves renamed choices to the error for an answer without any, which shows the body", async () => {
    const error = await judge("throw", { ...completion, choices: undefined, options: [choice] });
    expect(error).toMatchObject({ code: "provider", message: expect.stringContaining('"options":') });
  });
});

test("the code and the table of validateResponses are no part of the main chunk", async () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const { metafile } = await build({
    entryPoints: [`${root}src/index.ts`],
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    format: "esm",
    outdir: "out",
    packages: "external",
    external: ["#validator"],
    logLevel: "silent",
  });
  const chunksOf = (file: string) =>
    Object.values(metafile.outputs).filter(({ inputs }) => Object.keys(inputs).some((name) => name.endsWith(file)));
  const [main] = Object.values(metafile.outputs).filter(({ entryPoint }) => entryPoint?.endsWith("src/index.ts"));
  const eager = main?.imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => path) ?? [];
  for (const file of ["src/response/spec-drift.ts", "generated/completion-shape.ts", "generated/schemas.ts"]) {
    const [chunk, ...others] = chunksOf(file);
    expect(others).toEqual([]);
    const path = Object.keys(metafile.outputs).find((name) => metafile.outputs[name] === chunk);
    expect(chunk, file).not.toBe(main);
    expect(eager, file).not.toContain(path);
  }
});
