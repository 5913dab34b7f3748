import { isDeepStrictEqual } from "node:util";
import type { Comparison } from "./change.ts";
import { compareContent } from "./compare-content.ts";
import { compareSchemas } from "./compare-schemas.ts";
import type { Node, Operation } from "./document.ts";

/** Compares the parameters of an operation: those of its path, its query, its headers and its cookies. */
export function compareParameters(old: Operation, now: Operation, comparison: Comparison): void {
  const { report } = comparison;
  const added = now.parameters.filter((parameter) => !old.parameters.some((other) => key(other) === key(parameter)));
  for (const parameter of old.parameters) {
    const path = `${old.name} ${key(parameter)}`;
    const other = now.parameters.find((each) => key(each) === key(parameter));
    if (other) {
      compareParameter(parameter, other, path, comparison);
      continue;
    }
    const renamed = added.find(
      (each) => each.in === parameter.in && isDeepStrictEqual({ ...each, name: 0 }, { ...parameter, name: 0 }),
    );
    if (renamed) added.splice(added.indexOf(renamed), 1);
    report("breaking", path, renamed ? `is renamed to ${renamed.name}` : "is gone");
  }
  for (const parameter of added)
    report(
      parameter.required ? "breaking" : "additive",
      `${old.name} ${key(parameter)}`,
      parameter.required ? "is new and required" : "is new",
    );
}

const key = ({ in: place, name }: Node) => `${place} ${name}`;

function compareParameter(old: Node, now: Node, path: string, comparison: Comparison): void {
  const { report } = comparison;
  if (old.schema && now.schema) compareSchemas(old.schema, now.schema, path, comparison);
  else if (old.content && now.content) compareContent(old, now, path, comparison);
  else report("breaking", path, `is written as ${now.content ? "content" : "a schema"} now`);
  if (!old.required && now.required) report("breaking", path, "is required now");
  if (old.required && !now.required) report("additive", path, "is optional now");
  if (!isDeepStrictEqual(serialisation(old), serialisation(now))) report("breaking", path, "is written in another way");
  for (const keyword of ["description", "example", "examples", "deprecated"])
    if (!isDeepStrictEqual(old[keyword], now[keyword])) report("documentation", path, `another ${keyword}`);
}

/** How a value becomes text; what is not given has OpenAPI's default. */
function serialisation({ in: place, style, explode, allowReserved = false }: Node): unknown {
  const inForce = style ?? (place === "query" || place === "cookie" ? "form" : "simple");
  return [inForce, explode ?? inForce === "form", allowReserved];
}
