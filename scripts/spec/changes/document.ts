import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { parse } from "yaml";

export type Node = Readonly<Record<string, unknown>>;

/** An OpenAPI document with YAML aliases resolved. */
export interface Document {
  readonly text: string;
  readonly root: Node;
}

export const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);

export const toNode = (value: unknown): Node => (isNode(value) ? value : {});

const specPath = "spec/openapi.yaml";

/** Reads a file, or the spec of a git revision. */
export async function loadDocument(source: string): Promise<Document> {
  const text = await readFile(source, "utf8").catch(() => readRevision(source));
  return parseDocument(text, source);
}

export function parseDocument(text: string, source: string): Document {
  const root: unknown = parse(text);
  if (!isNode(root) || typeof root.openapi !== "string") throw new Error(`${source} is not an OpenAPI document`);
  return { text, root };
}

async function readRevision(revision: string): Promise<string> {
  // A revision that starts with a dash would be parsed as a git option.
  if (revision.startsWith("-")) throw new Error(`${revision} is neither a file nor a git revision`);
  try {
    const { stdout } = await promisify(execFile)("git", ["show", `${revision}:${specPath}`], { maxBuffer: 16 * 1024 * 1024 });
    return stdout;
  } catch {
    throw new Error(`${revision} is neither a file nor a git revision that has ${specPath}`);
  }
}

/** Resolves a reference; returns any other value unchanged. */
export function resolve({ root }: Document, value: unknown): Node {
  const { $ref } = toNode(value);
  if (typeof $ref !== "string") return toNode(value);
  const target = $ref
    .slice(2)
    .split("/")
    .reduce<Node>((node, key) => toNode(node[key.replaceAll("~1", "/").replaceAll("~0", "~")]), root);
  return resolve({ text: "", root }, target);
}

export const componentSchemas = ({ root }: Document): Node => toNode(toNode(root.components).schemas);

/** The name of a component schema that a value refers to. */
export function schemaName(value: unknown): string | undefined {
  const { $ref } = toNode(value);
  return typeof $ref === "string" ? /^#\/components\/schemas\/(\w+)$/.exec($ref)?.[1] : undefined;
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

export interface Operation {
  /** `post /compat/chat/completions`. */
  readonly name: string;
  readonly node: Node;
  /** The parameters of the path and the operation, resolved. */
  readonly parameters: readonly Node[];
  readonly servers: unknown;
  readonly security: unknown;
}

export function operations(document: Document): Operation[] {
  return Object.entries(toNode(document.root.paths)).flatMap(([path, item]) =>
    methods
      .filter((method) => isNode(toNode(item)[method]))
      .map((method) => {
        const node = toNode(toNode(item)[method]);
        const parameters = [toNode(item).parameters, node.parameters].flatMap((list) => (Array.isArray(list) ? list : []));
        return {
          name: `${method} ${path}`,
          node,
          parameters: parameters.map((parameter) => resolve(document, parameter)),
          servers: node.servers ?? toNode(item).servers ?? document.root.servers,
          security: node.security ?? document.root.security,
        };
      }),
  );
}

/** The component schemas used by requests and responses. */
export function schemaUses(document: Document): { request: Set<string>; response: Set<string> } {
  const request = new Set<string>();
  const response = new Set<string>();
  for (const { node, parameters } of operations(document)) {
    collect(document, [resolve(document, node.requestBody), ...parameters], request);
    for (const body of Object.values(toNode(node.responses))) collect(document, resolve(document, body), response);
  }
  return { request, response };
}

function collect(document: Document, value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) for (const each of value) collect(document, each, found);
  if (!isNode(value)) return;
  const name = schemaName(value);
  if (name !== undefined) {
    if (found.has(name)) return;
    found.add(name);
    collect(document, componentSchemas(document)[name], found);
  } else if (typeof value.$ref === "string" && !value.$ref.startsWith("#/components/examples/")) {
    collect(document, resolve(document, value), found);
  } else {
    for (const [key, each] of Object.entries(value)) if (key !== "example" && key !== "examples") collect(document, each, found);
  }
}
