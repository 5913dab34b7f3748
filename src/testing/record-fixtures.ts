import { ConfigurationError } from "../errors/errors.ts";
import type { Fetch } from "../options/gateway-config.ts";
import { type ExchangeRequest, exchangeRequest } from "./fixtures/exchange-request.ts";
import type { Fixture } from "./fixtures/fixture.ts";
import { createFixtureLibrary, type FixtureLibrary } from "./fixtures/fixture-library.ts";
import { missOf } from "./fixtures/fixture-store.ts";
import { recordResponse } from "./fixtures/record-response.ts";
import { type FixtureMode, resolveMode } from "./fixtures/recording-mode.ts";
import type { ScriptRequest } from "./scripted-reply.ts";
import { toResponse } from "./wire/to-response.ts";
import { wireReply } from "./wire/wire-reply.ts";

export interface RecordFixturesOptions {
  /**
   * - `record`: sends every request and writes each exchange, over a fixture of the same name.
   * - `replay`: answers from the fixtures and never sends a request; a request without a fixture is a ConfigurationError with its differences
   *   from the nearest one.
   * - `auto`: answers from the fixtures, and records what they don't have.
   * - `update`: sends every request and rewrites the fixtures of those that have some, under the names they have; the others are kept.
   *
   * @default CF_AI_GATEWAY_FIXTURES, otherwise `replay` where CI is set and `auto` elsewhere
   */
  mode?: FixtureMode | undefined;
  /**
   * The path of a fixture below the directory, without an ending; `n` counts the requests from 0. Where a name is taken, `.2`, `.3` and so on
   * is added. @default the provider, the last prompt and a hash of the request: `openai/capital-of-france-1f8a03`
   */
  name?: string | ((request: ScriptRequest, n: number) => string) | undefined;
  /** Parts of the body that don't count when a request is compared: `"/metadata/user"`, `"messages.0.content"`; `*` is any name or index. */
  ignore?: string[] | undefined;
  /** Applied to everything that is written, after the redaction of secrets, and to requests before they are compared. */
  redact?: ((text: string) => string) | undefined;
  /** Whether a replayed body pauses where the recorded one did. @default "none" */
  timing?: "none" | "recorded" | undefined;
  /** What sends the requests that are recorded. @default the global `fetch` */
  fetch?: Fetch | undefined;
}

/**
 * A transport that records requests and responses into fixture files, and replays them: tests run against real answers, without a network.
 * Repeated requests are a sequence, whose last response repeats. Tokens and the ids of account and gateway are redacted; a response that
 * spells out a secret is refused and not written. A stream that its reader left is not stored. Needs a file system.
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
  const library = createFixtureLibrary(directory, mode, options);
  let count = 0;
  return async (url, init) => {
    const index = count++;
    const request = exchangeRequest(url, init, options.redact);
    if (mode === "replay" || mode === "auto") {
      const found = await library.take(request);
      if (found) return replay(found, options.timing ?? "none", init?.signal ?? undefined);
      if (mode === "replay") throw await missError(request, library, options.ignore);
    }
    const name = await library.reserve(request, nameOf(request, index, options));
    const send = options.fetch ?? globalThis.fetch;
    const sent = performance.now();
    return recordResponse(await send(url, init), sent, library.recorder(name, request));
  };
}

const nameOf = ({ script }: ExchangeRequest, index: number, { name }: RecordFixturesOptions): string | undefined =>
  typeof name === "function" ? name(script, index) : name;

async function missError(
  request: ExchangeRequest,
  library: FixtureLibrary,
  ignore: readonly string[] = [],
): Promise<ConfigurationError> {
  const { message } = missOf(request.lookUp, await library.all(), ignore);
  const hint = "Record it with CF_AI_GATEWAY_FIXTURES=auto.";
  return new ConfigurationError([{ option: "fixtures", message: `in ${library.root} can't answer. ${message}\n${hint}` }]);
}

function replay(fixture: Fixture, timing: "none" | "recorded", signal: AbortSignal | undefined): Promise<Response> {
  const { status, headers, pieces, times } = fixture;
  const pauses = timing === "recorded" ? times.map((ms, at) => ms - (times[at - 1] ?? 0)) : [];
  return toResponse({ ...wireReply(status, headers, []), pieces, pauses }, signal);
}
