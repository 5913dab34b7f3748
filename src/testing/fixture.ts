/** A recorded or authored exchange, as its files hold it. */
export interface Fixture {
  /** Path below the directory without its ending: `openai/tool-call`. */
  name: string;
  request: FixtureRequest;
  status: number;
  headers: Record<string, string>;
  /** Verbatim. */
  body: Uint8Array;
}

export interface FixtureRequest {
  /** @default either */
  endpoint?: "compat" | "rest";
  /** Headers that the request must have, with these values. @default none */
  headers?: Record<string, string>;
  body: unknown;
}

/**
 * Reads `<case>.request.json` with `<case>.response.json` or `<case>.sse` and, where it is there, `<case>.meta.json` (`status`, `headers`), from the
 * directory and those below it. A request file is the body itself, or an object with `body` and, as wanted, `endpoint` and `headers`.
 */
export async function readFixtures(directory: string | URL, cases: string[] | undefined): Promise<Fixture[]> {
  const { readdir, readFile } = await import("node:fs/promises");
  const { join } = await import("node:path");
  const { fileURLToPath } = await import("node:url");
  const root = typeof directory === "string" && !directory.startsWith("file:") ? directory : fileURLToPath(directory);
  const files = new Set((await readdir(root, { recursive: true })).map((file) => file.replaceAll("\\", "/")));
  const names = [...files]
    .filter((file) => file.endsWith(".request.json"))
    .map((file) => file.slice(0, -".request.json".length))
    .sort();
  const wanted = cases ? names.filter((name) => cases.some((each) => each === name || name.endsWith(`/${each}`))) : names;
  const missing = (cases ?? []).filter((each) => !names.some((name) => each === name || name.endsWith(`/${each}`)));
  if (missing.length > 0) throw new Error(`No fixture ${missing.join(", ")} in ${root}`);
  const json = async (file: string): Promise<unknown> => JSON.parse(await readFile(join(root, file), "utf8"));
  return Promise.all(
    wanted.map(async (name): Promise<Fixture> => {
      const isStream = files.has(`${name}.sse`);
      const meta = (files.has(`${name}.meta.json`) ? await json(`${name}.meta.json`) : {}) as {
        status?: number;
        headers?: Record<string, string>;
      };
      const type = isStream ? "text/event-stream; charset=utf-8" : "application/json";
      return {
        name,
        request: requestOf(await json(`${name}.request.json`)),
        status: meta.status ?? 200,
        headers: { "content-type": type, ...meta.headers },
        body: new Uint8Array(await readFile(join(root, `${name}.${isStream ? "sse" : "response.json"}`))),
      };
    }),
  );
}

function requestOf(content: unknown): FixtureRequest {
  const whole = content as Partial<FixtureRequest> & { messages?: unknown };
  return whole.body !== undefined && whole.messages === undefined ? (whole as FixtureRequest) : { body: content };
}
