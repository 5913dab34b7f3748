import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { readArguments } from "../command-line.ts";
import { apiReport } from "./api-report.ts";
import { nextVersion, worst } from "./changes/change.ts";
import { compareDocuments } from "./changes/compare-documents.ts";
import { loadDocument, toNode } from "./changes/document.ts";

const { values } = readArguments(
  `
Usage: npm run release:check [-- --write]

Checks that a release is consistent: the versions of the package and the spec, the changelog, the report of the exported types
(docs/api-report.md), and the version bump that the changes since the last release require. Exits with status 1 if it is not.

  --write  write docs/api-report.md first
`,
  { write: { type: "boolean" } },
);

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const report = apiReport();
if (values.write) writeFileSync(new URL("../../docs/api-report.md", import.meta.url), report);

const packageVersion: string = JSON.parse(read("package.json")).version;
const specVersion: string = parse(read("spec/openapi.yaml")).info.version;
const problems: string[] = [];

if (packageVersion !== specVersion)
  problems.push(`package.json is ${packageVersion} and info.version of spec/openapi.yaml is ${specVersion}: make them equal`);
if (!new RegExp(`^## \\[${packageVersion.replaceAll(".", "\\.")}\\]`, "m").test(read("CHANGELOG.md")))
  problems.push(`CHANGELOG.md has no section for ${packageVersion}`);
if (!existsSync(new URL("../../docs/api-report.md", import.meta.url)) || read("docs/api-report.md") !== report)
  problems.push("docs/api-report.md does not match the exported types: run npm run release:check -- --write");
const released = lastTag();
if (released !== undefined) {
  const before = await loadDocument(released);
  const changes = compareDocuments(before, await loadDocument("spec/openapi.yaml"));
  const expected = nextVersion(String(toNode(before.root.info).version), worst(changes));
  if (compareVersions(specVersion, expected) < 0)
    problems.push(
      `the spec changed since ${released} (${worst(changes)}): its version must be at least ${expected}, but is ${specVersion}`,
    );
}

for (const problem of problems) console.error(problem);
if (problems.length === 0) console.log(`${packageVersion} can be released.`);
process.exitCode = problems.length === 0 ? 0 : 1;

/** The previous release. If this commit is already tagged, its own tag is skipped. */
function lastTag(): string | undefined {
  try {
    return execFileSync("git", ["describe", "--tags", "--abbrev=0", "HEAD^"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return undefined;
  }
}

function compareVersions(version: string, other: string): number {
  const [numbers, others] = [version, other].map((each) => each.split(".").map(Number));
  for (const [at, number] of (numbers ?? []).entries()) if (number !== others?.[at]) return number - (others?.[at] ?? 0);
  return 0;
}
