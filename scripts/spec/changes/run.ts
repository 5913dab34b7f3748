import { exitWithUsageError, readArguments } from "../../command-line.ts";
import { type Change, nextVersion, worst } from "./change.ts";
import { compareDocuments } from "./compare-documents.ts";
import { compileUsers } from "./compile-users.ts";
import { type Document, loadDocument, toNode } from "./document.ts";

const usage = `
Usage: npm run spec:changes -- [<old>] [<new>]

Reports what changed between two OpenAPI documents and how it affects users of the client. <old> and <new> are files or git
revisions; the default is the last commit's spec against the one in the working tree.

Exit status: 0 no breaking changes, 1 breaking changes, 2 the documents could not be compared.
`;

const { positionals } = readArguments(usage, {}, true);
const [oldSource = "HEAD", newSource = "spec/openapi.yaml", ...others] = positionals;
if (others.length > 0) exitWithUsageError("Too many arguments");

const [before, after] = await Promise.all([load(oldSource), load(newSource)]);
const compared = compareDocuments(before, after);
const compiled = await compileUsers(before, after);
// If the documents show a change too, their description is better.
const changes = [...compared, ...compiled.filter((change) => !compared.some((other) => explains(other, change)))];
print(changes);
process.exitCode = worst(changes) === "breaking" ? 1 : 0;

async function load(source: string): Promise<Document> {
  try {
    return await loadDocument(source);
  } catch (error) {
    exitWithUsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Whether a change found in the documents explains a compile error. */
function explains({ level, path }: Change, compiled: Change): boolean {
  return level === "breaking" && (path.startsWith(compiled.path) || compiled.path.startsWith(path));
}

function print(found: readonly Change[]): void {
  for (const level of ["breaking", "additive", "documentation"] as const) {
    const own = found.filter((change) => change.level === level);
    if (own.length === 0) continue;
    console.log(`${level} (${own.length})`);
    for (const { direction, path, message } of own) console.log(`  ${(direction ?? "").padEnd(9)}${path} ${message}`);
  }
  const version = String(toNode(before.root.info).version);
  const level = worst(found);
  if (level === undefined) console.log("Nothing changed.");
  else console.log(`The version after ${version} is ${nextVersion(version, level)}.`);
}
