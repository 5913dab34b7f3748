import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { FixtureResult } from "./fixture-result.ts";

/** `<case>.meta.json`. */
export interface FixtureMeta {
  /** `authored` after a published shape; `recorded` from an endpoint. */
  provenance: "authored" | "recorded";
  /** Where the shape of an authored fixture is published. */
  shape?: string;
  /** What is odd about it. */
  note?: string;
  recordedAt?: string;
  /** What a recorded fixture was recorded from. */
  target?: "cloudflare" | "local";
  /** Version of the client that it was recorded with. */
  client?: string;
  /** Version of the spec that it was last checked against. */
  spec: string;
  scenario: string;
  stream: boolean;
  provider: string;
  model: string;
  /** Chat options beside those of the scenario. */
  options?: Record<string, unknown>;
  /** Fixtures whose answers come before this one in the same call: what a provider refuses first. */
  after?: string[];
  status: number;
  headers: Record<string, string>;
  /** When each piece of the body came, in milliseconds after the headers, and how many bytes it had. */
  pieces?: [ms: number, bytes: number][];
  /** Absent where the answer only comes before another's: what the client does then is asked again. */
  result?: FixtureResult;
}

export interface FixtureFiles {
  /** `openai/chat` */
  name: string;
  request: unknown;
  meta: FixtureMeta;
  /** Verbatim. */
  body: Uint8Array;
  isStream: boolean;
}

export const fixtureFolder = new URL("../test/fixtures/", import.meta.url);

export async function readFixtureFiles(folder: URL = fixtureFolder): Promise<FixtureFiles[]> {
  const files = (await readdir(folder, { recursive: true })).map((file) => file.replaceAll("\\", "/")).sort();
  const names = files.filter((file) => file.endsWith(".meta.json")).map((file) => file.slice(0, -".meta.json".length));
  const json = async (file: string): Promise<unknown> => JSON.parse(await readFile(new URL(file, folder), "utf8"));
  return Promise.all(
    names.map(async (name) => {
      const isStream = files.includes(`${name}.sse`);
      return {
        name,
        request: await json(`${name}.request.json`),
        meta: (await json(`${name}.meta.json`)) as FixtureMeta,
        body: new Uint8Array(await readFile(new URL(`${name}.${isStream ? "sse" : "response.json"}`, folder))),
        isStream,
      };
    }),
  );
}

/** Writes the three files of a fixture and returns their paths. */
export async function writeFixture(
  { name, request, meta, body, isStream }: FixtureFiles,
  folder: URL = fixtureFolder,
): Promise<string[]> {
  const path = (ending: string) => new URL(`${name}.${ending}`, folder);
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  await mkdir(new URL(".", path("meta.json")), { recursive: true });
  const files: [URL, string | Uint8Array][] = [
    [path("request.json"), json(request)],
    [path(isStream ? "sse" : "response.json"), body],
    [path("meta.json"), json(meta)],
  ];
  for (const [url, content] of files) await writeFile(url, content);
  return files.map(([url]) => fileURLToPath(url));
}
