import { ConfigurationError, type Gateway, SpendLimitError, tool } from "cf-ai-gateway";
import { type BatchAnswer, type BatchJob, type BatchOptions, type BatchProgress, runBatch } from "cf-ai-gateway/batch";
import type { ScriptedReply, ScriptRequest } from "cf-ai-gateway/testing";
import { describe, expect, it } from "vitest";
import { useLocalGateway } from "../local-gateway.ts";

type Script = (request: ScriptRequest, n: number) => ScriptedReply | Promise<ScriptedReply>;

let script: Script;
const local = useLocalGateway({ script: (request, n) => script(request, n) });

function gatewayWith(given: Script): Gateway {
  script = given;
  return local.client();
}

const getPrompt = ({ body }: ScriptRequest): string => body.messages.at(-1).content;
const echo = (request: ScriptRequest): ScriptedReply => ({ text: getPrompt(request) });
const job = (id: string): BatchJob => ({ id, chat: { prompt: id } });
const jobs = (count: number) => Array.from({ length: count }, (_, index) => job(`job-${index}`));

async function collect(answers: AsyncIterable<BatchAnswer>): Promise<BatchAnswer[]> {
  const found: BatchAnswer[] = [];
  for await (const answer of answers) found.push(answer);
  return found;
}
const textOf = (answer: BatchAnswer) => ("result" in answer ? answer.result.text : answer.error.code);

describe("runBatch", () => {
  it("answers every job once, under its ID", async () => {
    const gateway = gatewayWith(echo);
    const answers = await collect(runBatch(gateway, jobs(20)));
    expect(answers.map(({ id }) => id).sort()).toEqual(
      jobs(20)
        .map(({ id }) => id)
        .sort(),
    );
    for (const answer of answers) expect(textOf(answer)).toBe(answer.id);
  });

  it("runs at most `concurrency` chats at once", async () => {
    let running = 0;
    let peak = 0;
    let release = () => {};
    const threeRunning = new Promise<void>((resolve) => {
      release = resolve;
    });
    const gateway = gatewayWith(async (request) => {
      peak = Math.max(peak, ++running);
      if (running === 3) release();
      await threeRunning;
      running--;
      return echo(request);
    });
    await collect(runBatch(gateway, jobs(12), { concurrency: 3 }));
    expect(peak).toBe(3);
  });

  it("reads an async iterable only as fast as jobs are run", async () => {
    const gateway = gatewayWith(echo);
    let read = 0;
    async function* endless() {
      for (;;) yield job(`job-${read++}`);
    }
    let answered = 0;
    for await (const _ of runBatch(gateway, endless(), { concurrency: 2 })) if (++answered === 10) break;
    expect(read).toBeLessThanOrEqual(10 + 2 + 1);
  });

  it("yields a failed chat as an answer with its error, and continues", async () => {
    const gateway = gatewayWith((request) => (getPrompt(request) === "job-1" ? { error: { status: 400 } } : echo(request)));
    const answers = await collect(runBatch(gateway, jobs(3), { concurrency: 1 }));
    expect(answers.map(textOf)).toEqual(["job-0", "bad-request", "job-2"]);
  });

  it("makes every worker wait when one of them hits a rate limit, and retries the rejected job afterwards", async () => {
    const refused = new Set<string>();
    let limitedAt = 0;
    const startsAfterLimit: number[] = [];
    const gateway = gatewayWith((request) => {
      const prompt = getPrompt(request);
      if (prompt === "job-2" && !refused.has(prompt)) {
        refused.add(prompt);
        limitedAt = performance.now();
        return { status: 429, headers: { "retry-after-ms": "60" }, body: '{"error":{"message":"Rate limit reached"}}' };
      }
      if (limitedAt > 0) startsAfterLimit.push(performance.now() - limitedAt);
      return echo(request);
    });
    const answers = await collect(runBatch(gateway, jobs(8), { concurrency: 1 }));
    expect(answers.map(textOf).sort()).toEqual(
      jobs(8)
        .map(({ id }) => id)
        .sort(),
    );
    expect(Math.min(...startsAfterLimit)).toBeGreaterThanOrEqual(55);
  });

  it("reports progress after each answer", async () => {
    const gateway = gatewayWith((request) =>
      getPrompt(request) === "job-0"
        ? { error: { status: 400 } }
        : { text: "Hi", usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } },
    );
    const progress: BatchProgress[] = [];
    await collect(runBatch(gateway, jobs(3), { concurrency: 1, onProgress: (each) => progress.push(each) }));
    expect(progress.map(({ done, failed, total, tokens }) => ({ done, failed, total, tokens }))).toEqual([
      { done: 1, failed: 1, total: 3, tokens: 0 },
      { done: 2, failed: 1, total: 3, tokens: 5 },
      { done: 3, failed: 1, total: 3, tokens: 10 },
    ]);
  });

  it("starts no job once maxCost is reached, yields what was running, and then throws a SpendLimitError", async () => {
    const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5, cost: 0.4 };
    const gateway = gatewayWith(() => ({ text: "Hi", usage }));
    const answers: BatchAnswer[] = [];
    const error = await (async () => {
      for await (const answer of runBatch(gateway, jobs(10), { concurrency: 1, maxCost: 1 })) answers.push(answer);
    })().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SpendLimitError);
    expect((error as Error).message).toMatch(/The batch has cost \$1\.2000, which reaches maxCost \(\$1\); 3 jobs are done/);
    expect(answers).toHaveLength(3);
  });

  it("aborts running chats and rejects with its signal's reason", async () => {
    const controller = new AbortController();
    const gateway = gatewayWith(() => {
      controller.abort("enough");
      return new Promise(() => {});
    });
    await expect(collect(runBatch(gateway, jobs(3), { signal: controller.signal }))).rejects.toBe("enough");
  });

  it("rejects a repeated ID, a missing ID, and invalid options", async () => {
    const gateway = gatewayWith(echo);
    await expect(collect(runBatch(gateway, [job("a"), job("a")]))).rejects.toThrow(
      'job.id must be unique within the batch, but "a" is repeated',
    );
    await expect(collect(runBatch(gateway, [{ chat: { prompt: "Hi" } } as BatchJob]))).rejects.toThrow(
      "job.id must be a non-empty string",
    );
  });

  it.each([
    [{ concurrency: 0 }, "concurrency must be an integer above 0, got 0"],
    [{ concurency: 2 }, "concurency is not an option of runBatch"],
    [{ maxCost: Number.NaN }, "maxCost must be a number of US dollars above 0, got NaN"],
    [{ signal: new AbortController() }, "signal must be an AbortSignal, got object"],
    [{ onProgress: "log" }, "onProgress must be a function, got string"],
    [null, "options must be an object, got null"],
  ])("rejects the options %j", async (options, message) => {
    const batch = collect(runBatch(gatewayWith(echo), jobs(1), options as BatchOptions));
    await expect(batch).rejects.toThrow(message);
    await expect(batch).rejects.toBeInstanceOf(ConfigurationError);
  });

  it("yields a job with an invalid signal as a failed answer, and runs the others", async () => {
    const wrong: BatchJob = { id: "wrong", chat: { prompt: "x", signal: "none" as never } };
    const answers = await collect(runBatch(gatewayWith(echo), [wrong, job("right")]));
    expect(Object.fromEntries(answers.map((answer) => [answer.id, textOf(answer)]))).toEqual({
      wrong: "configuration",
      right: "right",
    });
  });

  it("ends although its source never yields again, when it is aborted or its consumer leaves", async () => {
    async function* source() {
      yield job("first");
      await new Promise(() => {});
    }
    const controller = new AbortController();
    const aborted = (async () => {
      for await (const _ of runBatch(gatewayWith(echo), source(), { signal: controller.signal })) controller.abort("enough");
    })();
    await expect(aborted).rejects.toBe("enough");
    for await (const _ of runBatch(gatewayWith(echo), source())) break;
  });

  it("counts the turns of a chat that a rate limit ended and that is restarted", async () => {
    const usage = { prompt_tokens: 5, completion_tokens: 5, total_tokens: 10 };
    const replies: ScriptedReply[] = [
      { toolCalls: [{ name: "look", args: {} }], usage },
      { error: { status: 429, body: { error: { message: "slow down" } } } },
      { text: "done", usage },
    ];
    const gateway = gatewayWith((_, n) => replies[n] as ScriptedReply);
    const look = tool({ parameters: { type: "object" }, execute: () => "nothing" });
    let progress: BatchProgress | undefined;
    const options: BatchOptions = { onProgress: (now) => void (progress = now) };
    await collect(runBatch(gateway, [{ id: "a", chat: { prompt: "x", tools: { look }, maxRetries: 0 } }], options));
    expect(progress).toMatchObject({ done: 1, tokens: 20 });
  });

  it("closes the source of its jobs when its consumer leaves", async () => {
    const gateway = gatewayWith(echo);
    let closed = false;
    function* source() {
      try {
        yield* jobs(100);
      } finally {
        closed = true;
      }
    }
    for await (const _ of runBatch(gateway, source(), { concurrency: 1 })) break;
    expect(closed).toBe(true);
  });
});
