import { tool } from "cf-ai-gateway";
import { z } from "zod";
import { calculate } from "./calculator.ts";
import type { Section } from "./stage.ts";

export const functionCalling: Section = {
  title: "Function calling",
  async play({ gateway }) {
    const result = await gateway.chat({
      system: "You are a helpful assistant with access to tools.",
      prompt: "What's the weather in Tokyo and what is 15 * 7?",
      tools: {
        get_weather: tool({
          description: "Get current weather for a city.",
          parameters: z.object({ city: z.string() }),
          execute: ({ city }) => `Weather in ${city}: Sunny, 22C`,
        }),
        calculate: tool({
          description: "Calculate a mathematical expression.",
          parameters: z.object({ expression: z.string().describe("Numbers, + - * / and parentheses") }),
          execute: ({ expression }) => calculate(expression),
        }),
      },
      maxTurns: 5,
    });
    for (const { toolResults } of result.turns) {
      for (const { name, args, result: value } of toolResults) console.log(`${name}(${JSON.stringify(args)}) -> ${value}`);
    }
    console.log(result.text);
  },
};

export const backgroundTasks: Section = {
  title: "Background tasks",
  async play({ gateway }) {
    const result = await gateway.chat({
      system: "You are a helpful assistant. Log important interactions.",
      prompt: "Hello, I need help with Python!",
      backgroundTasks: {
        log_interaction: tool({
          description: "BACKGROUND TASK: Log user interaction for analytics.",
          parameters: z.object({ user_id: z.string(), action: z.string() }),
          execute: ({ user_id, action }) => console.log(`Logged: ${user_id} performed ${action}`),
        }),
        send_notification: tool({
          description: "BACKGROUND TASK: Send notification to admin.",
          parameters: z.object({ event: z.string(), details: z.string().default("") }),
          execute: ({ event, details }) => console.log(`Notification: ${event} - ${details}`),
        }),
      },
    });
    console.log(result.text);

    // The answer did not wait for the tasks, but a process should before it exits.
    await gateway.settled({ timeout: 5_000 });
    console.log(`${result.backgroundTasks.length} background tasks were started.`);
  },
};
