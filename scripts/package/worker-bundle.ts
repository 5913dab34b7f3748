import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const worker = `
  import { createGateway, tool } from "cf-ai-gateway";
  export default {
    async fetch(request, { AI }) {
      const gateway = createGateway({ binding: AI, gatewayId: "default", model: "openai/gpt-4o-mini" });
      const now = tool({ parameters: { type: "object" }, execute: () => new Date().toISOString() });
      const { output } = await gateway.chat({ prompt: await request.text(), tools: { now }, output: { type: "string" } });
      return new Response(output);
    },
  };`;

/** Fails if the bundle of a Worker that only uses JSON Schema contains a schema library or the code-generating validator. */
export async function checkWorkerBundle(project: string): Promise<string> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: worker, resolveDir: project, sourcefile: "worker.js" },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["workerd", "worker", "browser"],
    logLevel: "error",
  });
  const inputs = Object.keys(metafile.inputs);
  const unwanted = inputs.filter((path) => /valibot|\/zod\/|arktype|node_modules\/ajv\/|validator-ajv/.test(path));
  if (unwanted.length > 0) throw new Error(`the bundle holds ${unwanted.join(", ")}`);
  if (!inputs.some((path) => path.includes("validator-interpreting"))) throw new Error("the bundle has no validator");
  const text = outputFiles[0]?.text ?? "";
  return `no schema library, no ajv; ${(text.length / 1000).toFixed()} kB minified, ${(gzipSync(text).length / 1000).toFixed()} kB compressed`;
}
