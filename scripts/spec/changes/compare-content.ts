import { isDeepStrictEqual } from "node:util";
import type { Comparison } from "./change.ts";
import { compareSchemas } from "./compare-schemas.ts";
import { type Node, type Operation, resolve, toNode } from "./document.ts";

export function compareRequestBodies(old: Operation, now: Operation, comparison: Comparison): void {
  const { before, after, report } = comparison;
  const [body, other] = [resolve(before, old.node.requestBody), resolve(after, now.node.requestBody)];
  const path = `${old.name} body`;
  if (!body.required && other.required) report("breaking", path, "is required now");
  if (body.required && !other.required) report("additive", path, "is optional now");
  if (!isDeepStrictEqual(body.description, other.description)) report("documentation", path, "another description");
  compareContent(body, other, path, comparison);
}

export function compareResponses(old: Operation, now: Operation, comparison: Comparison): void {
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
    compareHeaders(response, other, path, comparison);
  }
  for (const status of Object.keys(others)) if (!(status in responses)) report("additive", `${old.name} ${status}`, "is new");
}

function compareHeaders(old: Node, now: Node, path: string, comparison: Comparison): void {
  const { before, after, report } = comparison;
  const [headers, others] = [toNode(old.headers), toNode(now.headers)];
  for (const name of Object.keys(headers)) {
    const here = `${path} header ${name}`;
    if (!(name in others)) {
      report("breaking", here, "is gone");
      continue;
    }
    const [header, other] = [resolve(before, headers[name]), resolve(after, others[name])];
    compareSchemas(header.schema, other.schema, here, comparison);
    if (header.required && !other.required) report("breaking", here, "may be absent now");
    if (!header.required && other.required) report("additive", here, "is always there now");
    for (const keyword of ["description", "example", "deprecated"])
      if (!isDeepStrictEqual(header[keyword], other[keyword])) report("documentation", here, `another ${keyword}`);
  }
  for (const name of Object.keys(others)) if (!(name in headers)) report("additive", `${path} header ${name}`, "is new");
}

/** Compares bodies by media type. */
export function compareContent(old: Node, now: Node, path: string, comparison: Comparison): void {
  const { report } = comparison;
  const [content, other] = [toNode(old.content), toNode(now.content)];
  for (const type of Object.keys(content)) {
    const here = `${path} ${type}`;
    if (!(type in other)) {
      report("breaking", here, "is gone");
      continue;
    }
    compareSchemas(toNode(content[type]).schema, toNode(other[type]).schema, here, comparison);
    for (const keyword of ["example", "examples"])
      if (!isDeepStrictEqual(toNode(content[type])[keyword], toNode(other[type])[keyword]))
        report("documentation", here, `other ${keyword}`);
  }
  for (const type of Object.keys(other)) if (!(type in content)) report("additive", `${path} ${type}`, "is new");
}
