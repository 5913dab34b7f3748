import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { createGateway } from "cf-ai-gateway";
import { Hono } from "hono";
import { z } from "zod";

const gateway = createGateway({
  baseUrl: process.env.CLOUDFLARE_GATEWAY_URL, // set by `npx cf-ai-gateway local`; otherwise Cloudflare's
  provider: process.env.PROVIDER ?? "openai",
  model: process.env.MODEL ?? "gpt-4o-mini",
  maxTokens: 1000,
});

/** What the page may send: text alone, and no system message. */
const Conversation = z.object({
  messages: z
    .array(z.object({ role: z.enum(["user", "assistant"]), content: z.string().max(10_000) }))
    .min(1)
    .max(100),
});

const app = new Hono();

app.post("/chat", async (c) => {
  const { success, data } = Conversation.safeParse(await c.req.json().catch(() => undefined));
  if (!success) return c.text("Expected { messages: [{ role, content }] }.", 400);
  const stream = gateway.stream({
    messages: [{ role: "system", content: "You are a helpful assistant. Answer in plain text." }, ...data.messages],
    signal: c.req.raw.signal,
  });
  return stream.toResponse({
    onError(error) {
      console.error(error);
      return "The answer could not be completed. Please try again.";
    },
  });
});

app.use("/*", serveStatic({ root: "./public" }));

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: "localhost" }, ({ port }) => {
  console.log(`Listening on http://localhost:${port}`);
});
