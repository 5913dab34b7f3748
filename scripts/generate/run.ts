/**
 * Writes what is derived from spec/openapi.yaml. With `--check` it writes nothing and exits 1, naming each file that differs.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";
import { parse } from "yaml";

const specUrl = new URL("../../spec/openapi.yaml", import.meta.url);
const generatedUrl = new URL("../../generated/", import.meta.url);
const header = "// generated from spec/openapi.yaml; do not edit\n";

type Schema = Record<string, unknown>;

const annotations = new Set(["description", "example", "examples"]);

const isObject = (value: unknown): value is Schema => typeof value === "object" && value !== null && !Array.isArray(value);

/** A component schema as plain JSON Schema: references point into `$defs`, annotations are left out to save bytes. */
function toJsonSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(toJsonSchema);
  if (!isObject(node)) return node;
  const entries = Object.entries(node).filter(([keyword]) => !annotations.has(keyword));
  return Object.fromEntries(
    entries.map(([keyword, value]) => {
      if (keyword === "$ref") return [keyword, String(value).replace("#/components/schemas/", "#/$defs/")];
      // The keys of `properties` are names, not keywords: a property may be called "description".
      if (keyword === "properties" && isObject(value)) {
        return [keyword, Object.fromEntries(Object.entries(value).map(([name, property]) => [name, toJsonSchema(property)]))];
      }
      return [keyword, toJsonSchema(value)];
    }),
  );
}

/** The text of every generated file, by its name. */
export async function generate(): Promise<Record<string, string>> {
  const spec = parse(await readFile(specUrl, "utf8")) as { components: { schemas: Record<string, Schema> } };
  const $defs = Object.fromEntries(Object.entries(spec.components.schemas).map(([name, schema]) => [name, toJsonSchema(schema)]));
  const types = astToString(await openapiTS(specUrl, { defaultNonNullable: false }));
  return {
    "openapi.ts": `${header}\n${types}`,
    "schemas.ts": `${header}
/** The spec's component schemas as JSON Schema 2020-12. Validate with \`{ ...schemas, $ref: "#/$defs/ChatCompletion" }\`. */
export const schemas: { $defs: Record<string, Record<string, unknown>> } = ${JSON.stringify({ $defs }, null, 2)};
`,
  };
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

async function main(): Promise<void> {
  const files = await generate();
  if (process.argv.includes("--check")) {
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
