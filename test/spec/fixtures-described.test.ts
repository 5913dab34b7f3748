import { describe, expect, test } from "vitest";
import { type FixtureFiles, readFixtureFiles } from "../../scripts/fixtures/fixture-files.ts";
import { createFrameReader } from "../../src/response/sse.ts";
import { loadSchemas } from "../../src/wire.ts";

/*
 * Every field in the fixtures is in the spec. A field that is renamed in the spec fails here by the name that providers send, and so
 * does a field that a new fixture introduces: add it to the spec.
 */

type Schema = Readonly<Record<string, unknown>>;
const { $defs } = await loadSchemas();
const fixtures = await readFixtureFiles();

const isObject = (value: unknown): value is Schema => typeof value === "object" && value !== null && !Array.isArray(value);

/** The alternatives that a schema allows, references and unions resolved. */
function alternatives(schema: unknown): Schema[] {
  if (!isObject(schema)) return [];
  if (typeof schema.$ref === "string") return alternatives($defs[schema.$ref.replace("#/$defs/", "")]);
  const branches = schema.oneOf ?? schema.anyOf;
  return Array.isArray(branches) ? branches.flatMap(alternatives) : [schema];
}

/** Paths of the fields that no alternative has; an object whose schema names no fields may contain any. */
function* undescribed(value: unknown, schemas: readonly Schema[], path: string): Generator<string> {
  if (Array.isArray(value)) {
    const items = schemas.flatMap((schema) => alternatives(schema.items));
    for (const item of value) yield* undescribed(item, items, path);
  } else if (isObject(value)) {
    const described = schemas.map(({ properties }) => properties).filter(isObject);
    if (described.length === 0) return;
    for (const [name, field] of Object.entries(value)) {
      const own = described.filter((properties) => Object.hasOwn(properties, name));
      if (own.length === 0) yield `${path}.${name}`;
      else
        yield* undescribed(
          field,
          own.flatMap((properties) => alternatives(properties[name])),
          `${path}.${name}`,
        );
    }
  }
}

function bodies({ body, isStream }: FixtureFiles): unknown[] {
  const text = new TextDecoder().decode(body);
  if (!isStream) return text.trimStart().startsWith("<") ? [] : [JSON.parse(text)];
  const values: unknown[] = [];
  const reader = createFrameReader((frame) => {
    if (frame.kind === "chunk") values.push(frame.value);
  });
  reader.push(text);
  reader.end();
  return values;
}

const findAll = (found: Iterable<string>[]): string[] => [...new Set(found.flatMap((each) => [...each]))].sort();

describe("the fixtures", () => {
  test("have no field in a request that the spec does not describe", () => {
    const found = fixtures.map(({ request, name }) =>
      undescribed(request, alternatives($defs.ChatCompletionRequest), `${name} request`),
    );
    expect(findAll(found)).toEqual([]);
  });

  test("have no field in a completion or a chunk that the spec does not describe", () => {
    const found = fixtures
      .filter(({ meta }) => meta.status < 400)
      .flatMap((fixture) =>
        bodies(fixture).map((body) =>
          undescribed(
            body,
            alternatives(fixture.isStream ? $defs.ChatCompletionChunk : $defs.ChatCompletion),
            fixture.isStream ? "chunk" : "completion",
          ),
        ),
      );
    expect(findAll(found)).toEqual([]);
  });
});
