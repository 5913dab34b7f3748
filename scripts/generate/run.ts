import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";
import { parse } from "yaml";
import { exitWithFailure, readArguments } from "../command-line.ts";
import { type Schema, toJsonSchema } from "./json-schema.ts";
import { declareFieldNames, declareSchemas, mergeLiterals } from "./named-types.ts";
import { compileShape } from "./response-shape.ts";

const specUrl = new URL("../../spec/openapi.yaml", import.meta.url);
const generatedUrl = new URL("../../generated/", import.meta.url);
const header = "// generated from spec/openapi.yaml; do not edit\n";

/** Types that the spec has no schema for. */
const aliases = `/** A part of a message's content; \`type\` says which kind. */
export type ContentPart = UserContentPart | AssistantContentPart;

/** The \`cf-aig-*\` headers of a chat request; all optional. */
export interface GatewayRequestHeaders extends NonNullable<operations["createChatCompletionCompat"]["parameters"]["header"]> {}

/** A type without its index signatures, at every depth. */
export type KnownFields<T> = T extends (infer Each)[]
    ? KnownFields<Each>[]
    : T extends object
      ? { [Key in keyof T as string extends Key ? never : Key]: KnownFields<T[Key]> }
      : T;
`;

interface Spec {
  components: { schemas: Record<string, Schema> };
}

/** The text of every generated file, by its name. */
export async function generate(): Promise<Record<string, string>> {
  const text = await readFile(specUrl, "utf8");
  const spec = parse(text) as Spec;
  return {
    "openapi.ts": await generateTypes(text),
    "schemas.ts": jsonSchemas(spec),
    "answer-shapes.ts": answerShapes(spec),
  };
}

/** The types of a document. */
export async function generateTypes(text: string): Promise<string> {
  const { components } = parse(text) as Spec;
  const nodes = await openapiTS(text, { defaultNonNullable: false, postTransform: mergeLiterals });
  const fields = Object.keys(components.schemas.ChatCompletionRequest?.properties ?? {});
  return `${header}
${declareSchemas(astToString(nodes))}
/** A field of the request body that the spec names. */
${declareFieldNames("RequestField", fields)}
${aliases}`;
}

function jsonSchemas({ components }: Spec): string {
  const $defs = Object.fromEntries(Object.entries(components.schemas).map(([name, schema]) => [name, toJsonSchema(schema)]));
  return `${header}
/** The spec's component schemas as JSON Schema 2020-12. Validate with \`{ ...schemas, $ref: "#/$defs/ChatCompletion" }\`. */
export const schemas: { $defs: Record<string, Record<string, unknown>> } = ${JSON.stringify({ $defs }, null, 2)};
`;
}

function answerShapes({ components: { schemas } }: Spec): string {
  const shapes = { completion: compileShape("ChatCompletion", schemas), chunk: compileShape("ChatCompletionChunk", schemas) };
  return `${header}
/** What a value may be. A property that is absent is not restricted. */
export interface Shape {
  readonly types?: readonly string[];
  readonly required?: readonly string[];
  readonly fields?: { readonly [name: string]: Shape };
  readonly items?: Shape;
}

/** The spec's ChatCompletion and ChatCompletionChunk. */
export const answerShapes: { readonly completion: Shape; readonly chunk: Shape } = ${JSON.stringify(shapes)};
`;
}

/** Names of the files in a directory that are missing or differ from what the spec says. */
export async function driftedFiles(files: Record<string, string>, directory: URL): Promise<string[]> {
  const drifted: string[] = [];
  for (const [name, text] of Object.entries(files)) {
    const present = await readFile(new URL(name, directory), "utf8").catch(() => undefined);
    if (present !== text) drifted.push(name);
  }
  return drifted;
}

const usage = `
Usage: npm run generate [-- --check]

Writes generated/, which is derived from spec/openapi.yaml.

  --check  write nothing; exit with status 1 and the name of each file that differs
`;

async function main(): Promise<void> {
  const { values } = readArguments(usage, { check: { type: "boolean" } });
  const files = await generate().catch((error: unknown) => {
    exitWithFailure(`spec/openapi.yaml can't be read: ${error instanceof Error ? error.message : error}`);
  });
  if (values.check) {
    for (const name of await driftedFiles(files, generatedUrl)) {
      console.error(`generated/${name} differs from spec/openapi.yaml: run npm run generate`);
      process.exitCode = 1;
    }
    return;
  }
  await mkdir(generatedUrl, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    await writeFile(new URL(name, generatedUrl), text);
    console.log(fileURLToPath(new URL(name, generatedUrl)));
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
