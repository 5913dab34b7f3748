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

Classifies the changes in the tests by both methods of npm run spec:changes: comparing the documents, and compiling users' code against the
old and new types, which is skipped if the documents alone show a breaking change. Exits with status 1 if one is classified incorrectly.
`);

const text = await readFile("spec/openapi.yaml", "utf8");
const changes = [...fiftyChanges, ...furtherChanges, ...subtleChanges];
const before = parseDocument(text, "spec/openapi.yaml");
let wrong = 0;
let compiledOnly = 0;

for (const { name, level, edit } of changes) {
  const changed: unknown = parse(text);
  edit(changed);
  const after = parseDocument(JSON.stringify(changed), name);
  const documented = worst(compareDocuments(before, after));
  // Nothing is worse than breaking, so compiling couldn't change the result.
  const compiled = documented === "breaking" ? [] : await compileUsers(before, after);
  const judged = compiled.length > 0 ? "breaking" : documented;
  if (compiled.length > 0) compiledOnly++;
  if (judged === level) continue;
  wrong++;
  console.error(`${name}: classified as ${judged}, expected ${level}. ${compiled[0]?.path ?? ""} ${compiled[0]?.message ?? ""}`);
}

console.log(
  `${changes.length - wrong} of ${changes.length} changes classified correctly; ${compiledOnly} of them are breaking by the compiler alone.`,
);
process.exitCode = wrong === 0 ? 0 : 1;
