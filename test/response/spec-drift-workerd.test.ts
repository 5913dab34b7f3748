import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundle } from "../workerd-bundle.ts";
import { fitting, renamedAnswers, secret } from "./renamed-answers.ts";

/** A Worker whose requests to the provider return the body that it is sent. */
const program = `
  import { createGateway, tool } from "cf-ai-gateway";
  const options = { prompt: "Hello", tools: { look: tool({ parameters: { type: "object" } }) } };
  export default {
    async fetch(request) {
      const { body, validateResponses, streaming } = await request.json();
      const text = streaming ? body.map((chunk) => "data: " + JSON.stringify(chunk) + "\\n\\n").join("") + "data: [DONE]\\n\\n" : JSON.stringify(body);
      const gateway = createGateway({
        accountId: "account", gatewayId: "default", gatewayToken: "token", model: "openai/gpt-4o-mini", validateResponses, maxRetries: 0,
        fetch: async () => new Response(text, { headers: { "content-type": streaming ? "text/event-stream" : "application/json" } }),
      });
      try {
        const { warnings } = await (streaming ? gateway.stream(options).result : gateway.chat(options));
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

async function judge(validateResponses: "warn" | "throw", body: unknown, streaming: boolean): Promise<unknown> {
  const response = await worker.dispatchFetch("http://worker/", {
    method: "POST",
    body: JSON.stringify({ body, validateResponses, streaming }),
  });
  return response.json();
}

describe("validateResponses in a Worker", () => {
  test.each(fitting)("reports nothing for %s", async (_, body) => {
    expect(await judge("throw", body, Array.isArray(body))).toEqual({ warnings: [] });
  });

  test.each(renamedAnswers)("reports the path, but no content, of $title", async ({ streaming, body, path, words }) => {
    const [warned, thrown] = await Promise.all([judge("warn", body, streaming), judge("throw", body, streaming)]);
    expect(thrown).toMatchObject({ code: "provider" });
    for (const report of [warned, thrown]) expect(JSON.stringify(report)).toContain(` the spec: ${path} ${words}`);
    expect(JSON.stringify([warned, thrown])).not.toContain(secret);
  });
});

test("the code and the table of validateResponses are not in the main chunk", async () => {
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
  const listChunks = (file: string) =>
    Object.values(metafile.outputs).filter(({ inputs }) => Object.keys(inputs).some((name) => name.endsWith(file)));
  const [main] = Object.values(metafile.outputs).filter(({ entryPoint }) => entryPoint?.endsWith("src/index.ts"));
  const eager = main?.imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => path) ?? [];
  for (const file of ["src/response/spec-drift.ts", "generated/answer-shapes.ts", "generated/schemas.ts"]) {
    const [chunk, ...others] = listChunks(file);
    expect(others).toEqual([]);
    const path = Object.keys(metafile.outputs).find((name) => metafile.outputs[name] === chunk);
    expect(chunk, file).not.toBe(main);
    expect(eager, file).not.toContain(path);
  }
});
