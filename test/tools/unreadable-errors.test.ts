import { tool } from "cf-ai-gateway";
import { expect, test } from "vitest";
import { ask, modes, useLocalGateway } from "../local-gateway.ts";

const local = useLocalGateway();
const parameters = { type: "object", properties: {} } as const;

const throwing = () => {
  throw new Error("thrown by a trap");
};
const unreadable = () => new Proxy(new Error(), { get: throwing, has: throwing, getPrototypeOf: throwing, ownKeys: throwing });
const throwUnreadable = () => {
  throw unreadable();
};

test.each(
  modes.flatMap((mode) => [
    [mode, "throws an error that can't be read", throwUnreadable] as const,
    [mode, "rejects with an error that can't be read", () => Promise.reject(unreadable())] as const,
    [
      mode,
      "returns a getter that throws such an error",
      () => Object.defineProperty({}, "a", { enumerable: true, get: throwUnreadable }),
    ] as const,
  ]),
)("%s continues when a tool %s", async (mode, _, execute) => {
  local.reply({ toolCalls: [{ name: "look", args: {} }] }, { text: "Done." });
  const result = await ask(mode, local.client(), { prompt: "Hi", tools: { look: tool({ parameters, execute }) } });
  expect(result.text).toBe("Done.");
  expect(result.turns[0]?.toolResults).toHaveLength(1);
});
