import { createGateway, GatewayError } from "cf-ai-gateway";
import { handleTasks, queueDispatcher } from "cf-ai-gateway/queues";
import { createTasks } from "./tasks.ts";

interface Env {
  AI: Ai;
  TASKS: Queue;
  TICKETS: KVNamespace;
  GATEWAY_ID: string;
  MODEL: string;
}

export default {
  async fetch(request, env, context) {
    const { pathname } = new URL(request.url);
    if (request.method === "POST" && pathname === "/ask") return answer(request, env, context);
    if (pathname === "/tickets") return Response.json(await readTickets(env.TICKETS));
    return new Response("Not found", { status: 404 });
  },

  queue: (batch, env) => handleTasks(batch, createTasks(env.TICKETS)),
} satisfies ExportedHandler<Env>;

async function answer(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
  const { question } = await request.json<{ question?: unknown }>();
  if (typeof question !== "string") return new Response("Expected { question }.", { status: 400 });
  const gateway = createGateway({
    binding: env.AI,
    gatewayId: env.GATEWAY_ID,
    model: env.MODEL,
    waitUntil: (promise) => context.waitUntil(promise), // until the task is in the queue
  });
  try {
    const { text } = await gateway.chat({
      system: "You answer questions of customers. The handbook: we are open from nine to five, and returns take two weeks.",
      prompt: question,
      backgroundTasks: { tasks: createTasks(env.TICKETS), dispatcher: queueDispatcher(env.TASKS) },
    });
    return Response.json({ answer: text });
  } catch (error) {
    if (!GatewayError.is(error)) throw error;
    console.error(error.code, error.hint, error.gateway?.logId);
    return Response.json({ error: error.code }, { status: error.retryable ? 503 : 500 });
  }
}

async function readTickets(tickets: KVNamespace): Promise<unknown[]> {
  const { keys } = await tickets.list({ prefix: "ticket:" });
  return Promise.all(keys.map(({ name }) => tickets.get(name, "json")));
}
