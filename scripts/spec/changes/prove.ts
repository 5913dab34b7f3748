import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { fiftyChanges } from "../../../test/scripts/fifty-changes.ts";
import { furtherChanges } from "../../../test/scripts/further-changes.ts";
import { subtleChanges } from "../../../test/scripts/subtle-changes.ts";
import { readArguments } from "../../command-line.ts";
import { worst } from "./change.ts";
import { compareDocuments } from "./compare-documents.ts";
import { compileUsers } from "./compile-users.ts";
import { parseDocument } from "./document.ts";

readArguments(`
Usage: tsx scripts/spec/changes/prove.ts

Judges the changes of the tests by both methods, as npm run spec:changes does: the documents, and users' code compiled against old and
new types. Exits with status 1 when a judgement is wrong.
`);

const text = await readFile("spec/openapi.yaml", "utf8");
const changes = [...fiftyChanges, ...furtherChanges, ...subtleChanges];
const before = parseDocument(text, "spec/openapi.yaml");
let wrong = 0;
let compiledCount = 0;

for (const { name, level, edit } of changes) {
  const changed: unknown = parse(text);
  edit(changed);
  const after = parseDocument(JSON.stringify(changed), name);
  const compiled = await compileUsers(before, after);
  const judged = worst([...compareDocuments(before, after), ...compiled]);
  if (compiled.length > 0) compiledCount++;
  if (judged === level) continue;
  wrong++;
  console.error(`${name}: judged ${judged}, is ${level}. ${compiled[0]?.path ?? ""} ${compiled[0]?.message ?? ""}`);
}

console.log(
  `${changes.length - wrong} of ${changes.length} changes judged right; ${compiledCount} of them stop users' code from compiling.`,
);
process.exitCode = wrong === 0 ? 0 : 1;
