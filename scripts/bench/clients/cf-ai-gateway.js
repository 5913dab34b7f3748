import * as answers from "../answers.js";

const { createGateway, tool } = await import(process.env.BENCH_PACKAGE ?? "../../../dist/index.js");

export function create(base, options = {}) {
  const ids = { accountId: "account", gatewayId: "gateway", gatewayToken: "token" };
  const gateway = createGateway({ ...ids, baseUrl: base, provider: "openai", model: "gpt-4o-mini", ...options });
  const prompt = "Hello";
  const tools = Object.fromEntries(
    answers.toolNames.map((name) => [
      name,
      tool({ parameters: answers.toolParameters, execute: (args) => answers.runTool(name, args) }),
    ]),
  );
  return {
    chat: async () => (await gateway.chat({ prompt })).text,
    async stream(onText) {
      for await (const event of gateway.stream({ prompt })) if (event.type === "text-delta") onText(event.text);
    },
    loop: async () => (await gateway.chat({ prompt, tools })).text,
    output: async () => (await gateway.chat({ prompt, output: answers.outputSchema })).output,
    async partial(onValue) {
      for await (const value of gateway.stream({ prompt, output: answers.outputSchema }).partialOutput) onValue(value);
    },
    async arguments() {
      const weather = tool({ parameters: answers.toolParameters });
      return (await gateway.stream({ prompt, tools: { weather } }).result).toolCalls[0].args.city.length;
    },
    messages: async (count) => (await gateway.chat({ messages: Array(count).fill({ role: "user", content: "Hello" }) })).text,
  };
}
