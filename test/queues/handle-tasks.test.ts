import { ConfigurationError, tool } from "cf-ai-gateway";
import { type DeadLetter, type HandleTasksOptions, handleTasks, type QueueMessage, queueDispatcher } from "cf-ai-gateway/queues";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";

/** A delivered message that records whether it was acknowledged or retried. */
function delivered(body: unknown, attempts = 1): QueueMessage & { fate: unknown[] } {
  const fate: unknown[] = [];
  return {
    id: "m1",
    body,
    attempts,
    fate,
    ack: () => void fate.push("acknowledged"),
    retry: (options) => void fate.push(options),
  };
}

const job = (task: string, args: unknown = {}) => ({ task, args, toolCallId: "call_1" });
let printed: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  printed = vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

const failing = tool({ parameters: z.object({}), execute: () => Promise.reject(new Error("no connection")) });

describe("queueDispatcher", () => {
  it("sends one JSON message for each call, and rejects when the queue does not accept it", async () => {
    const sent: unknown[] = [];
    const dispatcher = queueDispatcher({ send: async (...message) => void sent.push(message) });
    await dispatcher.dispatch("mail", { to: "a@b.example" }, { toolCallId: "call_1" });
    expect(sent).toEqual([[job("mail", { to: "a@b.example" }), { contentType: "json" }]]);
    const full = queueDispatcher({ send: () => Promise.reject(new Error("too large")) });
    await expect(full.dispatch("mail", {}, { toolCallId: "call_1" })).rejects.toThrow("too large");
  });

  it("rejects a missing binding at once, before a task is lost", () => {
    expect(() => queueDispatcher(undefined as never)).toThrow("queue must be the producer binding of a queue");
  });
});

describe("handleTasks", () => {
  it("runs each task with its validated arguments and acknowledges the message", async () => {
    const ran: unknown[] = [];
    const plan = tool({
      parameters: z.object({ on: z.iso.date().transform((text) => new Date(text)) }),
      execute: (args, { toolCallId, messages, signal }) => void ran.push([args, toolCallId, messages, signal.aborted]),
    });
    const message = delivered(job("plan", { on: "2026-03-01" }));
    await handleTasks({ messages: [message] }, { plan });
    expect(ran).toEqual([[{ on: new Date("2026-03-01") }, "call_1", [], false]]);
    expect(message.fate).toEqual(["acknowledged"]);
  });

  it("retries a failed task with a growing delay, without affecting the others in its batch", async () => {
    const failures: unknown[] = [];
    const fine = tool({ parameters: { type: "object" }, execute: () => "fine" });
    const messages = [...[1, 2, 3, 20].map((attempts) => delivered(job("failing"), attempts)), delivered(job("fine"))];
    await handleTasks(
      { messages },
      { failing, fine },
      {
        onTaskError: ({ task, attempts, toolCallId, error }) =>
          void failures.push([task, attempts, toolCallId, (error as Error).message]),
      },
    );
    expect(messages.map(({ fate }) => fate)).toEqual([
      [{ delaySeconds: 10 }],
      [{ delaySeconds: 20 }],
      [{ delaySeconds: 40 }],
      [{ delaySeconds: 43_200 }],
      ["acknowledged"],
    ]);
    expect(failures[1]).toEqual(["failing", 2, "call_1", "no connection"]);
  });

  it("starts from the given retryDelay", async () => {
    const message = delivered(job("failing"), 3);
    await handleTasks({ messages: [message] }, { failing }, { retryDelay: 60 });
    expect(message.fate).toEqual([{ delaySeconds: 240 }]);
    expect(printed).toHaveBeenCalledWith(expect.stringContaining('task "failing" failed (delivery 3)'), expect.any(Error));
  });

  it("retries a task that takes longer than its timeout", async () => {
    const slow = tool({ parameters: z.object({}), timeout: 5, execute: () => new Promise(() => {}) });
    const message = delivered(job("slow"));
    await handleTasks({ messages: [message] }, { slow });
    expect(message.fate).toEqual([{ delaySeconds: 10 }]);
  });

  const bad: [what: string, body: unknown, reason: DeadLetter["reason"], said: RegExp][] = [
    ["a string", "hello", "not-a-task", /a string, not an object/],
    ["null", null, "not-a-task", /null/],
    ["another shape", { hello: 1 }, "not-a-task", /no task/],
    ["a task without its call", { task: "mail", args: {} }, "not-a-task", /toolCallId/],
    ["an unknown task", job("mial"), "unknown-task", /"mial"\. Known tasks: mail/],
    ["a name that every object has", job("constructor"), "unknown-task", /"constructor"/],
    ["invalid arguments", job("mail", { to: 7 }), "invalid-arguments", /\/to .*string/],
    ["missing arguments", { task: "mail", toolCallId: "call_1" }, "invalid-arguments", /arguments for mail/],
  ];
  const mail = tool({ parameters: z.object({ to: z.string() }), execute: () => expect.unreachable("it must not run") });

  it.each(bad)("passes %s to onDeadLetter, then acknowledges it", async (_, body, reason, said) => {
    const letters: DeadLetter[] = [];
    const message = delivered(body, 2);
    await handleTasks({ messages: [message] }, { mail }, { onDeadLetter: async (letter) => void letters.push(letter) });
    expect(letters).toMatchObject([{ reason, body, id: "m1", attempts: 2, message: expect.stringMatching(said) }]);
    if (reason === "invalid-arguments") expect(letters[0]?.issues?.length).toBeGreaterThan(0);
    expect(message.fate).toEqual(["acknowledged"]);
    expect(printed).not.toHaveBeenCalled();
  });

  it.each(bad)(
    "logs %s when there is no onDeadLetter, and retries it until the platform moves it to the dead-letter queue",
    async (_, body, __, said) => {
      const message = delivered(body);
      await handleTasks({ messages: [message] }, { mail });
      expect(message.fate).toEqual([{ delaySeconds: 10 }]);
      expect(printed).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(said));
    },
  );

  it("retries a dead letter when onDeadLetter fails", async () => {
    const message = delivered("hello");
    await handleTasks({ messages: [message] }, { mail }, { onDeadLetter: () => Promise.reject(new Error("storage is down")) });
    expect(message.fate).toEqual([{ delaySeconds: 10 }]);
    expect(printed).toHaveBeenCalledOnce();
  });

  it("retries a failed task even when onTaskError throws", async () => {
    const message = delivered(job("failing"));
    const onTaskError = () => {
      throw new Error("listener");
    };
    await handleTasks({ messages: [message] }, { failing }, { onTaskError });
    expect(message.fate).toEqual([{ delaySeconds: 10 }]);
  });

  it.each([
    [{ retryDelay: -1 }, "retryDelay must be an integer between 0 and 43200 (seconds), got -1"],
    [{ retryDelay: 0.5 }, "retryDelay must be an integer between 0 and 43200 (seconds), got 0.5"],
    [{ onDeadLetter: "log" }, "onDeadLetter must be a function"],
  ])("rejects the options %j before any message is processed", async (options, message) => {
    const delivery = delivered(job("mail", { to: "a" }));
    await expect(handleTasks({ messages: [delivery] }, { mail }, options as HandleTasksOptions)).rejects.toThrow(message);
    expect(delivery.fate).toEqual([]);
  });

  it("rejects tasks without execute before any message is processed", async () => {
    const message = delivered(job("mail"));
    const call = handleTasks({ messages: [message] }, { mail: tool({ parameters: z.object({}) }) });
    await expect(call).rejects.toBeInstanceOf(ConfigurationError);
    expect(message.fate).toEqual([]);
  });
});
