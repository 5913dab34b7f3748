import type { GatewayConfig } from "cf-ai-gateway";
import { Miniflare } from "miniflare";
import { bundleFor } from "./packed.ts";
import type { Outcome } from "./suite.ts";

/** Runs the suite in a request to a Worker, where code generation from strings is forbidden. */
export async function runInWorker(project: string, config: GatewayConfig): Promise<Outcome[]> {
  const program = `
    import { runSuite } from "./suite.js";
    export default {
      async fetch(request) {
        let evalBlocked = false;
        try { new Function("return 1"); } catch { evalBlocked = true; }
        return Response.json({ evalBlocked, outcomes: await runSuite(await request.json()) });
      },
    };`;
  const { files, ajv } = await bundleFor(project, ["workerd", "worker", "browser"], program, false);
  const miniflare = new Miniflare({
    modules: [{ type: "ESModule", path: "main.js", contents: files.get("/main.js") ?? "" }],
    compatibilityDate: "2026-07-01",
    // Node's own parts are not switched on: the package needs none.
  });
  try {
    const response = await miniflare.dispatchFetch("http://worker.local/", { method: "POST", body: JSON.stringify(config) });
    const { evalBlocked, outcomes } = (await response.json()) as { evalBlocked: boolean; outcomes: Outcome[] };
    return [
      ...outcomes,
      evalBlocked
        ? { name: "eval is blocked" }
        : { name: "eval is blocked", problem: "it was allowed, so that structured output proves nothing" },
      ajv.length === 0 ? { name: "ajv is not in the bundle" } : { name: "ajv is not in the bundle", problem: ajv.join("\n") },
    ];
  } finally {
    await miniflare.dispose();
  }
}
