/**
 * Rewrites the types of openapi-typescript to be readable. It gives each schema a declaration of its own, because a member of
 * `components["schemas"]` has no name that TypeScript could show in hovers and errors.
 */
import ts from "typescript";

/** The schemas that requests are made of, by their roots. */
const sentRoots = ["ChatCompletionRequest", "LogPatch", "LogFilter"];

const schemaReference = /components\["schemas"\]\["(\w+)"\]/g;

interface SchemaType {
  name: string;
  comment: string;
  type: ts.TypeNode;
}

/** `{ … } & { [key: string]: unknown }` as one literal: the same type, and one that an interface can declare. */
export function mergeLiterals(type: ts.TypeNode): ts.TypeNode | undefined {
  if (!ts.isIntersectionTypeNode(type)) return undefined;
  const literals = type.types.filter(ts.isTypeLiteralNode);
  if (literals.length < type.types.length) return undefined;
  return ts.factory.createTypeLiteralNode(literals.flatMap(({ members }) => [...members]));
}

/**
 * Declares every schema by its name. What is sent may be typed by a user's own interface: TypeScript lets an interface satisfy no
 * index signature but one of `any`. Within `paths` that signature stays `unknown`, since openapi-fetch's `Writable` would turn
 * `any` into `undefined`.
 */
export function declareSchemas(types: string): string {
  const literal = findSchemas(types);
  const schemas = literal.members.filter(ts.isPropertySignature).map(readSchema);
  const sent = reachableFrom(sentRoots, schemas);
  const members = schemas.map(({ name, comment, type }) =>
    sent.has(name) ? `        ${comment}\n        ${name}: ${type.getText()};` : `        ${name}: ${name};`,
  );
  const declarations = schemas.map((schema) => declare(schema, sent.has(schema.name)));
  const before = types.slice(0, literal.getStart());
  const after = types.slice(literal.getEnd());
  return readableComments(`${before}{\n${members.join("\n")}\n    }${acceptInterfaces(after)}\n${declarations.join("\n")}`);
}

/** In the bindings too, a body may be typed by an interface: one that needs no index signature is accepted as well as the open type. */
function acceptInterfaces(types: string): string {
  const body = '"application/json": components["schemas"]["ChatCompletionRequest"]';
  return types.replace(`${body};`, `${body} | KnownFields<ChatCompletionRequest>;`);
}

/** A type whose members are the names of a schema's properties; for objects that are open to further fields. */
export function declareFieldNames(typeName: string, properties: readonly string[]): string {
  return `export type ${typeName} =\n${properties.map((name) => `    | ${JSON.stringify(name)}`).join("\n")};\n`;
}

function findSchemas(types: string): ts.TypeLiteralNode {
  const file = ts.createSourceFile("openapi.ts", types, ts.ScriptTarget.Latest, true);
  const components = file.statements.filter(ts.isInterfaceDeclaration).find(({ name }) => name.text === "components");
  const schemas = components?.members.filter(ts.isPropertySignature).find(({ name }) => name.getText() === "schemas")?.type;
  if (!schemas || !ts.isTypeLiteralNode(schemas)) throw new Error("openapi-typescript wrote no components.schemas");
  return schemas;
}

function readSchema(member: ts.PropertySignature): SchemaType {
  const name = member.name.getText();
  if (!member.type) throw new Error(`openapi-typescript wrote no type for the schema ${name}`);
  return { name, comment: /\/\*\*[\s\S]*?\*\//.exec(member.getFullText())?.[0] ?? "", type: member.type };
}

function reachableFrom(roots: readonly string[], schemas: readonly SchemaType[]): Set<string> {
  const found = new Set(roots);
  for (const name of found) {
    const text = schemas.find((schema) => schema.name === name)?.type.getText() ?? "";
    for (const [, next = ""] of text.matchAll(schemaReference)) found.add(next);
  }
  return found;
}

function declare({ name, comment, type }: SchemaType, isSent: boolean): string {
  const text = type.getText().replace(schemaReference, "$1");
  const body = isSent ? text.replaceAll("[key: string]: unknown;", "[key: string]: any;") : text;
  const declaration = ts.isTypeLiteralNode(type) ? `interface ${name} ${body}` : `type ${name} = ${body};`;
  return `${comment}\nexport ${declaration}\n`.replace(/^ {8}/gm, "");
}

/** Rewrites doc comments in the usual style: the description first, without tags that repeat the type. */
function readableComments(types: string): string {
  return types.replace(/^( *)\/\*\*[\s\S]*?\*\//gm, (comment, indent: string) => {
    const lines = comment
      .replace(/^ *\/\*\* ?| ?\*\/$/g, "")
      .split("\n")
      .map((line) => line.replace(/^ *\* ?/, "").replace(" (enum property replaced by openapi-typescript)", ""))
      .filter((line) => line.trim() !== "" && !/^@(enum|constant)\b/.test(line));
    const sentences = lines.filter((line) => !/^@(?!description )/.test(line)).map((line) => line.replace("@description ", ""));
    const tags = lines.filter((line) => /^@(?!description )/.test(line));
    const text = [...sentences, ...tags];
    return text.length === 1
      ? `${indent}/** ${text[0]} */`
      : `${indent}/**\n${text.map((line) => `${indent} * ${line}`).join("\n")}\n${indent} */`;
  });
}
