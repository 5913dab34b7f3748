import { existsSync, readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { loadSchemas } from "../../src/wire.ts";

const folder = new URL("../../../shared/recordings/", import.meta.url);
const names = existsSync(folder) ? readdirSync(folder) : [];
const ajv = new Ajv2020({ strict: false });
const { $defs } = await loadSchemas();

function listErrors(schemaName: string, body: unknown): unknown {
  const validate = ajv.compile({ $defs, $ref: `#/$defs/${schemaName}` });
  return validate(body) ? [] : validate.errors;
}

const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");

describe.skipIf(names.length === 0)("recorded answers of providers", () => {
  test("include complete bodies and chunks", () => {
    expect(names.some((name) => name.endsWith(".json"))).toBe(true);
    expect(names.some((name) => name.endsWith(".chunks.jsonl"))).toBe(true);
  });

  test.each(names.filter((name) => name.endsWith(".json")))("%s follows the spec", (name) => {
    const body: unknown = JSON.parse(read(name));
    const schemaName = name.endsWith("-error.json") ? "ErrorBody" : "ChatCompletion";
    expect(listErrors(schemaName, body)).toEqual([]);
  });

  test.each(names.filter((name) => name.endsWith(".chunks.jsonl")))("%s follows the spec, chunk by chunk", (name) => {
    const validate = ajv.compile({ $defs, $ref: "#/$defs/ChatCompletionChunk" });
    const lines = read(name).split("\n").filter(Boolean);
    expect(lines.length).toBeGreaterThan(0);
    const wrong = lines.filter((line) => !validate(JSON.parse(line)));
    expect(wrong).toEqual([]);
  });
});
