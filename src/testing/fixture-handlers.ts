import type { HttpHandler } from "msw";
import { type FieldDifference, fieldDifferences } from "./field-difference.ts";
import { type Fixture, readFixtures } from "./fixture.ts";
import { mswHttp } from "./msw.ts";

export interface FixtureHandlersOptions {
  /** Only these cases, by their name with or without the folder: `openai/chat`, `chat`. @default all */
  cases?: string[] | undefined;
}

/**
 * MSW handlers that replay fixture files: a chat request is answered by the fixture whose request has the same body (and the endpoint and headers that
 * it names). Files: `<case>.request.json`, `<case>.response.json` or `<case>.sse`, and `<case>.meta.json` with `status` and `headers` as wanted.
 *
 * A request that no fixture has is answered with 501 and the differences to the nearest one. Node, Bun and Deno only: it reads files.
 *
 * ```ts
 * const server = setupServer(...fixtureHandlers(new URL("./fixtures", import.meta.url), { cases: ["openai/chat"] }));
 * ```
 */
export function fixtureHandlers(directory: string | URL, options: FixtureHandlersOptions = {}): HttpHandler[] {
  const http = mswHttp();
  let loading: Promise<Fixture[]> | undefined;
  const answer = async (endpoint: "compat" | "rest", request: Request): Promise<Response> => {
    loading ??= readFixtures(directory, options.cases);
    const fixtures = await loading.catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
    if (typeof fixtures === "string") return unanswered(fixtures);
    const body: unknown = await request.json().catch(() => undefined);
    const compared = fixtures.map((fixture) => ({
      fixture,
      differences: differencesTo(fixture, endpoint, request.headers, body),
    }));
    const [nearest] = compared.sort((a, b) => a.differences.length - b.differences.length);
    if (!nearest) return unanswered(`There are no fixtures in ${String(directory)}.`);
    if (nearest.differences.length > 0) return unanswered(told(nearest.fixture.name, nearest.differences));
    const { status, headers, body: bytes } = nearest.fixture;
    return new Response(bytes.length > 0 ? bytes.slice() : null, { status, headers });
  };
  return [
    http.post("*/compat/chat/completions", ({ request }) => answer("compat", request)),
    http.post("*/accounts/:account/ai/v1/chat/completions", ({ request }) => answer("rest", request)),
  ];
}

function differencesTo({ request }: Fixture, endpoint: string, headers: Headers, body: unknown): FieldDifference[] {
  const wrongEndpoint = request.endpoint !== undefined && request.endpoint !== endpoint;
  const wrongHeaders = Object.entries(request.headers ?? {}).filter(([name, value]) => headers.get(name) !== value);
  return [
    ...(wrongEndpoint ? [{ path: "endpoint", sent: endpoint, expected: request.endpoint }] : []),
    ...wrongHeaders.map(([name, value]) => ({ path: `header ${name}`, sent: headers.get(name) ?? undefined, expected: value })),
    ...fieldDifferences(body, request.body).map((difference) => ({ ...difference, path: difference.path || "body" })),
  ];
}

function told(name: string, differences: FieldDifference[]): string {
  const lines = differences
    .slice(0, 20)
    .map(({ path, sent, expected }) => `  ${path}: sent ${shown(sent)}, the fixture has ${shown(expected)}`);
  const more = differences.length > lines.length ? [`  and ${differences.length - lines.length} more`] : [];
  return [`No fixture has this request. The nearest is ${name}:`, ...lines, ...more].join("\n");
}

const shown = (value: unknown) => (value === undefined ? "nothing" : JSON.stringify(value).slice(0, 300));

const unanswered = (message: string) =>
  Response.json({ error: { message, type: "no_fixture", param: null, code: null } }, { status: 501 });
