/**
 * Undoes the fix of each of the reference client's thirteen faults, one at a time and in memory only, and sees that fault's test fail:
 * `npx tsx scripts/mutation/arshai-mutants.ts [number]`. Exits with 1 when a fault comes back unnoticed.
 */
import { readFileSync } from "node:fs";
import { startVitest } from "vitest/node";
import { arshaiMutants, type Mutant } from "./arshai.ts";

const suite = "test/chat/arshai.test.ts";

async function failures(testNamePattern: string, mutant?: Mutant): Promise<{ ran: number; failed: string[] }> {
  const failed: string[] = [];
  let ran = 0;
  const undo = {
    name: "undo-a-fix",
    enforce: "pre" as const,
    transform: (code: string, id: string) =>
      mutant && id.endsWith(mutant.file) ? code.replace(mutant.fix, mutant.undone) : undefined,
  };
  const count = {
    onTestCaseResult(test: { fullName: string; result(): { state: string } }) {
      const { state } = test.result();
      if (state === "skipped") return;
      ran++;
      if (state === "failed") failed.push(test.fullName);
    },
  };
  const options = { watch: false, testNamePattern, testTimeout: 3_000, reporters: [count], exclude: [] };
  const vitest = await startVitest("test", [suite], options, { plugins: [undo] });
  await vitest.close();
  // It leaves its own verdict behind.
  process.exitCode = 0;
  return { ran, failed };
}

const only = process.argv[2];
const sound = await failures("fault");
if (sound.ran < arshaiMutants.length || sound.failed.length > 0) {
  console.error(`The tests must pass before anything is undone: ${sound.failed.join("; ") || "too few ran"}`);
  process.exit(1);
}
let unnoticed = 0;
for (const mutant of arshaiMutants.filter(({ fault }) => only === undefined || String(fault) === only)) {
  const places = readFileSync(mutant.file, "utf8").split(mutant.fix).length - 1;
  const { failed } = places === 1 ? await failures(`fault ${mutant.fault}:`, mutant) : { failed: [] };
  const verdict =
    places !== 1 ? `the fix stands ${places} times in ${mutant.file}` : failed.length > 0 ? "noticed" : "NOT NOTICED";
  if (failed.length === 0) unnoticed++;
  console.log(`fault ${mutant.fault}: ${verdict}`);
}
process.exit(unnoticed > 0 ? 1 : 0);
