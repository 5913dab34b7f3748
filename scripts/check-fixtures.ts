/**
 * Checks every fixture: its request and its answer fit the spec, the client sends that request and reads that result. Names those that were
 * last checked against an older spec. Exits 1 when one is wrong.
 *
 *     npm run fixtures:check [-- openai groq/chat]
 */
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";
import { fieldDifferences } from "../src/testing/field-difference.ts";
import { type FixtureFiles, fixtureFolder, readFixtureFiles } from "./fixture-files.ts";
import { replay } from "./fixture-replay.ts";
import { answerProblems, specProblems } from "./fixture-spec.ts";

export interface FixtureCheck {
  name: string;
  /** What is wrong, a line each; nothing when all is well. */
  problems: string[];
  /** The spec's version that it was checked against last, where that is not the present one. */
  older: string | undefined;
}

/** Checks one of these fixtures. */
export async function checkFixture(
  fixture: FixtureFiles,
  all: readonly FixtureFiles[],
  specVersion: string,
  folder: URL = fixtureFolder,
): Promise<FixtureCheck> {
  const { name, request, meta } = fixture;
  const problems = [...metaProblems(meta), ...specProblems("ChatCompletionRequest", request), ...answerProblems(fixture)];
  if (meta.result !== undefined) {
    const before = (meta.after ?? []).map((each) => all.find((other) => other.name === each)?.request);
    const { sent, result } = await replay(fixture, folder);
    problems.push(...differences("request", sent, [...before, request]), ...differences("result", plain(result), meta.result));
  } else if (!all.some((other) => other.meta.after?.includes(name))) {
    problems.push("meta: it has no result, and comes before no other fixture");
  }
  return { name, problems, older: meta.spec === specVersion ? undefined : meta.spec };
}

export async function specVersion(): Promise<string> {
  const spec = parse(await readFile(new URL("../spec/openapi.yaml", import.meta.url), "utf8")) as { info: { version: string } };
  return spec.info.version;
}

function metaProblems({ provenance, shape, recordedAt, target, client }: FixtureFiles["meta"]): string[] {
  if (provenance === "authored")
    return /^https:\/\/\S+$/.test(shape ?? "") ? [] : ["meta: an authored fixture names the address of its shape"];
  if (provenance === "recorded") {
    const isWhole =
      !Number.isNaN(Date.parse(recordedAt ?? "")) && (target === "cloudflare" || target === "local") && client !== undefined;
    return isWhole ? [] : ["meta: a recorded fixture names its date (recordedAt), target and client"];
  }
  return [`meta: the provenance ${JSON.stringify(provenance)} is neither "authored" nor "recorded"`];
}

function differences(what: string, is: unknown, shouldBe: unknown): string[] {
  return fieldDifferences(is, shouldBe).map(
    ({ path, sent, expected }) => `${what}${path}: the client has ${shown(sent)}, the fixture ${shown(expected)}`,
  );
}

const shown = (value: unknown) => (value === undefined ? "nothing" : JSON.stringify(value));
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Checks the fixtures of a folder, those that are wanted (`openai`, `groq/chat`) or all, and says what it found. Returns how many are wrong. */
export async function checkFixtures(folder: URL, wanted: readonly string[], say: (line: string) => void): Promise<number> {
  const version = await specVersion();
  const all = await readFixtureFiles(folder);
  const isWanted = (name: string) => wanted.length === 0 || wanted.some((each) => name === each || name.startsWith(`${each}/`));
  const fixtures = all.filter(({ name }) => isWanted(name));
  if (fixtures.length === 0) throw new Error(`There is no fixture ${wanted.join(", ")}.`);
  let wrong = 0;
  let older = 0;
  for (const fixture of fixtures) {
    const check = await checkFixture(fixture, all, version, folder);
    if (check.problems.length > 0) wrong++;
    if (check.older !== undefined) older++;
    for (const problem of check.problems) say(`${check.name}: ${problem}`);
    if (check.older !== undefined) say(`${check.name}: older than the spec (${check.older}, now ${version})`);
  }
  say(`${fixtures.length} fixtures: ${wrong} wrong, ${older} older than spec ${version}.`);
  return wrong;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const wrong = await checkFixtures(fixtureFolder, process.argv.slice(2), console.log);
  if (wrong > 0) process.exitCode = 1;
}
