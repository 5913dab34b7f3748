/**
 * Counts what one call costs a client with a stubbed fetch: promises created, and bytes allocated on the heap. Unlike times, both repeat.
 * Run with --expose-gc --min-semi-space-size=256 --max-semi-space-size=256, so that the garbage collector does not run between the two readings of the heap.
 * Arguments: client, case, and optionally who observes the calls (only cf-ai-gateway): "telemetry", "channel", or "left-channel" for subscribers
 * that have unsubscribed. Prints { promises, kilobytes } as JSON.
 */
import { createHook } from "node:async_hooks";
import { tracingChannel } from "node:diagnostics_channel";
import * as answers from "./answers.js";

const jsonHeaders = {
  "content-type": "application/json",
  "cf-aig-log-id": "01JADMCQQQBWH3NXZ5GCRN98DP",
  "cf-aig-cache-status": "MISS",
};
const streamHeaders = { ...jsonHeaders, "content-type": "text/event-stream" };
const encoder = new TextEncoder();

const jsonResponse = (body) => new Response(body, { headers: jsonHeaders });

function streamResponse(pieces) {
  let next = 0;
  const body = new ReadableStream({
    type: "bytes",
    pull(controller) {
      if (next < pieces.length) controller.enqueue(pieces[next++].slice());
      else controller.close();
    },
  });
  return new Response(body, { headers: streamHeaders });
}

const { streamEvents } = answers;
const shortStream = [...streamEvents.slice(0, 11), ...streamEvents.slice(-3)].map((event) => encoder.encode(event));
const longStream = encoder.encode(streamEvents.join(""));
const longPieces = [];
for (let at = 0; at < longStream.length; at += 16 * 1024) longPieces.push(longStream.subarray(at, at + 16 * 1024));

const loopResponses = Array.from({ length: 6 }, (_, turn) => answers.loopAnswer(turn));

const toolRole = '"role":"tool"';

/** What is called, how often for a reading, and what the stubbed fetch responds. */
const cases = {
  chat: { needs: "chat", calls: 200, respond: () => jsonResponse(answers.chat) },
  loop: {
    needs: "loop",
    calls: 60,
    respond(init) {
      // By position, since a search through copies would count as the client's.
      let results = 0;
      for (let at = init.body.indexOf(toolRole); at >= 0; at = init.body.indexOf(toolRole, at + 1)) results++;
      return jsonResponse(loopResponses[results / answers.toolNames.length]);
    },
  },
  output: { needs: "output", calls: 200, respond: () => jsonResponse(answers.structured) },
  "stream-10": { needs: "stream", calls: 100, respond: () => streamResponse(shortStream) },
  "stream-2000": { needs: "stream", calls: 10, respond: () => streamResponse(longPieces) },
};

const [, , clientName, caseName, observer] = process.argv;
const { needs, calls, respond } = cases[caseName];

globalThis.fetch = async (_, init) => respond(init);

const { create } = await import(`./clients/${clientName}.js`);
if (observer?.endsWith("channel")) {
  const ignore = () => {};
  const subscribers = { start: ignore, end: ignore, asyncStart: ignore, asyncEnd: ignore, error: ignore };
  for (const kind of ["chat", "turn", "tool"]) {
    const channel = tracingChannel(`cf-ai-gateway:${kind}`);
    channel.subscribe(subscribers);
    if (observer === "left-channel") channel.unsubscribe(subscribers);
  }
}
const telemetry = observer === "telemetry" ? { run: (_, work) => work(() => {}) } : undefined;
const client = create("http://127.0.0.1:1", { telemetry });
if (!(needs in client)) {
  console.log("{}");
  process.exit();
}
const call = needs === "stream" ? () => client.stream(() => {}) : () => client[needs]();

async function repeat(times) {
  for (let done = 0; done < times; done++) await call();
}

// Warm up: modules are loaded, caches filled, code compiled.
await repeat(calls * 3);

let promises = 0;
const hook = createHook({
  init(_, type) {
    if (type === "PROMISE") promises++;
  },
});
hook.enable();
await repeat(calls);
hook.disable();
await repeat(calls);

const readings = [];
for (let reading = 0; reading < 3; reading++) {
  gc();
  const before = process.memoryUsage().heapUsed;
  await repeat(calls);
  readings.push((process.memoryUsage().heapUsed - before) / calls);
}
readings.sort((a, b) => a - b);
console.log(JSON.stringify({ promises: Math.round(promises / calls), kilobytes: readings[1] / 1000 }));
process.exit();
