import { type AiBinding, createGateway, GatewayError, tool } from "cf-ai-gateway";

interface Env {
  AI: AiBinding;
}

/** A Worker that has a binding, but no account ID or token. Each route uses the client differently. */
const routes: Record<string, (env: Env, request: Request) => unknown> = {
  async "/chat"({ AI }) {
    const { text, usage, gateway } = await getGateway(AI).chat({ prompt: "Hello", gateway: { cacheTtl: 60 } });
    return { text, usage, gateway };
  },
  async "/tools"({ AI }) {
    const add = tool({
      parameters: { type: "object", properties: { a: { type: "number" }, b: { type: "number" } }, required: ["a", "b"] } as const,
      execute: ({ a, b }) => a + b,
    });
    const { turns, messages } = await getGateway(AI).chat({ prompt: "Please add 19 and 23.", tools: { add } });
    return {
      results: turns.flatMap(({ toolResults }) => toolResults.map(({ result }) => result)),
      roles: messages.map(({ role }) => role),
    };
  },
  async "/output"({ AI }) {
    const output = { type: "object", properties: { capital: { type: "string" } }, required: ["capital"] } as const;
    return { output: (await getGateway(AI).chat({ prompt: "What is the capital of France?", output })).output };
  },
  async "/stream"({ AI }) {
    const stream = getGateway(AI).stream({ prompt: "Once upon a time" });
    const texts: string[] = [];
    for await (const text of stream.text) texts.push(text);
    return { texts, gateway: (await stream.result).gateway };
  },
  "/response": ({ AI }) => getGateway(AI).stream({ prompt: "Once upon a time" }).toResponse(),
  async "/abort"({ AI }) {
    const stream = getGateway(AI).stream({ prompt: "Tell me a story." });
    for await (const _ of stream.text) break;
    return { left: await stream.result.catch((error: Error) => error.name) };
  },
  "/fail": ({ AI }, request) =>
    failure(getGateway(AI, new URL(request.url).searchParams.get("gateway") ?? undefined).chat({ prompt: "Hi" })),
  "/fail-stream": ({ AI }, request) =>
    failure(getGateway(AI, new URL(request.url).searchParams.get("gateway") ?? undefined).stream({ prompt: "Hi" }).result),
  async "/logs"({ AI }) {
    const gateway = getGateway(AI);
    const result = await gateway.chat({ prompt: "Hi" });
    await result.feedback({ feedback: 1 });
    return { log: await gateway.logs.get(result.gateway.logId ?? "") };
  },
};

const getGateway = (binding: AiBinding, gatewayId = "gw") =>
  createGateway({ binding, gatewayId, provider: "openai", model: "gpt-4o-mini", maxRetries: 0 });

async function failure(call: Promise<unknown>): Promise<unknown> {
  try {
    return { succeeded: await call };
  } catch (error) {
    return GatewayError.is(error) ? { ...error.toJSON(), partial: undefined } : { foreign: String(error) };
  }
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const answer = await routes[new URL(request.url).pathname]?.(env, request);
    return answer instanceof Response ? answer : Response.json(answer);
  },
};
