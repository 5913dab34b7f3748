import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createGateway, type Gateway } from "cf-ai-gateway";
import { exitWithUsageError, readArguments } from "../command-line.ts";
import { runWorkload, type Tally, type Way } from "./run-workload.ts";
import { kinds } from "./workload.ts";

const usage = `
Usage: npm run soak [-- --seconds <n>] [--chats <n>] [--streams <n>]

Runs many chats concurrently against the local gateway; half of them fail in some way, are aborted, wait for hooks that never
settle, or are read slowly. Each must get its own completion or the error its fault causes. At the end, memory must be back at its initial
level, with no open sockets and no pending timers.

  --seconds <n>   duration after the warm-up (default 180)
  --chats <n>     concurrent calls of chat() (default 500)
  --streams <n>   concurrent calls of stream() (default 200)
`;

const { values } = readArguments(usage, {
  seconds: { type: "string", default: "180" },
  chats: { type: "string", default: "500" },
  streams: { type: "string", default: "200" },
});

function parseNumber(option: "seconds" | "chats" | "streams"): number {
  const number = Number(values[option]);
  if (!Number.isFinite(number) || number < 0) exitWithUsageError(`--${option} must be a number, got "${values[option]}"`);
  return number;
}
const seconds = parseNumber("seconds");
const chats = parseNumber("chats");
const streams = parseNumber("streams");

/** Heap growth in bytes after the warm-up that is attributed to the runtime's caches. */
const allowedGrowth = 6 * 1024 * 1024;

const violations = new Map<string, string>();
const report = (what: string, example: string) => {
  if (!violations.has(what)) violations.set(what, example);
};
process.on("unhandledRejection", (error) => report("unhandled rejection", String(error)));
process.on("warning", (warning) => report(`runtime warning: ${warning.name}`, warning.message));

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const server = fork(fileURLToPath(new URL("./server.ts", import.meta.url)), { execArgv: process.execArgv });
const [url] = (await once(server, "message")) as [string];
/**
 * Node's fetch, configured so that no connection is lost by accident: an idle one is closed after a second, before the server could close it
 * while it is being reused, and there are never more connections than a listening socket's backlog (511).
 */
async function createFetchWithAgent(): Promise<(url: string, init: RequestInit) => Promise<Response>> {
  await fetch(url).then((response) => response.text());
  const { constructor: Agent } = (globalThis as Record<symbol, unknown>)[Symbol.for("undici.globalDispatcher.1")] as {
    constructor: new (options: object) => unknown;
  };
  const dispatcher = new Agent({ keepAliveMaxTimeout: 1000, connections: 500 });
  return (address, init) => fetch(address, Object.assign(init, { dispatcher }));
}

const gateway: Gateway = createGateway({
  fetch: await createFetchWithAgent(),
  baseUrl: url,
  accountId: "soak",
  gatewayId: "soak",
  gatewayToken: "test-token",
  provider: "openai",
  model: "gpt-4o-mini",
  gateway: { collectLog: false },
});

const newTally = (): Tally => ({
  calls: 0,
  turns: 0,
  toolRuns: 0,
  backgroundRuns: 0,
  retries: 0,
  aborts: 0,
  errors: new Map(),
  latencies: [],
});

/** Runs all callers; each runs one chat after another until the time is up. */
async function run(forSeconds: number, tally: Tally): Promise<void> {
  const end = performance.now() + forSeconds * 1000;
  const callers = Array.from({ length: chats + streams }, async (_, caller) => {
    const way: Way = caller < chats ? "chat" : "stream";
    for (let call = 0; performance.now() < end; call++) {
      const kind = kinds[(caller + call) % kinds.length] ?? "plain";
      const id = `c${caller}-${ids++}`;
      const verdict = await runWorkload(gateway, { id, kind }, way, tally);
      if (verdict !== undefined) report(`${way} (${kind})`, `${id} ${verdict}`);
    }
  });
  await Promise.all(callers);
  await gateway.settled();
}
let ids = 0;

const heap = () => {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
};
const open = (kind: string) => process.getActiveResourcesInfo().filter((resource) => resource === kind).length;
const sockets = () => open("TCPSocketWrap");
const timers = () => open("Timeout");

/** Waits for idle connections to close, at most 20 seconds. */
async function connectionsGone(): Promise<void> {
  for (let waited = 0; sockets() > 0 && waited < 20_000; waited += 100) await new Promise((resolve) => setTimeout(resolve, 100));
}

const warmUp = Math.min(20, Math.max(2, seconds / 4));
console.log(`${chats} chats and ${streams} streams at once: ${warmUp} s to warm up, then ${seconds} s.`);
await run(warmUp, newTally());
await connectionsGone();
const before = heap();

const tally = newTally();
let peak = 0;
const watch = setInterval(() => void (peak = Math.max(peak, process.memoryUsage().rss)), 250);
const started = performance.now();
await run(seconds, tally);
const took = (performance.now() - started) / 1000;
clearInterval(watch);
const stillOpen = { sockets: sockets(), timers: timers() };
await connectionsGone();
const latencies = tally.latencies.sort((a, b) => a - b);
const at = (part: number) => `${(latencies[Math.floor(latencies.length * part)] ?? 0).toFixed(0)} ms`;
const quantiles = `${at(0.5)}, ${at(0.95)}, ${at(0.99)}`;
tally.latencies = [];
latencies.length = 0;
const after = heap();

if (sockets() > 0) report("open sockets", `${sockets()}`);
if (timers() > 0) report("pending timers", `${timers()}`);
if (after - before > allowedGrowth) report("memory growth", `${mb(after - before)}`);
const toolRuns = tally.toolRuns / 3;
if (tally.backgroundRuns !== toolRuns) report("lost background tasks", `${tally.backgroundRuns} of ${toolRuns} ran`);
if (tally.calls < chats + streams) report("callers without a call", `${tally.calls} calls`);

function mb(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
const figures: [string, string][] = [
  ["chats", `${tally.calls} in ${took.toFixed(1)} s (${(tally.calls / took).toFixed(0)} a second)`],
  ["turns", `${tally.turns}`],
  ["tool calls", `${tally.toolRuns}, and ${tally.backgroundRuns} background tasks`],
  ["retries", `${tally.retries}`],
  ["aborted or left early", `${tally.aborts}`],
  [
    "expected errors",
    [...tally.errors]
      .sort()
      .map(([code, count]) => `${code} ${count}`)
      .join(", "),
  ],
  ["latency", `${quantiles} (median, p95, p99; stalls and retries included)`],
  ["heap", `${mb(before)} before, ${mb(after)} after`],
  ["peak memory", mb(peak)],
  ["open at the end", `${stillOpen.sockets} sockets and ${stillOpen.timers} timers; then ${sockets()} and ${timers()}`],
];
for (const [name, figure] of figures) console.log(`${name.padEnd(22)} ${figure}`);

server.disconnect();
await once(server, "exit");
if (violations.size > 0) {
  console.error(`\n${violations.size} violations:`);
  for (const [what, example] of violations) console.error(`- ${what}: ${example}`);
  process.exitCode = 1;
}
