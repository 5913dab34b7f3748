import { readFile } from "node:fs/promises";
import type { JsonSchema } from "../../index.ts";
import { UsageError } from "../usage-error.ts";

/** Reads a JSON Schema, given inline or as a file. */
export async function readSchema(given: string): Promise<JsonSchema> {
  const isInline = given.trimStart().startsWith("{");
  const text = isInline ? given : await readSchemaFile(given);
  try {
    const schema: unknown = JSON.parse(text);
    if (typeof schema === "object" && schema !== null && !Array.isArray(schema)) return { ...schema };
  } catch (error) {
    throw new UsageError(`--schema is not JSON: ${error instanceof Error ? error.message : error}.`);
  }
  throw new UsageError("--schema must be a JSON Schema, which is an object.");
}

async function readSchemaFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    throw new UsageError(`--schema needs a file or a JSON object, and there is no file ${path}.`);
  }
}
