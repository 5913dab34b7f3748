import { type ChatOptions, type ChatResult, type Gateway, GatewayError, tool } from "cf-ai-gateway";
import { endHangingChat } from "./hanging-hooks.ts";
import { readSlowly } from "./slow-reader.ts";
import { longText, plainText, toolResult, toolsText, toPrompt, type Workload } from "./workload.ts";

export type Way = "chat" | "stream";

/** Counts over all chats of a soak test. */
export interface Tally {
  calls: number;
  turns: number;
  toolRuns: number;
  backgroundRuns: number;
  retries: number;
  aborts: number;
  /** By code. */
  errors: Map<string, number>;
  latencies: number[];
}

/** The problem, or undefined if there was none. */
type Verdict = string | undefined;

const reason = { name: "the reason of the soak test" };

/** The error codes that each fault may cause. If there are several, it depends on how much of the response had arrived. */
const failures: Partial<Record<Workload["kind"], readonly string[]>> = {
  html: ["provider"],
  truncated: ["provider", "stream"],
  malformed: ["provider", "stream"],
  reset: ["network"],
  stall: ["timeout"],
  rejected: ["bad-request"],
};

/** Runs one chat and checks its outcome. */
export async function runWorkload(gateway: Gateway, workload: Workload, way: Way, tally: Tally): Promise<Verdict> {
  const started = performance.now();
  tally.calls++;
  const options: ChatOptions = { prompt: toPrompt(workload), onRetry: () => void tally.retries++ };
  if (workload.kind === "tools") Object.assign(options, toolsFor(workload, tally));
  // A lost connection would be retried; here it must surface.
  if (workload.kind === "reset") options.maxRetries = 0;
  if (workload.kind === "stall") options.timeout = { firstByte: 60_000, idle: 50 };
  const verdict = await getOutcome(gateway, options, workload, way, tally);
  tally.latencies.push(performance.now() - started);
  return verdict;
}

async function getOutcome(gateway: Gateway, options: ChatOptions, workload: Workload, way: Way, tally: Tally): Promise<Verdict> {
  switch (workload.kind) {
    case "abort":
      return aborted(gateway, options, workload, way, tally);
    case "hanging-hook":
      tally.aborts++;
      return endHangingChat(workload, (hanging) => run(gateway, hanging, way));
    default:
      return finished(gateway, options, workload, way, tally);
  }
}

async function finished(gateway: Gateway, options: ChatOptions, workload: Workload, way: Way, tally: Tally): Promise<Verdict> {
  try {
    if (workload.kind === "leave" && way === "stream") return await breakOut(gateway, options, workload, tally);
    const isSlow = workload.kind === "slow-reader" && way === "stream";
    const [streamedText, result] = isSlow
      ? await readSlowly(gateway, options, Number(workload.id.split("-")[1]) % 2 === 0)
      : await run(gateway, options, way);
    tally.turns += result.turns.length;
    return check(workload, streamedText, result);
  } catch (error) {
    return checkError(workload, error, tally);
  }
}

/** The text as the consumer received it, and the result. */
async function run(gateway: Gateway, options: ChatOptions, way: Way): Promise<[string, ChatResult]> {
  if (way === "chat") {
    const result = await gateway.chat(options);
    return [result.text, result];
  }
  const stream = gateway.stream(options);
  let streamedText = "";
  for await (const text of stream.text) streamedText += text;
  return [streamedText, await stream.result];
}

function check(workload: Workload, streamedText: string, result: ChatResult): Verdict {
  if (failures[workload.kind]) return `succeeded with ${JSON.stringify(result.text.slice(0, 80))}`;
  const expected =
    {
      tools: () => toolsText(workload),
      long: () => longText(workload),
      leave: () => longText(workload),
      "slow-reader": () => longText(workload),
      "slow-bytes": () => undefined,
    }[workload.kind as string] ?? (() => plainText(workload));
  const text = expected();
  // The built-in reply of the local gateway echoes the prompt.
  if (text === undefined ? !result.text.includes(workload.id) : result.text !== text)
    return `got ${JSON.stringify(result.text.slice(0, 120))}`;
  if (streamedText !== result.text)
    return `streamed ${JSON.stringify(streamedText.slice(0, 120))}, but the result has ${JSON.stringify(result.text.slice(0, 120))}`;
  if (workload.kind.startsWith("retried") && result.turns[0]?.attempts !== 2) return `took ${result.turns[0]?.attempts} attempts`;
  return undefined;
}

function checkError(workload: Workload, error: unknown, tally: Tally): Verdict {
  if (!GatewayError.is(error)) return `threw ${String(error)}`;
  tally.errors.set(error.code, (tally.errors.get(error.code) ?? 0) + 1);
  if (!failures[workload.kind]?.includes(error.code)) return `failed with ${error.name}: ${error.message}`;
  const others = (JSON.stringify(error.partial).match(/\bc\d+-\d+\b/g) ?? []).filter((id) => id !== workload.id);
  return others.length > 0 ? `its error mentions ${others[0]}` : undefined;
}

async function aborted(gateway: Gateway, options: ChatOptions, workload: Workload, way: Way, tally: Tally): Promise<Verdict> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(reason), Math.random() * 40);
  try {
    const [, result] = await run(gateway, { ...options, signal: controller.signal }, way);
    // The chat finished before the abort.
    return result.text === longText(workload) ? undefined : `got ${JSON.stringify(result.text.slice(0, 120))}`;
  } catch (error) {
    tally.aborts++;
    return error === reason ? undefined : `was aborted with ${String(error)}`;
  } finally {
    clearTimeout(timer);
  }
}

async function breakOut(gateway: Gateway, options: ChatOptions, workload: Workload, tally: Tally): Promise<Verdict> {
  const stream = gateway.stream(options);
  for await (const text of stream.text) {
    tally.aborts++;
    if (!longText(workload).startsWith(text)) return `streamed ${JSON.stringify(text)}`;
    break;
  }
  const error = await stream.result.then(
    () => "nothing",
    (thrown: unknown) => (thrown as Error).name,
  );
  return error === "AbortError" ? undefined : `was left early, but its result rejected with ${error}`;
}

function toolsFor({ id }: Workload, tally: Tally): Pick<ChatOptions, "tools" | "backgroundTasks"> {
  const parameters = { type: "object", properties: { id: { type: "string" }, n: { type: "number" } }, required: ["id"] } as const;
  const checkOwner = (args: { id: string }) => {
    if (args.id !== id) throw new Error(`This tool belongs to ${id} but was called for ${args.id}.`);
  };
  return {
    tools: {
      echo: tool({
        parameters,
        async execute(args) {
          checkOwner(args);
          tally.toolRuns++;
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
          return toolResult(args.id, args.n ?? 0);
        },
      }),
    },
    backgroundTasks: {
      note: tool({
        parameters,
        async execute(args) {
          checkOwner(args);
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
          tally.backgroundRuns++;
        },
      }),
    },
  };
}
