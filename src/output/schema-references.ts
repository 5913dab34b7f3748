import { isRecord, subschemas } from "./schema-keywords.ts";

/** The target of a reference: a schema, and the base URI for references inside it. */
export interface ReferenceTarget {
  readonly schema: unknown;
  readonly base: string;
  /** Identifies the schema; the same for all references to it. */
  readonly location: string;
}

export interface References {
  /** Returns the base URI for references in this schema. */
  resolveBase(schema: object, inherited: string): string;
  /** Resolves a reference; throws an error that says why it can't be resolved. */
  resolve(reference: string, base: string): ReferenceTarget;
}

/** Maximum nesting of schemas. Handwritten ones have about ten levels, and compiling recurses. */
const maxDepth = 200;

/** The base URI of a document without an `$id`. */
export const documentUri = "json-schema:///";

/** Indexes the `$id`s and anchors of a schema document, so that references can be resolved. Nothing is loaded. */
export function indexReferences(root: unknown): References {
  const resources = new Map<string, unknown>([[documentUri, root]]);
  const anchors = new Map<string, unknown>();
  const repeated = new Set<string>();

  const resolveBase = ({ $id }: { $id?: unknown }, inherited: string) => {
    // Up to draft-07, an `$id` that is only a fragment was an anchor.
    if (typeof $id !== "string" || $id.startsWith("#")) return inherited;
    return withoutFragment(parseUri($id, inherited));
  };

  const visit = (schema: unknown, inherited: string, depth: number) => {
    if (!isRecord(schema)) return;
    if (depth > maxDepth) throw new Error(`it is nested more than ${maxDepth} levels deep`);
    const base = resolveBase(schema, inherited);
    if (base !== inherited) resources.set(base, schema);
    const { $anchor, $dynamicAnchor, $id } = schema;
    const names = [$anchor, $dynamicAnchor, typeof $id === "string" && $id.startsWith("#") ? $id.slice(1) : undefined];
    for (const name of names) {
      if (typeof name !== "string") continue;
      if (name === $dynamicAnchor && [...anchors.keys()].some((known) => known.endsWith(`#${name}`))) repeated.add(name);
      anchors.set(`${base}#${name}`, schema);
    }
    for (const [, inner] of subschemas(schema)) visit(inner, base, depth + 1);
  };
  visit(root, documentUri, 0);

  return {
    resolveBase: (schema, inherited) => resolveBase(schema, inherited),
    resolve(reference, base) {
      const uri = parseUri(reference, base);
      const resource = withoutFragment(uri);
      const document = resources.get(resource);
      const fragment = decode(uri.hash.slice(1));
      if (document === undefined) throw new Error(`can't resolve reference ${reference}: other documents are not loaded`);
      if (repeated.has(fragment)) throw new Error(`can't resolve reference ${reference}: its dynamic anchor is defined twice`);
      if (fragment !== "" && !fragment.startsWith("/")) {
        const schema = anchors.get(`${resource}#${fragment}`);
        if (schema === undefined) throw new Error(`can't resolve reference ${reference}: there is no such anchor`);
        return { schema, base: resource, location: `${resource}#${fragment}` };
      }
      const schema = followPointer(document, fragment);
      if (schema === undefined) throw new Error(`can't resolve reference ${reference}: there is nothing at that path`);
      return { schema, base: resource, location: `${resource}#${fragment}` };
    },
  };
}

/** Resolves a JSON Pointer; undefined if there is nothing at that path. */
export function followPointer(document: unknown, pointer: string): unknown {
  let at = document;
  for (const segment of pointer.split("/").slice(1)) {
    const key = segment.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
}

function parseUri(reference: string, base: string): URL {
  try {
    return new URL(reference, base);
  } catch {
    throw new Error(`can't resolve reference ${reference}: it is not a URI`);
  }
}

function withoutFragment(uri: URL): string {
  const { href, hash } = uri;
  return (hash === "" ? href : href.slice(0, -hash.length)).replace(/#$/, "");
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
