import { ConfigurationError } from "../errors/errors.ts";
import type { Fetch } from "../options/connection.ts";
import { checkedRedact, functionError } from "./fixtures/checked-redact.ts";
import { type ExchangeRequest, exchangeRequest } from "./fixtures/exchange-request.ts";
import type { Fixture } from "./fixtures/fixture.ts";
import { createFixtureLibrary, type FixtureLibrary } from "./fixtures/fixture-library.ts";
import { describeMiss } from "./fixtures/fixture-store.ts";
import { recordResponse } from "./fixtures/record-response.ts";
import { resolveMode } from "./fixtures/recording-mode.ts";
import type { RecordFixturesOptions } from "./fixtures/recording-options.ts";
import { toResponse } from "./wire/to-response.ts";
import { wireReply } from "./wire/wire-reply.ts";

/**
 * A transport that records requests and responses to fixture files and replays them: tests run against real answers, without a network.
 * Repeated requests are a sequence whose last response repeats. Tokens and the ids of account and gateway are redacted; a response that still
 * contains a secret is not written, nor is a cancelled stream. Needs a file system.
 *
 * ```ts
 * const fetch = recordFixtures(new URL("./fixtures", import.meta.url));
 * const gateway = createGateway({ fetch, provider: "openai", model: "gpt-4o-mini" });
 * ```
 *
 * @throws ConfigurationError if an option, or the mode in CF_AI_GATEWAY_FIXTURES, is wrong
 */
export function recordFixtures(directory: string | URL, options: RecordFixturesOptions = {}): Fetch {
  const mode = resolveMode(directory, options);
  const redact = checkedRedact(options.redact);
  const library = createFixtureLibrary(directory, mode, options.ignore ?? [], redact);
  let count = 0;
  return async (url, init) => {
    const index = count++;
    const request = exchangeRequest(url, init, redact);
    if (mode === "replay" || mode === "auto") {
      const found = await library.take(request);
      if (found) return replay(found, options.timing ?? "none", init?.signal ?? undefined);
      if (mode === "replay") throw await createMissError(request, library, options.ignore);
    }
    const name = await library.reserve(request, chooseName(request, index, options));
    const send = options.fetch ?? globalThis.fetch;
    const sent = performance.now();
    return recordResponse(await send(url, init), sent, library.recorder(name, request));
  };
}

function chooseName({ script }: ExchangeRequest, index: number, { name }: RecordFixturesOptions): string | undefined {
  if (typeof name !== "function") return name;
  try {
    return name(script, index);
  } catch (error) {
    // An error of a transport would be retried as a network failure.
    throw functionError("name", error);
  }
}

async function createMissError(
  request: ExchangeRequest,
  library: FixtureLibrary,
  ignore: readonly string[] = [],
): Promise<ConfigurationError> {
  const { message } = describeMiss(request.lookUp, await library.all(), ignore);
  const hint = 'Record it with mode: "auto", or with CF_AI_GATEWAY_FIXTURES=auto where no mode is set.';
  return new ConfigurationError([{ option: "fixtures", message: `in ${library.root} can't answer. ${message}\n${hint}` }]);
}

function replay(fixture: Fixture, timing: "none" | "recorded", signal: AbortSignal | undefined): Promise<Response> {
  const { status, headers, pieces, times } = fixture;
  const pauses = timing === "recorded" ? times.map((ms, at) => ms - (times[at - 1] ?? 0)) : [];
  return toResponse({ ...wireReply(status, headers, []), pieces, pauses }, signal);
}
