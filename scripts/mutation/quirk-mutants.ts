/**
 * Proves that each row of what providers really send has a test: breaks its handling in the source, in memory, and runs the tests with its
 * number. Prints the changes that no such test notices and exits 1 if there is one. Arguments are numbers of rows, to try some only.
 *
 *     npx tsx scripts/mutation/quirk-mutants.ts 21 36
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createVitest, type TestCase } from "vitest/node";
import { type QuirkMutant, quirkMutants } from "./quirk-mutant-list.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** Every row but 29, whose broken sockets are tested elsewhere. */
const chapters = [
  { file: "test/quirks/tool-calls.test.ts", rows: range(1, 16) },
  { file: "test/quirks/event-stream.test.ts", rows: range(20, 28) },
  { file: "test/quirks/chunks-and-messages.test.ts", rows: range(30, 40) },
  { file: "test/quirks/requests.test.ts", rows: range(50, 55) },
];

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

/** Runs the tests of a row, over the source as it is or with a file of it in another version. */
async function runRow(row: number, changed?: { file: string; code: string }): Promise<{ passed: number; failed: string[] }> {
  const vitest = await createVitest(
    "test",
    { root, watch: false, api: false, reporters: [{}], testNamePattern: `row ${row}:`, maxWorkers: 1 },
    {
      logLevel: "silent",
      plugins: [
        {
          name: "quirk-mutant",
          enforce: "pre",
          load: (id) => (changed && id === root + changed.file ? changed.code : undefined),
        },
      ],
    },
  );
  try {
    const { testModules } = await vitest.start([chapters.find(({ rows }) => rows.includes(row))?.file ?? "none"]);
    const tests: TestCase[] = testModules.flatMap((module) => [...module.children.allTests()]);
    const failed = tests.filter((test) => test.result().state === "failed").map(({ name }) => name);
    return { passed: tests.filter((test) => test.result().state === "passed").length, failed };
  } finally {
    await vitest.close();
    // Vitest reports failures by the exit code of its process, which is ours.
    process.exitCode = 0;
  }
}

async function mutated({ file, search, replacement }: QuirkMutant): Promise<string> {
  const code = await readFile(root + file, "utf8");
  const [before, after, ...more] = code.split(search);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`${file} does not hold exactly once: ${search}`);
  return before + replacement + after;
}

const wanted = process.argv.slice(2).map(Number);
const chosen = chapters.flatMap(({ rows }) => rows).filter((row) => wanted.length === 0 || wanted.includes(row));
const problems: string[] = [];
let caught = 0;
for (const row of chosen) {
  const mutants = quirkMutants.filter((each) => each.row === row);
  if (mutants.length === 0) problems.push(`row ${row}: there is no way of breaking it in the list`);
  const sound = await runRow(row);
  if (sound.passed === 0 || sound.failed.length > 0)
    problems.push(`row ${row}: ${sound.passed} tests pass and ${sound.failed.length} fail unchanged`);
  for (const mutant of mutants) {
    const told = `row ${row}: ${mutant.file}: ${mutant.search}  =>  ${mutant.replacement || "nothing"}`;
    try {
      const { failed } = await runRow(row, { file: mutant.file, code: await mutated(mutant) });
      if (failed.length === 0) problems.push(`${told}: no test fails`);
      else {
        caught++;
        console.log(`${told}: ${failed.length} fail`);
      }
    } catch (error) {
      problems.push(`${told}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
for (const problem of problems) console.error(problem);
console.log(`${chosen.length} rows, ${caught} changes caught, ${problems.length} problems.`);
process.exitCode = problems.length > 0 ? 1 : 0;
