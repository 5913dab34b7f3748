import { type Document, isNode, type Node, resolve, toNode } from "./document.ts";

/** Merges the members of a schema's `allOf` into it: a value must match all of them. */
export function flatten(document: Document, schema: Node): Node {
  if (!Array.isArray(schema.allOf)) return schema;
  const { allOf, ...own } = schema;
  return [own, ...allOf.map((member) => flatten(document, resolve(document, member)))].reduce(intersect);
}

/** The intersection of two schemas, with the description of the first. */
function intersect(first: Node, second: Node): Node {
  const both = { ...second, ...first };
  for (const [keywords, tighter] of [
    [["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"], Math.max],
    [["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"], Math.min],
  ] as const) {
    for (const keyword of keywords)
      if (keyword in first && keyword in second) both[keyword] = tighter(Number(first[keyword]), Number(second[keyword]));
  }
  if (Array.isArray(first.enum) && Array.isArray(second.enum)) {
    const others = second.enum;
    both.enum = first.enum.filter((value) => others.includes(value));
  }
  return { ...both, properties: intersectProperties(first, second), required: [...listRequired(first), ...listRequired(second)] };
}

function intersectProperties(first: Node, second: Node): Node {
  const [properties, others] = [toNode(first.properties), toNode(second.properties)];
  const shared = Object.keys(properties).filter((name) => name in others);
  const both = shared.map((name) => [name, { allOf: [properties[name], others[name]] }]);
  return { ...properties, ...others, ...Object.fromEntries(both) };
}

const listRequired = ({ required }: Node): unknown[] => (Array.isArray(required) ? required : []);

const words = ["description", "title", "deprecated", "example", "examples", "externalDocs"];

/** Unwraps a schema that only adds a description to the single member of its `allOf`. */
export function unwrap(document: Document, schema: Node): Node {
  const { allOf, ...others } = schema;
  const [member, ...further] = Array.isArray(allOf) ? allOf : [];
  const isWrapper = isNode(member) && further.length === 0 && Object.keys(others).every((key) => words.includes(key));
  return isWrapper ? unwrap(document, resolve(document, member)) : schema;
}
