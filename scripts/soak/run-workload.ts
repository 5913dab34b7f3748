import { type ChatOptions, type ChatResult, type Gateway, GatewayError, tool } from "cf-ai-gateway";
import { type Errand, longText, plainText, promptOf, toolResult, toolsText } from "./errand.ts";

export type Way = "chat" | "stream";

/** What the calls of a soak add up to. */
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

/** What went otherwise than it should; undefined when all is well. */
type Verdict = string | undefined;

const reason = { name: "the soak's own reason" };

/** The errors that each fault must become; of several, which one is a matter of how far the answer had come. */
const failures: Partial<Record<Errand["kind"], readonly string[]>> = {
  html: ["provider"],
  truncated: ["provider", "stream"],
  malformed: ["provider", "stream"],
  reset: ["network"],
  stall: ["timeout"],
  refused: ["bad-request"],
};

/** Makes one call and holds its outcome against what it must be. */
export async function runErrand(gateway: Gateway, errand: Errand, way: Way, tally: Tally): Promise<Verdict> {
  const started = performance.now();
  tally.calls++;
  const options: ChatOptions = { prompt: promptOf(errand), onRetry: () => void tally.retries++ };
  if (errand.kind === "tools") Object.assign(options, toolsFor(errand, tally));
  // A lost connection is tried again; here it must come to light.
  if (errand.kind === "reset") options.maxRetries = 0;
  if (errand.kind === "stall") options.timeout = { firstByte: 60_000, idle: 50 };
  const verdict = await (errand.kind === "abort"
    ? aborted(gateway, options, errand, way, tally)
    : finished(gateway, options, errand, way, tally));
  tally.latencies.push(performance.now() - started);
  return verdict;
}

async function finished(gateway: Gateway, options: ChatOptions, errand: Errand, way: Way, tally: Tally): Promise<Verdict> {
  try {
    if (errand.kind === "leave" && way === "stream") return await left(gateway, options, errand, tally);
    const [told, result] = await ask(gateway, options, way);
    tally.turns += result.turns.length;
    return judge(errand, told, result);
  } catch (error) {
    return judgeError(errand, error, tally);
  }
}

/** The text as its reader saw it, and the result. */
async function ask(gateway: Gateway, options: ChatOptions, way: Way): Promise<[string, ChatResult]> {
  if (way === "chat") {
    const result = await gateway.chat(options);
    return [result.text, result];
  }
  const stream = gateway.stream(options);
  let told = "";
  for await (const text of stream.text) told += text;
  return [told, await stream.result];
}

function judge(errand: Errand, told: string, result: ChatResult): Verdict {
  if (failures[errand.kind]) return `succeeded with ${JSON.stringify(result.text.slice(0, 80))}`;
  const expected =
    {
      tools: () => toolsText(errand),
      long: () => longText(errand),
      leave: () => longText(errand),
      "slow-bytes": () => undefined,
    }[errand.kind as string] ?? (() => plainText(errand));
  const text = expected();
  // What the built-in model says by itself quotes the prompt.
  if (text === undefined ? !result.text.includes(errand.id) : result.text !== text)
    return `got ${JSON.stringify(result.text.slice(0, 120))}`;
  if (told !== result.text)
    return `was told ${JSON.stringify(told.slice(0, 120))}, and got ${JSON.stringify(result.text.slice(0, 120))}`;
  if (errand.kind.startsWith("retried") && result.turns[0]?.attempts !== 2) return `took ${result.turns[0]?.attempts} attempts`;
  return undefined;
}

function judgeError(errand: Errand, error: unknown, tally: Tally): Verdict {
  if (!GatewayError.is(error)) return `threw ${String(error)}`;
  tally.errors.set(error.code, (tally.errors.get(error.code) ?? 0) + 1);
  if (!failures[errand.kind]?.includes(error.code)) return `failed with ${error.name}: ${error.message}`;
  const others = (JSON.stringify(error.partial).match(/\bc\d+-\d+\b/g) ?? []).filter((id) => id !== errand.id);
  return others.length > 0 ? `its error tells of ${others[0]}` : undefined;
}

async function aborted(gateway: Gateway, options: ChatOptions, errand: Errand, way: Way, tally: Tally): Promise<Verdict> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(reason), Math.random() * 40);
  try {
    const [, result] = await ask(gateway, { ...options, signal: controller.signal }, way);
    // It was quicker than the abort.
    return result.text === longText(errand) ? undefined : `got ${JSON.stringify(result.text.slice(0, 120))}`;
  } catch (error) {
    tally.aborts++;
    return error === reason ? undefined : `was aborted with ${String(error)}`;
  } finally {
    clearTimeout(timer);
  }
}

async function left(gateway: Gateway, options: ChatOptions, errand: Errand, tally: Tally): Promise<Verdict> {
  const stream = gateway.stream(options);
  for await (const text of stream.text) {
    tally.aborts++;
    if (!longText(errand).startsWith(text)) return `was told ${JSON.stringify(text)}`;
    break;
  }
  const error = await stream.result.then(
    () => "nothing",
    (thrown: unknown) => (thrown as Error).name,
  );
  return error === "AbortError" ? undefined : `was left, and its result rejected with ${error}`;
}

function toolsFor({ id }: Errand, tally: Tally): Pick<ChatOptions, "tools" | "backgroundTasks"> {
  const parameters = { type: "object", properties: { id: { type: "string" }, n: { type: "number" } }, required: ["id"] } as const;
  const mine = (args: { id: string }) => {
    if (args.id !== id) throw new Error(`This tool belongs to ${id}, and was called for ${args.id}.`);
  };
  return {
    tools: {
      echo: tool({
        parameters,
        async execute(args) {
          mine(args);
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
          mine(args);
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
          tally.backgroundRuns++;
        },
      }),
    },
  };
}
