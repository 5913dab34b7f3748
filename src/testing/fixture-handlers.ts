import type { HttpHandler } from "msw";
import { ConfigurationError } from "../errors/errors.ts";
import { noFixture } from "./choose-reply.ts";
import { createFixtureStore, isMiss, type SequencePositions } from "./fixtures/fixture-store.ts";
import { isDirectory } from "./fixtures/read-fixtures.ts";
import { mswHttp } from "./msw.ts";
import { toResponse } from "./wire/to-response.ts";
import { wireReply } from "./wire/wire-reply.ts";

/** Which fixtures to replay. */
export interface FixtureHandlersOptions {
  /** Only these cases, named with or without their folder: `openai/chat`, `chat`. @default all */
  cases?: string[] | undefined;
}

/**
 * MSW handlers that replay fixture files. A chat request gets the response of the fixture whose request has the same body, and the same
 * endpoint and headers if it names them. The files are those written by `recordFixtures`: `<case>.request.json`, `<case>.response.json` or `<case>.sse`,
 * and `<case>.meta.json` with `status` and `headers`.
 *
 * The response to a request without a fixture is a 501 with the differences from the nearest one. Needs a file system.
 *
 * ```ts
 * const server = setupServer(...fixtureHandlers(new URL("./fixtures", import.meta.url), { cases: ["openai/chat"] }));
 * ```
 *
 * @throws ConfigurationError if an argument is wrong
 */
export function fixtureHandlers(directory: string | URL, options: FixtureHandlersOptions = {}): HttpHandler[] {
  const http = mswHttp();
  const { cases } = options;
  if (!isDirectory(directory)) throw new ConfigurationError([{ option: "directory", message: "must be a path or a file: URL" }]);
  if (cases !== undefined && !(Array.isArray(cases) && cases.every((each) => typeof each === "string")))
    throw new ConfigurationError([{ option: "cases", message: "must be an array of names of fixtures" }]);
  const fixtures = createFixtureStore(directory, cases);
  const positions: SequencePositions = new Map();
  const answer = async (endpoint: "compat" | "rest", request: Request): Promise<Response> => {
    const body: unknown = await request.json().catch(() => undefined);
    const found = await fixtures.find({ endpoint, headers: request.headers, body }, positions);
    if (isMiss(found)) return toResponse(noFixture(found.message));
    return toResponse({ ...wireReply(found.status, found.headers, []), pieces: found.pieces });
  };
  return [
    http.post("*/compat/chat/completions", ({ request }) => answer("compat", request)),
    http.post("*/accounts/:account/ai/v1/chat/completions", ({ request }) => answer("rest", request)),
  ];
}
