/** What can be had with fetch by hand: the measure for the others. A signal and a timer, as a careful program has them; errors are not handled. */
import { createParser } from "eventsource-parser";
import * as answers from "../answers.js";

const path = "/v1/account/gateway/compat/chat/completions";
const headers = { "content-type": "application/json", "cf-aig-authorization": "Bearer token" };

export function create(base) {
  async function post(body) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), 300_000);
    try {
      const response = await fetch(base + path, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
        signal: controller.signal,
      });
      return await response.json();
    } finally {
      clearTimeout(timer);
    }
  }
  async function read(body, onText) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), 300_000);
    const response = await fetch(base + path, { method: "POST", headers, body: JSON.stringify(body), signal: controller.signal });
    const decoder = new TextDecoder();
    const parser = createParser({
      onEvent({ data }) {
        if (data === "[DONE]") return;
        const text = JSON.parse(data).choices[0]?.delta.content;
        if (text) onText(text);
      },
    });
    for await (const piece of response.body) parser.feed(decoder.decode(piece, { stream: true }));
    clearTimeout(timer);
  }
  const model = "openai/gpt-4o-mini";
  const messages = [{ role: "user", content: "Hello" }];
  const tools = answers.toolNames.map((name) => ({ type: "function", function: { name, parameters: answers.toolParameters } }));
  return {
    chat: async () => (await post({ model, messages })).choices[0].message.content,
    stream: (onText) => read({ model, messages, stream: true, stream_options: { include_usage: true } }, onText),
    async loop() {
      const conversation = [...messages];
      for (;;) {
        const { message } = (await post({ model, messages: conversation, tools })).choices[0];
        if (!message.tool_calls) return message.content;
        conversation.push(message);
        for (const { id, function: call } of message.tool_calls) {
          const content = JSON.stringify(answers.runTool(call.name, JSON.parse(call.arguments)));
          conversation.push({ role: "tool", tool_call_id: id, content });
        }
      }
    },
    output: async () => JSON.parse((await post({ model, messages })).choices[0].message.content),
  };
}
