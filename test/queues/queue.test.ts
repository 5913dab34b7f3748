import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Readable } from "node:stream";
import { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useLocalGateway } from "../local-gateway.ts";
import { bundle } from "../workerd-bundle.ts";

/** A Worker that chats, dispatches the model's background tasks to its queue, and consumes that queue. It reports what happens to env.REPORTS. */
const worker = `
  import { createGateway, tool } from "cf-ai-gateway";
  import { handleTasks, queueDispatcher } from "cf-ai-gateway/queues";

  let failures = 2;
  const report = (env, event) => env.REPORTS.fetch("http://reports/", { method: "POST", body: JSON.stringify(event) });
  const listTasks = (env) => ({
    note: tool({
      parameters: { type: "object", properties: { text: { type: "string", minLength: 1 } }, required: ["text"] },
      execute: ({ text }, { toolCallId }) => report(env, { ran: "note", text, toolCallId }),
    }),
    flaky: tool({
      parameters: { type: "object" },
      execute: async () => {
        if (failures-- > 0) throw new Error("not yet");
        await report(env, { ran: "flaky" });
      },
    }),
  });

  export default {
    async fetch(request, env, ctx) {
      const { chat, send } = await request.json();
      if (send) {
        await env.TASKS.send(send.body, { contentType: "json" });
        return new Response();
      }
      const gateway = createGateway({
        baseUrl: env.GATEWAY_URL, accountId: "a", gatewayId: "g", gatewayToken: "test-token", model: "openai/gpt-4o-mini",
        waitUntil: (promise) => ctx.waitUntil(promise),
      });
      const backgroundTasks = { tasks: listTasks(env), dispatcher: queueDispatcher(env.TASKS) };
      const { text, turns } = await gateway.chat({ prompt: chat, backgroundTasks });
      return Response.json({ text, toolCallId: turns[0].toolCalls[0].id });
    },
    async queue(batch, env) {
      if (batch.queue === "dead-letters") {
        for (const { body } of batch.messages) await report(env, { dead: body });
        return;
      }
      await handleTasks(batch, listTasks(env), {
        retryDelay: 0,
        onTaskError: ({ task, attempts, error }) => report(env, { failed: task, attempts, message: error.message }),
      });
    },
  };
`;

const local = useLocalGateway();
let platform: Miniflare;
const reports: unknown[] = [];
const listeners = new Set<() => void>();
const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  reports.push(JSON.parse(body));
  response.end();
  for (const listener of listeners) listener();
});

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  platform = new Miniflare({
    modules: true,
    script: (await bundle(worker, ["workerd", "worker"])).code,
    compatibilityDate: "2026-07-01",
    // Discard workerd's output about dead letters.
    handleRuntimeStdio(output: Readable, errors: Readable) {
      output.resume();
      errors.resume();
    },
    bindings: { GATEWAY_URL: local.url },
    serviceBindings: { REPORTS: { external: { address: `127.0.0.1:${port}`, http: {} } } },
    queueProducers: { TASKS: "tasks" },
    queueConsumers: {
      tasks: { maxBatchSize: 5, maxBatchTimeout: 0, maxRetries: 4, deadLetterQueue: "dead-letters" },
      "dead-letters": { maxBatchSize: 1, maxBatchTimeout: 0 },
    },
  });
  await platform.ready;
}, 30_000);
afterAll(async () => {
  await platform?.dispose();
  server.close();
});

/** Resolves once the Worker has sent a matching report. */
async function waitForReport(expected: object): Promise<unknown> {
  const matches = (each: unknown) =>
    Object.entries(expected).every(([key, value]) => (each as Record<string, unknown>)[key] === value);
  for (;;) {
    const found = reports.find(matches);
    if (found) return found;
    await new Promise<void>((resolve) => {
      listeners.add(resolve);
    });
    listeners.clear();
  }
}

const post = async (body: object): Promise<Response> =>
  (await platform.dispatchFetch("http://worker/", { method: "POST", body: JSON.stringify(body) })) as unknown as Response;

describe("a Cloudflare queue", () => {
  it("delivers a background task that the model called to the consumer, with its arguments and ID", async () => {
    local.reply({ toolCalls: [{ name: "note", args: { text: "Buy milk" } }] }, { text: "Noted." });
    const answer = (await (await post({ chat: "Note: buy milk." })).json()) as { text: string; toolCallId: string };
    expect(answer.text).toBe("Noted.");
    expect(await waitForReport({ ran: "note" })).toEqual({ ran: "note", text: "Buy milk", toolCallId: answer.toolCallId });
  });

  it("redelivers a failed task until it succeeds", async () => {
    local.reply({ toolCalls: [{ name: "flaky", args: {} }] }, { text: "Trying." });
    await post({ chat: "Try." });
    await waitForReport({ ran: "flaky" });
    const failures = reports.filter((each) => (each as { failed?: string }).failed === "flaky");
    expect(failures).toEqual([1, 2].map((attempts) => ({ failed: "flaky", attempts, message: "not yet" })));
  });

  it.each([
    ["not our shape", { hello: "there" }],
    ["an unknown task", { task: "gone", args: {}, toolCallId: "c" }],
    ["arguments that do not fit", { task: "note", args: { text: "" }, toolCallId: "c" }],
  ])("moves a bad payload to the dead-letter queue: %s", async (_, body) => {
    await post({ send: { body } });
    const letters = () => reports.filter((each) => JSON.stringify((each as { dead?: unknown }).dead) === JSON.stringify(body));
    while (letters().length === 0) await new Promise<void>((resolve) => listeners.add(resolve));
    expect(letters()).toHaveLength(1);
    expect(reports).not.toContainEqual(expect.objectContaining({ ran: "note", text: "" }));
  });
});
