/**
 * Many callers at once, for a while: half of their calls go wrong in one way or another. Each must get its own answer, or the error that it
 * has coming; at the end the memory must be back at its level, and no socket and no timer be left.
 *
 *   npm run soak -- --seconds 180 --chats 500 --streams 200
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createGateway, type Gateway } from "cf-ai-gateway";
import { kinds } from "./errand.ts";
import { runErrand, type Tally, type Way } from "./run-errand.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "180" },
    chats: { type: "string", default: "500" },
    streams: { type: "string", default: "200" },
  },
});
const [seconds, chats, streams] = [Number(values.seconds), Number(values.chats), Number(values.streams)];
if (![seconds, chats, streams].every((number) => Number.isFinite(number) && number >= 0)) {
  console.error("Usage: npm run soak -- [--seconds 180] [--chats 500] [--streams 200]");
  process.exit(2);
}

/** Bytes that may be held at the end beyond what was held after the warm-up, for what a runtime keeps for itself. */
const allowedGrowth = 6 * 1024 * 1024;

const violations = new Map<string, string>();
const violated = (what: string, example: string) => {
  if (!violations.has(what)) violations.set(what, example);
};
process.on("unhandledRejection", (error) => violated("an unhandled rejection", String(error)));
process.on("warning", (warning) => violated(`a warning of the runtime: ${warning.name}`, warning.message));

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const server = fork(fileURLToPath(new URL("./server.ts", import.meta.url)), { execArgv: process.execArgv });
const [url] = (await once(server, "message")) as [string];
/**
 * Node's fetch, without two ways to lose a connection that are nobody's fault: one that lies idle is closed after a second, well before the
 * server closes it in the moment in which it is used again, and there are never more than a listening socket holds in its queue (511).
 */
async function patientFetch(): Promise<(url: string, init: RequestInit) => Promise<Response>> {
  await fetch(url).then((response) => response.text());
  const { constructor: Agent } = (globalThis as Record<symbol, unknown>)[Symbol.for("undici.globalDispatcher.1")] as {
    constructor: new (options: object) => unknown;
  };
  const dispatcher = new Agent({ keepAliveMaxTimeout: 1000, connections: 500 });
  return (address, init) => fetch(address, Object.assign(init, { dispatcher }));
}

const gateway: Gateway = createGateway({
  fetch: await patientFetch(),
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

/** All callers, each making one call after the other until the time is over. */
async function run(forSeconds: number, tally: Tally): Promise<void> {
  const end = performance.now() + forSeconds * 1000;
  const callers = Array.from({ length: chats + streams }, async (_, caller) => {
    const way: Way = caller < chats ? "chat" : "stream";
    for (let call = 0; performance.now() < end; call++) {
      const kind = kinds[(caller + call) % kinds.length] ?? "plain";
      const id = `c${caller}-${ids++}`;
      const verdict = await runErrand(gateway, { id, kind }, way, tally);
      if (verdict !== undefined) violated(`${way} (${kind})`, `${id} ${verdict}`);
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

/** Connections are kept a few seconds to be used again; until they are gone, at most so long. */
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
const left = { sockets: sockets(), timers: timers() };
await connectionsGone();
const latencies = tally.latencies.sort((a, b) => a - b);
const at = (part: number) => `${(latencies[Math.floor(latencies.length * part)] ?? 0).toFixed(0)} ms`;
const quantiles = `${at(0.5)}, ${at(0.95)}, ${at(0.99)}`;
tally.latencies = [];
latencies.length = 0;
const after = heap();

if (sockets() > 0) violated("sockets that stay open", `${sockets()}`);
if (timers() > 0) violated("timers that stay", `${timers()}`);
if (after - before > allowedGrowth) violated("memory that is not given back", `${mb(after - before)}`);
const toolRuns = tally.toolRuns / 3;
if (tally.backgroundRuns !== toolRuns) violated("background tasks lost", `${tally.backgroundRuns} of ${toolRuns} ran`);
if (tally.calls < chats + streams) violated("callers that never called", `${tally.calls} calls`);

function mb(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
const figures: [string, string][] = [
  ["calls", `${tally.calls} in ${took.toFixed(1)} s (${(tally.calls / took).toFixed(0)} a second)`],
  ["turns kept", `${tally.turns}`],
  ["tools run", `${tally.toolRuns}, and ${tally.backgroundRuns} in the background`],
  ["retries", `${tally.retries}`],
  ["aborted or left early", `${tally.aborts}`],
  [
    "errors, all due",
    [...tally.errors]
      .sort()
      .map(([code, count]) => `${code} ${count}`)
      .join(", "),
  ],
  ["time of a call", `${quantiles} (half, 95 and 99 of 100; stalls and waits included)`],
  ["heap", `${mb(before)} before, ${mb(after)} after`],
  ["memory at its highest", mb(peak)],
  ["open at the end", `${left.sockets} sockets and ${left.timers} timers; then ${sockets()} and ${timers()}`],
];
for (const [name, figure] of figures) console.log(`${name.padEnd(22)} ${figure}`);

server.disconnect();
await once(server, "exit");
if (violations.size > 0) {
  console.error(`\n${violations.size} violations:`);
  for (const [what, example] of violations) console.error(`- ${what}: ${example}`);
  process.exitCode = 1;
}
