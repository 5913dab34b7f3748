import { ConfigurationError, type GatewayConfig, type TaskDispatcher, tool } from "cf-ai-gateway";
import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { transcriptProblems } from "../chat/turn-loop/transcript.ts";
import { ask, modes, useLocalGateway } from "../local-gateway.ts";

const local = useLocalGateway();
const anything = z.object({}).loose();
afterEach(() => vi.restoreAllMocks());

/** A task that runs until `end` is called. */
function pending() {
  const seen = { started: 0, aborted: false };
  let end: (value: unknown) => void = () => {};
  const ended = new Promise((resolve) => {
    end = resolve;
  });
  const task = tool({
    parameters: anything,
    execute: (_, { signal }) => {
      seen.started++;
      signal.addEventListener("abort", () => {
        seen.aborted = true;
      });
      return ended;
    },
  });
  return { task, end, seen };
}
const note = (text?: string) => ({
  ...(text === undefined ? {} : { text }),
  toolCalls: [{ name: "note", args: { what: "it" } }],
});

describe.each(modes)("background tasks, with %s", (mode) => {
  it('start without delaying the answer, and the model gets the result "started"', async () => {
    const { task, end } = pending();
    local.reply(note(), { text: "Noted." });
    const gateway = local.client();
    const result = await ask(mode, gateway, { prompt: "Note it.", backgroundTasks: { note: task } });
    expect(result).toMatchObject({ text: "Noted.", finishReason: "stop", backgroundTasks: [{ name: "note" }] });
    expect(result.turns[0]?.toolResults).toMatchObject([{ name: "note", result: "started", isError: false, background: true }]);
    expect(result.turns[0]?.toolCalls).toMatchObject([{ background: true }]);
    expect(local.sentMessages().at(-1)).toMatchObject({ role: "tool", content: "started" });
    expect(transcriptProblems(result.messages)).toEqual([]);
    end("done late");
    await expect(result.backgroundTasks[0]?.done).resolves.toBe("done late");
  });

  it("do not interrupt an answer: the texts around them are joined by a blank line", async () => {
    const { task, end } = pending();
    end(undefined);
    local.reply(note("First part."), note(), note("Second part."), { text: "The end." });
    const { text } = await ask(mode, local.client(), { prompt: "Go.", backgroundTasks: { note: task } });
    expect(text).toBe("First part.\n\nSecond part.\n\nThe end.");
  });

  it.each(["", "All noted.", '{"n":2}'])("do not interrupt structured output, when %j follows", async (last) => {
    const { task, end } = pending();
    end(undefined);
    local.reply(note('{"n":1}'), { text: last });
    const output = z.object({ n: z.number() });
    const options = { prompt: "Go.", output, outputRetries: 0, backgroundTasks: { note: task } };
    expect((await ask(mode, local.client(), options)).output).toEqual({ n: last.startsWith("{") ? 2 : 1 });
    local.reply(note('{"n":1}'), { text: "" });
    expect((await ask(mode, local.client(), { ...options, validateOutput: false })).text).toBe('{"n":1}');
  });

  it("leave the texts before a real tool call out of the answer", async () => {
    const { task, end } = pending();
    end(undefined);
    const look = tool({ parameters: anything, execute: () => "seen" });
    local.reply(
      note("I note that."),
      {
        text: "Let me look.",
        toolCalls: [
          { name: "look", args: {} },
          { name: "note", args: {} },
        ],
      },
      note("Seen."),
      { text: "Done." },
    );
    const { text } = await ask(mode, local.client(), { prompt: "Go.", tools: { look }, backgroundTasks: { note: task } });
    expect(text).toBe("Seen.\n\nDone.");
  });

  it("keep the texts when the chat ends after a turn of background calls", async () => {
    const { task, end } = pending();
    end(undefined);
    local.reply(note("One."), note("Two."));
    const result = await ask(mode, local.client(), { prompt: "Go.", backgroundTasks: { note: task }, maxTurns: 2 });
    expect(result).toMatchObject({ text: "One.\n\nTwo.", finishReason: "max-turns", backgroundTasks: [{}] });
  });

  it("contribute their text once when stopWhen ends the chat after them", async () => {
    const { task, end } = pending();
    end(undefined);
    local.reply(note("One."), note("Two."));
    const stopWhen = (turns: readonly unknown[]) => turns.length === 2;
    const result = await ask(mode, local.client(), { prompt: "Go.", backgroundTasks: { note: task }, stopWhen });
    expect(result.text).toBe("One.\n\nTwo.");
  });

  it("are in the partial result of a later request that fails, their text once", async () => {
    const { task, end } = pending();
    end(undefined);
    local.reply(note("One."), { error: { status: 400 } });
    const failed = ask(mode, local.client(), { prompt: "Go.", backgroundTasks: { note: task } });
    await expect(failed).rejects.toMatchObject({ partial: { text: "One.", backgroundTasks: [{ name: "note" }] } });
  });

  it("never fail the answer: a throw, synchronous or not, is passed to onBackgroundTaskError", async () => {
    const broken = { sync: new Error("sync"), async: new Error("async") };
    const failures: unknown[] = [];
    local.reply(
      {
        toolCalls: [
          { name: "sync", args: {} },
          { name: "async", args: {} },
        ],
      },
      { text: "Fine." },
    );
    const gateway = local.client({ onBackgroundTaskError: (failure) => void failures.push(failure) });
    const { text, backgroundTasks, turns } = await ask(mode, gateway, {
      prompt: "Go.",
      backgroundTasks: {
        sync: tool({
          parameters: anything,
          execute: () => {
            throw broken.sync;
          },
        }),
        async: tool({ parameters: anything, execute: () => Promise.reject(broken.async) }),
      },
    });
    await gateway.settled();
    const [first, second] = turns[0]?.toolCalls ?? [];
    expect(text).toBe("Fine.");
    expect(failures).toEqual([
      { name: "sync", toolCallId: first?.id, error: broken.sync },
      { name: "async", toolCallId: second?.id, error: broken.async },
    ]);
    expect(await Promise.all(backgroundTasks.map(({ done }) => done))).toEqual([undefined, undefined]);
  });

  it("have their errors reported on the console without onBackgroundTaskError, or when it throws", async () => {
    const printed = vi.spyOn(console, "error").mockImplementation(() => {});
    const fail = tool({ parameters: anything, execute: () => Promise.reject(new Error("disk full")) });
    const listeners: GatewayConfig["onBackgroundTaskError"][] = [
      undefined,
      () => {
        throw new Error("listener");
      },
      (() => Promise.reject(new Error("async listener"))) as () => void,
    ];
    for (const onBackgroundTaskError of listeners) {
      local.reply({ toolCalls: [{ name: "fail", args: {} }] }, { text: "Fine." });
      const gateway = local.client({ onBackgroundTaskError });
      await ask(mode, gateway, { prompt: "Go.", backgroundTasks: { fail } });
      await gateway.settled();
    }
    expect(printed.mock.calls.map(([, error]) => (error as Error).message)).toEqual(["disk full", "listener", "async listener"]);
    expect(printed.mock.calls[0]?.[0]).toContain('"fail"');
  });

  it("do not start with invalid arguments: the tool result says what to correct", async () => {
    let ran = 0;
    const count = tool({ parameters: z.object({ n: z.number() }), execute: () => ran++ });
    local.reply({ toolCalls: [{ name: "count", args: { n: "x" } }] }, { text: "Sorry." });
    const gateway = local.client();
    const result = await ask(mode, gateway, { prompt: "Go.", backgroundTasks: { count } });
    await gateway.settled();
    expect(ran).toBe(0);
    expect(result.backgroundTasks).toEqual([]);
    expect(result.turns[0]?.toolResults).toMatchObject([{ isError: true, background: true }]);
  });

  it("can be replaced by onToolCall, and then do not start", async () => {
    const { task, seen } = pending();
    local.reply(note(), { text: "Not noted." });
    const result = await ask(mode, local.client(), {
      prompt: "Go.",
      backgroundTasks: { note: task },
      onToolCall: ({ background }) => ({ result: background ? "not allowed" : "?" }),
    });
    expect(seen.started).toBe(0);
    expect(result.backgroundTasks).toEqual([]);
    expect(result.turns[0]?.toolResults).toMatchObject([{ result: "not allowed", background: true }]);
  });

  it("outlive an abort of the chat that started them", async () => {
    const { task, end, seen } = pending();
    const controller = new AbortController();
    local.reply(note());
    const gateway = local.client();
    const call = ask(mode, gateway, {
      prompt: "Go.",
      backgroundTasks: { note: task },
      signal: controller.signal,
      onTurn: () => controller.abort(new Error("left")),
    });
    await expect(call).rejects.toThrow("left");
    end("done");
    await gateway.settled();
    expect(seen).toEqual({ started: 1, aborted: false });
  });

  it("have their own timeout, not the chat's", async () => {
    const failures: string[] = [];
    const own = tool({ parameters: anything, timeout: 5, execute: () => new Promise(() => {}) });
    const { task, end } = pending();
    local.reply(
      {
        toolCalls: [
          { name: "own", args: {} },
          { name: "note", args: {} },
        ],
      },
      { text: "Fine." },
    );
    const gateway = local.client({
      toolTimeout: 1,
      onBackgroundTaskError: ({ name, error }) => void failures.push(`${name}: ${(error as Error).message}`),
    });
    const { backgroundTasks } = await ask(mode, gateway, { prompt: "Go.", backgroundTasks: { own, note: task } });
    await backgroundTasks[0]?.done;
    end("took its time");
    await expect(backgroundTasks[1]?.done).resolves.toBe("took its time");
    expect(failures).toEqual(["own: it took longer than 5 ms"]);
  });

  it("are passed to waitUntil, which keeps the platform alive and cannot fail the answer", async () => {
    const { task, end } = pending();
    const kept: Promise<unknown>[] = [];
    local.reply(note(), { text: "Noted." });
    await ask(mode, local.client({ waitUntil: (promise) => void kept.push(promise) }), {
      prompt: "Go.",
      backgroundTasks: { note: task },
    });
    end("done");
    expect(await Promise.all(kept)).toEqual(["done"]);

    const over = new TypeError("the request is over");
    for (const waitUntil of [
      () => {
        throw over;
      },
      () => Promise.reject(over),
    ]) {
      const failures: unknown[] = [];
      local.reply(note(), { text: "Noted." });
      const gateway = local.client({ waitUntil, onBackgroundTaskError: ({ error }) => void failures.push(error) });
      const { text, turns } = await ask(mode, gateway, { prompt: "Go.", backgroundTasks: { note: task } });
      await gateway.settled();
      expect(text).toBe("Noted.");
      expect(turns[0]?.toolResults).toMatchObject([{ result: "started", isError: false }]);
      expect(failures).toEqual([over]);
    }
  });

  it("are sent to a dispatcher instead of running in this process, with the arguments as the model wrote them", async () => {
    const dispatched: unknown[] = [];
    const dispatcher: TaskDispatcher = { dispatch: async (...job) => void dispatched.push(job) };
    let ran = 0;
    const plan = tool({ parameters: z.object({ on: z.iso.date().transform((text) => new Date(text)) }), execute: () => ran++ });
    const elsewhere = tool({ parameters: anything });
    local.reply(
      {
        toolCalls: [
          { name: "plan", args: { on: "2026-03-01" } },
          { name: "elsewhere", args: {} },
        ],
      },
      { text: "Planned." },
    );
    const gateway = local.client();
    const result = await ask(mode, gateway, { prompt: "Go.", backgroundTasks: { tasks: { plan, elsewhere }, dispatcher } });
    await gateway.settled();
    const [first, second] = result.turns[0]?.toolCalls ?? [];
    expect(dispatched).toEqual([
      ["plan", { on: "2026-03-01" }, { toolCallId: first?.id }],
      ["elsewhere", {}, { toolCallId: second?.id }],
    ]);
    expect(ran).toBe(0);
    expect(await Promise.all(result.backgroundTasks.map(({ done }) => done))).toEqual([undefined, undefined]);
  });

  it("are reported like any failure when they can't be dispatched", async () => {
    const failures: unknown[] = [];
    const dispatcher = { dispatch: () => Promise.reject(new Error("queue is full")) };
    local.reply(note(), { text: "Fine." });
    const gateway = local.client({
      onBackgroundTaskError: ({ name, error }) => void failures.push([name, (error as Error).message]),
    });
    const { text } = await ask(mode, gateway, {
      prompt: "Go.",
      backgroundTasks: { tasks: { note: pending().task }, dispatcher },
    });
    await gateway.settled();
    expect(text).toBe("Fine.");
    expect(failures).toEqual([["note", "queue is full"]]);
  });

  it.each([
    [
      "a name that a tool has as well",
      { tools: { note: pending().task }, backgroundTasks: { note: pending().task } },
      "backgroundTasks.note",
    ],
    [
      "such a name behind a dispatcher",
      {
        tools: { note: pending().task },
        backgroundTasks: { tasks: { note: pending().task }, dispatcher: { dispatch: async () => {} } },
      },
      "backgroundTasks.note",
    ],
    [
      "a task with neither execute nor a dispatcher",
      { backgroundTasks: { note: tool({ parameters: anything }) } },
      "backgroundTasks.note",
    ],
    [
      "a dispatcher that cannot dispatch",
      { backgroundTasks: { tasks: {}, dispatcher: {} as TaskDispatcher } },
      "backgroundTasks.dispatcher",
    ],
  ])("reject %s before anything is sent", async (_, options, option) => {
    const error = await ask(mode, local.client(), { prompt: "Go.", ...options }).catch((caught) => caught);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.issues).toMatchObject([{ option }]);
    expect(local.requests).toEqual([]);
  });
});

describe("a stream with background tasks", () => {
  it("is not delayed by a task that blocks: its events are emitted before the task runs", async () => {
    const log: string[] = [];
    const busy = tool({ parameters: anything, execute: () => void log.push("task") });
    local.reply({ text: "Noted.", toolCalls: [{ name: "busy", args: {} }] }, { text: "Done." });
    const gateway = local.client();
    for await (const event of gateway.stream({ prompt: "Go.", backgroundTasks: { busy } })) log.push(event.type);
    await gateway.settled();
    expect(log.indexOf("task")).toBeGreaterThan(log.indexOf("turn-end"));
    expect(log.filter((entry) => !entry.includes("-delta"))).toEqual(
      expect.arrayContaining(["tool-call-start", "tool-call", "background-task", "tool-result", "turn-end", "finish"]),
    );
  });

  it("emits each started task, with its arguments, before its result", async () => {
    const { task, end } = pending();
    end(undefined);
    local.reply(note(), { text: "Done." });
    const events: unknown[] = [];
    const stream = local.client().stream({ prompt: "Go.", backgroundTasks: { note: task } });
    for await (const event of stream) {
      if (event.type === "background-task" || event.type === "tool-result") events.push(event);
    }
    const { backgroundTasks } = await stream.result;
    expect(events).toMatchObject([
      { type: "background-task", id: backgroundTasks[0]?.toolCallId, name: "note", args: { what: "it" } },
      { type: "tool-result", name: "note", result: "started", background: true },
    ]);
  });

  it("keeps earlier texts in the partial result when it is cut off, as result.text would", async () => {
    const { task, end } = pending();
    end(undefined);
    const half = { choices: [{ index: 0, delta: { content: "Half an" } }] };
    local.reply(note("One."), { status: 200, body: `data: ${JSON.stringify(half)}\n\n` });
    const { result } = local.client().stream({ prompt: "Go.", backgroundTasks: { note: task } });
    await expect(result).rejects.toMatchObject({ name: "StreamError", partial: { text: "One.\n\nHalf an" } });
  });
});

describe("a stream whose background task was replaced by onToolCall", () => {
  it("emits the result, and no background-task event", async () => {
    local.reply(note(), { text: "Not noted." });
    const types: string[] = [];
    const options = { prompt: "Go.", backgroundTasks: { note: pending().task }, onToolCall: () => ({ result: "cached" }) };
    for await (const { type } of local.client().stream(options)) types.push(type);
    expect(types).toContain("tool-result");
    expect(types).not.toContain("background-task");
  });
});

describe("a gateway with background tasks", () => {
  it("settles when every task has ended, including those of gateways created by with()", async () => {
    const first = pending();
    const second = pending();
    const parent = local.client();
    local.reply(note(), { text: "One." }, note(), { text: "Two." });
    await parent.chat({ prompt: "Go.", backgroundTasks: { note: first.task } });
    await parent.with({ temperature: 0 }).chat({ prompt: "Go.", backgroundTasks: { note: second.task } });
    let settled = false;
    const waiting = parent.settled().then(() => {
      settled = true;
    });
    first.end(1);
    await new Promise(setImmediate);
    expect(settled).toBe(false);
    second.end(2);
    await waiting;
    expect(settled).toBe(true);
  });

  it("settles immediately without tasks, and after its timeout with tasks that never end", async () => {
    const gateway = local.client();
    await gateway.settled();
    local.reply(note(), { text: "Noted." });
    const { task, seen } = pending();
    await gateway.chat({ prompt: "Go.", backgroundTasks: { note: task } });
    await gateway.settled({ timeout: 20 });
    expect(seen.started).toBe(1);
  });

  it.each([
    ["resolve, and stop waiting, without abort", false],
    ["abort as well with abort: true", true],
  ])(
    "stops waiting for tasks that are still running when settled({ timeout }) expires: they are reported, and %s",
    async (_, abort) => {
      const failures: { name: string; error: unknown }[] = [];
      const { task, end, seen } = pending();
      local.reply(note(), { text: "Noted." });
      const gateway = local.client({ onBackgroundTaskError: (failure) => void failures.push(failure) });
      const { backgroundTasks } = await gateway.chat({ prompt: "Go.", backgroundTasks: { note: task } });
      await gateway.settled({ timeout: 20, abort });
      expect(await backgroundTasks[0]?.done).toBeUndefined();
      expect(failures).toMatchObject([{ name: "note", error: { message: "the background task did not end within 20 ms" } }]);
      expect(seen).toEqual({ started: 1, aborted: abort });
      end("late");
      await gateway.settled();
      expect(failures).toHaveLength(1);
    },
  );

  it("keeps the platform alive for a task that settled({ timeout }) stopped waiting for", async () => {
    const kept: Promise<unknown>[] = [];
    const { task, end } = pending();
    local.reply(note(), { text: "Noted." });
    const gateway = local.client({ waitUntil: (promise) => void kept.push(promise), onBackgroundTaskError: () => {} });
    await gateway.chat({ prompt: "Go.", backgroundTasks: { note: task } });
    await gateway.settled({ timeout: 5 });
    end("late");
    expect(await Promise.all(kept)).toEqual(["late"]);
  });

  it("gives tasks that start after an abort a new signal", async () => {
    const first = pending();
    const second = pending();
    const gateway = local.client({ onBackgroundTaskError: () => {} });
    local.reply(note(), { text: "One." }, note(), { text: "Two." });
    await gateway.chat({ prompt: "Go.", backgroundTasks: { note: first.task } });
    await gateway.settled({ timeout: 1, abort: true });
    await gateway.chat({ prompt: "Go.", backgroundTasks: { note: second.task } });
    second.end("done");
    await gateway.settled();
    expect(second.seen).toEqual({ started: 1, aborted: false });
  });

  it("waits for its tasks at the end of an await using block", async () => {
    const log: string[] = [];
    let end: () => void = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const slow = tool({
      parameters: anything,
      execute: async () => {
        await ended;
        log.push("task");
      },
    });
    local.reply({ toolCalls: [{ name: "slow", args: {} }] }, { text: "Noted." });
    {
      await using gateway = local.client();
      await gateway.chat({ prompt: "Go.", backgroundTasks: { slow } });
      log.push("end of block");
      setImmediate(end);
    }
    log.push("after");
    expect(log).toEqual(["end of block", "task", "after"]);
  });
});
