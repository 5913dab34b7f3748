/**
 * Runs code blocks one after the other, each as its reader would: the environment names a gateway, and `fetch` finds it. That it is the local
 * one is arranged out here, so that no block is changed. Started with the files of the blocks; sends what became of each to its parent.
 */
import { pathToFileURL } from "node:url";
import { format } from "node:util";
import { demoScript } from "../../../scripts/demo/script.ts";
import { startLocalGateway } from "../../../src/testing/index.ts";

export interface RunReport {
  file: string;
  printed: string;
  /** The stack of any error that it threw, rejected with or left unhandled. */
  error?: string;
}

const local = await startLocalGateway({ script: demoScript });
Object.assign(process.env, {
  CLOUDFLARE_ACCOUNT_ID: "0123456789abcdef0123456789abcdef",
  CLOUDFLARE_GATEWAY_ID: "readme",
  CLOUDFLARE_GATEWAY_TOKEN: "test-token",
  CLOUDFLARE_API_TOKEN: "test-token",
});

const hosts: [string, string][] = [
  ["https://gateway.ai.cloudflare.com/", `${local.url}/`],
  ["https://api.cloudflare.com/client/v4/", `${local.apiUrl}/`],
];
const loopbackFetch = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const url = input instanceof Request ? input.url : String(input);
  const [from = "", to = ""] = hosts.find(([host]) => url.startsWith(host)) ?? [];
  const target = to + url.slice(from.length);
  if (new URL(target).hostname !== "127.0.0.1") throw new Error(`A block asked for ${url}, which is not the local gateway.`);
  return loopbackFetch(input instanceof Request ? new Request(target, input) : target, init);
};

/** The gateway part of the Workers AI binding. */
const binding = {
  gateway: (id: string) => ({
    run({ endpoint, headers, query }: { endpoint: string; headers: Record<string, string>; query: unknown }, init: RequestInit) {
      const url = `${local.url}/v1/${process.env.CLOUDFLARE_ACCOUNT_ID}/${id}/compat/${endpoint}`;
      const authorized = { ...headers, "cf-aig-authorization": "Bearer test-token" };
      return loopbackFetch(url, { ...init, method: "POST", headers: authorized, body: JSON.stringify(query) });
    },
  }),
};

interface Worker {
  fetch(request: Request, env: object, context: { waitUntil(promise: Promise<unknown>): void }): Promise<Response>;
  queue?(batch: object, env: object): Promise<void>;
}

/** A Worker's module does nothing by itself: sends it a request, and then delivers its queued messages. */
async function visit(worker: Worker): Promise<void> {
  const request = new Request("https://my.app/", { method: "POST", body: JSON.stringify({ prompt: "Say hi" }) });
  const messages: object[] = [];
  const send = async (body: unknown) => {
    messages.push({
      id: `${messages.length}`,
      body,
      attempts: 1,
      ack() {},
      retry: () => console.error("a message was not handled"),
    });
  };
  const env = { AI: binding, TASKS: { send } };
  const waiting: Promise<unknown>[] = [];
  const response = await worker.fetch(request, env, { waitUntil: (promise) => waiting.push(promise) });
  console.log(response.status, await response.text());
  await Promise.all(waiting);
  await worker.queue?.({ messages }, env);
}

let printed = "";
let unhandled: unknown;
process.stdout.write = ((text: string | Uint8Array) => {
  printed += typeof text === "string" ? text : new TextDecoder().decode(text);
  return true;
}) as typeof process.stdout.write;
for (const name of ["log", "warn", "error"] as const) console[name] = (...values) => void (printed += `${format(...values)}\n`);
process.on("unhandledRejection", (error) => {
  unhandled = error;
});

for (const file of process.argv.slice(2)) {
  printed = "";
  unhandled = undefined;
  local.reset();
  const report: RunReport = { file, printed };
  try {
    const module = (await import(pathToFileURL(file).href)) as { default?: Worker };
    if (module.default) await visit(module.default);
    // Unhandled rejections are reported after the block's microtasks.
    await new Promise((resolve) => setImmediate(resolve));
    if (unhandled !== undefined) throw unhandled;
  } catch (error) {
    report.error = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  process.send?.({ ...report, printed });
}
await local.close();
process.disconnect?.();
