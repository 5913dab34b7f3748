/**
 * Proves that the tests know every row and branch of the tables: changes them one at a time, in memory, and runs their tests. Prints the
 * changes that no test notices and exits 1 if there is one. Arguments are parts of file names, to run some tables only.
 */
import { readFile } from "node:fs/promises";
import { type Mutant, mutantsOf } from "./mutate.ts";
import { type Table, tables } from "./tables.ts";
import { runTrials } from "./test-bench.ts";

interface Change {
  table: Table;
  mutant: Mutant;
}

const started = performance.now();
const wanted = process.argv.slice(2);
const chosen = tables.filter(({ file }) => wanted.length === 0 || wanted.some((part) => file.includes(part)));
const shown = ({ was, now }: Pick<Mutant, "was" | "now">) => (now === "" ? `without ${was}` : `${was}  =>  ${now}`);

const changes: Change[] = [];
const problems: string[] = [];
let excused = 0;
for (const table of chosen) {
  const unused = new Set(table.equivalent);
  for (const mutant of mutantsOf(await readFile(new URL(`../${table.file}`, import.meta.url), "utf8"))) {
    const excuse = table.equivalent?.find(({ was, now }) => was === mutant.was && now === mutant.now);
    if (excuse === undefined) changes.push({ table, mutant });
    else {
      unused.delete(excuse);
      excused++;
    }
  }
  for (const each of unused) problems.push(`excused, but no such change is made any more: ${table.file}  ${shown(each)}`);
}

/** Those that the tests at this place of each table's list do not notice. */
async function survivorsOf(left: readonly Change[], place: number): Promise<Change[]> {
  const judged = left.filter(({ table }) => table.tests[place] !== undefined);
  if (judged.length === 0) return [...left];
  let done = 0;
  const passed = await runTrials(
    judged.map(({ table, mutant }) => ({ file: table.file, test: table.tests[place] as string, code: mutant.code })),
    () => {
      if (++done % 200 === 0) console.log(`${done} of ${judged.length}`);
    },
  );
  const caught = new Set(judged.filter((_, index) => !passed[index]));
  return left.filter((change) => !caught.has(change));
}

const unchanged = chosen.flatMap(({ file, tests }) => tests.map((test) => ({ file, test, code: undefined })));
const sound = await runTrials(unchanged, () => {});
for (const [index, passed] of sound.entries()) if (!passed) problems.push(`fails without any change: ${unchanged[index]?.test}`);

if (problems.length > 0) {
  for (const problem of problems) console.error(problem);
  process.exitCode = 1;
} else {
  let left: Change[] = changes;
  const longest = Math.max(...chosen.map(({ tests }) => tests.length));
  for (let place = 0; place < longest; place++) left = await survivorsOf(left, place);
  for (const { table, mutant } of left) console.error(`survived: ${table.file}:${mutant.line}  ${shown(mutant)}`);
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(
    `${changes.length} changes to ${chosen.length} tables: ${changes.length - left.length} caught, ${left.length} survived (${excused} more change nothing), ${seconds} s`,
  );
  // The failing tests have set one already.
  process.exitCode = left.length > 0 ? 1 : 0;
}
