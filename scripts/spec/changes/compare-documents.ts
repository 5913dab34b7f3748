import { isDeepStrictEqual } from "node:util";
import type { Change, Direction, Report } from "./change.ts";
import { type Comparison, compareSchemas } from "./compare-schemas.ts";
import {
  componentSchemas,
  type Document,
  type Node,
  type Operation,
  operations,
  resolve,
  schemaUses,
  toNode,
} from "./document.ts";

/** Every difference between two documents, path by path, judged for the users of a client. */
export function compareDocuments(before: Document, after: Document): Change[] {
  const changes: Change[] = [];
  const reporter =
    (direction: Direction | undefined): Report =>
    (level, path, message) =>
      changes.push({ level, direction, path, message });
  const pair = { before, after };
  compareOperations(pair, reporter);
  compareComponents(pair, reporter);
  compareRest(pair, reporter(undefined));
  return unique(changes);
}

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
  if (!isDeepStrictEqual(urls(old.servers), urls(now.servers))) report("breaking", name, "is on another server");
  compareSecurity(old.node.security, now.node.security, name, report);
  compareParameters(old, now, { ...pair, direction: "request", report: reporter("request") });
  compareBodies(old, now, { ...pair, direction: "request", report: reporter("request") });
  compareResponses(old, now, { ...pair, direction: "response", report: reporter("response") });
}

const urls = (servers: unknown): unknown => (Array.isArray(servers) ? servers.map((server) => toNode(server).url) : servers);

function compareSecurity(before: unknown, after: unknown, name: string, report: Report): void {
  const ways = (security: unknown) => (Array.isArray(security) ? security.map((way) => JSON.stringify(way)) : []);
  const [old, now] = [ways(before), ways(after)];
  const open = { before: old.length === 0, after: now.length === 0 };
  if (old.some((way) => !now.includes(way)) && !open.after) report("breaking", name, "no longer takes one way to authenticate");
  if (open.before && !open.after) report("breaking", name, "needs authentication now");
  if (now.some((way) => !old.includes(way)) && !open.before) report("additive", name, "takes another way to authenticate");
}

function compareParameters(old: Operation, now: Operation, comparison: Comparison): void {
  const { report } = comparison;
  const key = ({ in: place, name }: Node) => `${place} ${name}`;
  const added = now.parameters.filter((parameter) => !old.parameters.some((other) => key(other) === key(parameter)));
  for (const parameter of old.parameters) {
    const path = `${old.name} ${key(parameter)}`;
    const other = now.parameters.find((each) => key(each) === key(parameter));
    if (!other) {
      const renamed = added.find(
        (each) => each.in === parameter.in && isDeepStrictEqual({ ...each, name: 0 }, { ...parameter, name: 0 }),
      );
      if (renamed) added.splice(added.indexOf(renamed), 1);
      report("breaking", path, renamed ? `is renamed to ${renamed.name}` : "is gone");
      continue;
    }
    compareSchemas(parameter.schema, other.schema, path, comparison);
    if (!parameter.required && other.required) report("breaking", path, "is required now");
    if (parameter.required && !other.required) report("additive", path, "is optional now");
    for (const keyword of ["description", "example", "deprecated"])
      if (!isDeepStrictEqual(parameter[keyword], other[keyword])) report("documentation", path, `another ${keyword}`);
  }
  for (const parameter of added)
    report(
      parameter.required ? "breaking" : "additive",
      `${old.name} ${key(parameter)}`,
      parameter.required ? "is new and required" : "is new",
    );
}

function compareBodies(old: Operation, now: Operation, comparison: Comparison): void {
  const { before, after, report } = comparison;
  const [body, other] = [resolve(before, old.node.requestBody), resolve(after, now.node.requestBody)];
  const path = `${old.name} body`;
  if (!body.required && other.required) report("breaking", path, "is required now");
  if (body.required && !other.required) report("additive", path, "is optional now");
  if (!isDeepStrictEqual(body.description, other.description)) report("documentation", path, "another description");
  compareContent(body, other, path, comparison);
}

function compareResponses(old: Operation, now: Operation, comparison: Comparison): void {
  const { before, after, report } = comparison;
  const [responses, others] = [toNode(old.node.responses), toNode(now.node.responses)];
  for (const status of Object.keys(responses)) {
    const path = `${old.name} ${status}`;
    if (!(status in others)) {
      report(status.startsWith("2") ? "breaking" : "additive", path, "is gone");
      continue;
    }
    const [response, other] = [resolve(before, responses[status]), resolve(after, others[status])];
    if (!isDeepStrictEqual(response.description, other.description)) report("documentation", path, "another description");
    compareContent(response, other, path, comparison);
    const [headers, newHeaders] = [toNode(response.headers), toNode(other.headers)];
    for (const name of Object.keys(headers)) if (!(name in newHeaders)) report("breaking", `${path} header ${name}`, "is gone");
    for (const name of Object.keys(newHeaders)) if (!(name in headers)) report("additive", `${path} header ${name}`, "is new");
  }
  for (const status of Object.keys(others)) if (!(status in responses)) report("additive", `${old.name} ${status}`, "is new");
}

function compareContent(old: Node, now: Node, path: string, comparison: Comparison): void {
  const { report } = comparison;
  const [content, other] = [toNode(old.content), toNode(now.content)];
  for (const type of Object.keys(content)) {
    const here = `${path} ${type}`;
    if (!(type in other)) report("breaking", here, "is gone");
    else {
      compareSchemas(toNode(content[type]).schema, toNode(other[type]).schema, here, comparison);
      if (!isDeepStrictEqual(toNode(content[type]).examples, toNode(other[type]).examples))
        report("documentation", here, "other examples");
    }
  }
  for (const type of Object.keys(other)) if (!(type in content)) report("additive", `${path} ${type}`, "is new");
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

/** What users of a client do not see in their types. */
function compareRest({ before, after }: Pair, report: Report): void {
  for (const keyword of ["info", "tags", "externalDocs", "x-tagGroups", "x-provider-sources"]) {
    const [old, now] = [toNode(before.root[keyword]), toNode(after.root[keyword])].map((node) => ({
      ...node,
      version: undefined,
    }));
    if (!isDeepStrictEqual(old, now) || (keyword === "tags" && !isDeepStrictEqual(before.root.tags, after.root.tags)))
      report("documentation", keyword, "another text");
  }
  for (const kind of ["examples", "headers", "securitySchemes"]) {
    if (!isDeepStrictEqual(toNode(before.root.components)[kind], toNode(after.root.components)[kind]))
      report("documentation", `components.${kind}`, "another text");
  }
}
