import { readFile } from "node:fs/promises";
import { http, passthrough } from "msw";
import { setupServer } from "msw/node";
import { createGateway, type GatewayConfig } from "../src/index.ts";
import { createFrameReader } from "../src/stream/sse.ts";
import { specVersion } from "./check-fixtures.ts";
import type { FixtureFiles, FixtureMeta } from "./fixture-files.ts";
import { createRedaction } from "./fixture-redaction.ts";
import { ask, optionsOf, replayWith } from "./fixture-replay.ts";
import { type Known, secretsIn } from "./fixture-secrets.ts";

export interface Recording {
  /** Of the fixture, without the provider's folder. */
  case: string;
  scenario: string;
  stream: boolean;
  provider: string;
  model: string;
  /** Chat options beside those of the scenario. */
  options?: Record<string, unknown> | undefined;
  target: "cloudflare" | "local";
}

interface Exchange {
  request: string;
  status: number;
  headers: Headers;
  pieces: { ms: number; bytes: Uint8Array }[];
}

/** Runs a scenario and makes a fixture of each exchange; the last one has the result. Nothing secret is in them, or it throws. */
export async function record(recording: Recording, config: GatewayConfig, known: Known): Promise<FixtureFiles[]> {
  const { scenario, stream, provider, model, options, target } = recording;
  const shared = {
    provenance: "recorded" as const,
    recordedAt: new Date().toISOString(),
    target,
    client: await clientVersion(),
    spec: await specVersion(),
    scenario,
    stream,
    provider,
    model,
    ...(options && Object.keys(options).length > 0 ? { options } : {}),
  };
  const exchanges = await run(shared, config);
  const name = (at: number) => `${provider}/${recording.case}${at === exchanges.length - 1 ? "" : `-before-${at + 1}`}`;
  const fixtures = exchanges.map((exchange, at) => {
    const after = at === exchanges.length - 1 ? exchanges.slice(0, -1).map((_, before) => name(before)) : [];
    return fixtureOf(name(at), exchange, { ...shared, ...(after.length > 0 ? { after } : {}) }, known);
  });
  const last = fixtures.at(-1);
  if (!last) throw new Error("Nothing was answered: see the error above.");
  const responses = fixtures.map(
    ({ body, meta }) =>
      () =>
        new Response(body.slice(), { status: meta.status, headers: meta.headers }),
  );
  last.meta.result = JSON.parse(JSON.stringify(await replayWith(last.meta, responses)));
  for (const [at, fixture] of fixtures.entries()) refuseSecrets(fixture, exchanges[at] as Exchange, known);
  return fixtures;
}

/** Asks, and listens in on what comes back. */
async function run(
  meta: Pick<FixtureMeta, "scenario" | "provider" | "model" | "stream" | "options">,
  config: GatewayConfig,
): Promise<Exchange[]> {
  const exchanges: Promise<Exchange>[] = [];
  const server = setupServer(http.all("*", () => passthrough()));
  server.events.on("response:bypass", ({ request, response }) => {
    exchanges.push(listenTo(request.clone(), response));
  });
  server.listen({ onUnhandledRequest: "error" });
  try {
    const result = await ask(createGateway(config), await optionsOf(meta as FixtureMeta), meta.stream);
    if (exchanges.length === 0 && "error" in result) throw new Error(result.error.message);
    return await Promise.all(exchanges);
  } finally {
    server.close();
  }
}

async function listenTo(request: Request, response: Response): Promise<Exchange> {
  const started = performance.now();
  const pieces: Exchange["pieces"] = [];
  const reader = response.body?.getReader();
  for (let step = await reader?.read(); step && !step.done; step = await reader?.read())
    pieces.push({ ms: Math.round(performance.now() - started), bytes: step.value });
  return { request: await request.text(), status: response.status, headers: response.headers, pieces };
}

function fixtureOf(
  name: string,
  { request, status, headers, pieces }: Exchange,
  shared: Omit<FixtureMeta, "status" | "headers" | "pieces" | "result">,
  known: Known,
): FixtureFiles {
  const bytes = new Uint8Array(Buffer.concat(pieces.map((piece) => piece.bytes)));
  const isStream = (headers.get("content-type") ?? "").includes("text/event-stream");
  const redaction = createRedaction(known, headers, [...payloadsOf(bytes, isStream), JSON.parse(request)]);
  let end = 0;
  const ends = pieces.map((piece) => (end += piece.bytes.length));
  const redacted = redaction.body(bytes, ends);
  const sizes = redacted.ends.map((at, index) => at - (redacted.ends[index - 1] ?? 0));
  const meta = JSON.parse(redaction.text(JSON.stringify(shared))) as typeof shared;
  return {
    name,
    request: JSON.parse(redaction.text(request)),
    meta: {
      ...meta,
      status,
      headers: redaction.headers(headers),
      pieces: sizes.map((size, index): [number, number] => [pieces[index]?.ms ?? 0, size]),
    },
    body: redacted.bytes,
    isStream,
  };
}

/** The JSON in a body, read leniently: it is looked through, not understood. */
function payloadsOf(bytes: Uint8Array, isStream: boolean): unknown[] {
  const text = new TextDecoder().decode(bytes);
  const payloads: unknown[] = [];
  if (isStream) {
    const reader = createFrameReader((frame) => {
      if (frame.kind === "chunk" || frame.kind === "error") payloads.push(frame.value);
    });
    reader.push(text);
    reader.end();
  } else {
    try {
      payloads.push(JSON.parse(text));
    } catch {
      // A page, or nothing: only patterns find secrets in it.
    }
  }
  return payloads;
}

/** The last look, at what is to be written and at what its pieces say together. */
function refuseSecrets({ name, request, meta, body }: FixtureFiles, { headers, pieces }: Exchange, known: Known): void {
  const original = new Uint8Array(Buffer.concat(pieces.map((piece) => piece.bytes)));
  const isStream = (headers.get("content-type") ?? "").includes("text/event-stream");
  const { secrets } = createRedaction(known, headers, payloadsOf(original, isStream));
  const files = [JSON.stringify(request), JSON.stringify(meta), new TextDecoder().decode(body)];
  const left = files.flatMap((text) => secretsIn(text, secrets));
  if (left.length > 0)
    throw new Error(`${name} was not written: the answer spells out a secret (${[...new Set(left)].join(", ")}).`);
}

export async function clientVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8")) as { version: string };
  return version;
}
