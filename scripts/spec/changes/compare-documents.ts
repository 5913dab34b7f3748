import { isDeepStrictEqual } from "node:util";
import type { Change, Direction, Report } from "./change.ts";
import { compareRequestBodies, compareResponses } from "./compare-content.ts";
import { compareParameters } from "./compare-parameters.ts";
import { compareSchemas } from "./compare-schemas.ts";
import { compareSecurity, compareSecuritySchemes } from "./compare-security.ts";
import { compareServers } from "./compare-servers.ts";
import { componentSchemas, type Document, type Operation, operations, schemaUses, toNode } from "./document.ts";

/** Lists every difference between two documents, path by path, classified by its effect on users of a client. */
export function compareDocuments(before: Document, after: Document): Change[] {
  const changes: Change[] = [];
  const reporter =
    (direction: Direction | undefined): Report =>
    (level, path, message) =>
      changes.push({ level, direction, path, message });
  const pair = { before, after };
  compareOperations(pair, reporter);
  compareComponents(pair, reporter);
  compareSecuritySchemes(before, after, reporter(undefined));
  compareRest(pair, reporter(undefined));
  if (changes.length === 0 && !isDeepStrictEqual(withoutVersion(before), withoutVersion(after)))
    reporter(undefined)("documentation", "document", "is written differently");
  return unique(changes);
}

const withoutVersion = ({ root }: Document): unknown => ({ ...root, info: { ...toNode(root.info), version: undefined } });

interface Pair {
  before: Document;
  after: Document;
}
type Reporter = (direction: Direction | undefined) => Report;

/** A schema that several operations share is reported once. */
const unique = (changes: readonly Change[]): Change[] => [
  ...new Map(changes.map((change) => [JSON.stringify(change), change])).values(),
];

function compareOperations(pair: Pair, reporter: Reporter): void {
  const report = reporter(undefined);
  const [old, now] = [operations(pair.before), operations(pair.after)];
  for (const operation of old) {
    const other = now.find(({ name }) => name === operation.name);
    if (other) compareOperation(pair, operation, other, reporter);
    else report("breaking", operation.name, "is gone");
  }
  for (const { name } of now) if (!old.some((operation) => operation.name === name)) report("additive", name, "is new");
}

function compareOperation(pair: Pair, old: Operation, now: Operation, reporter: Reporter): void {
  const report = reporter(undefined);
  const { name } = old;
  if (old.node.operationId !== now.node.operationId)
    report("breaking", name, `is called ${now.node.operationId}, before ${old.node.operationId}`);
  for (const keyword of ["summary", "description", "tags", "externalDocs", "x-codeSamples", "deprecated"]) {
    if (!isDeepStrictEqual(old.node[keyword], now.node[keyword])) report("documentation", name, `another ${keyword}`);
  }
  compareServers(old, now, report);
  compareSecurity(old, now, report);
  compareParameters(old, now, { ...pair, direction: "request", report: reporter("request") });
  compareRequestBodies(old, now, { ...pair, direction: "request", report: reporter("request") });
  compareResponses(old, now, { ...pair, direction: "response", report: reporter("response") });
}

function compareComponents({ before, after }: Pair, reporter: Reporter): void {
  const [old, now] = [componentSchemas(before), componentSchemas(after)];
  const uses = { before: schemaUses(before), after: schemaUses(after) };
  const added = Object.keys(now).filter((name) => !(name in old));
  for (const name of Object.keys(old)) {
    if (!(name in now)) {
      const renamed = added.find((other) => isDeepStrictEqual(old[name], now[other]));
      if (renamed !== undefined) added.splice(added.indexOf(renamed), 1);
      reporter(undefined)("breaking", name, renamed === undefined ? "is gone" : `is renamed to ${renamed}`);
      continue;
    }
    for (const direction of ["request", "response"] as const) {
      if (uses.before[direction].has(name) || uses.after[direction].has(name))
        compareSchemas(old[name], now[name], name, { before, after, direction, report: reporter(direction) });
    }
  }
  for (const name of added) reporter(undefined)("additive", name, "is new");
}

/** Compares what is not visible in the types. */
function compareRest({ before, after }: Pair, report: Report): void {
  for (const keyword of ["info", "tags", "externalDocs", "x-tagGroups", "x-provider-sources"]) {
    const [old, now] = [toNode(before.root[keyword]), toNode(after.root[keyword])].map((node) => ({
      ...node,
      version: undefined,
    }));
    if (!isDeepStrictEqual(old, now) || (keyword === "tags" && !isDeepStrictEqual(before.root.tags, after.root.tags)))
      report("documentation", keyword, "another text");
  }
  if (!isDeepStrictEqual(toNode(before.root.components).examples, toNode(after.root.components).examples))
    report("documentation", "components.examples", "another text");
}
