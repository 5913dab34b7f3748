import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPartialJson } from "../../src/output/partial-json.ts";
import { grew } from "./growth.ts";

function shown(...pieces: string[]): unknown {
  const json = createPartialJson();
  for (const piece of pieces) json.push(piece);
  return json.value;
}

const halfSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])/;
const container = fc.oneof(
  fc.array(fc.jsonValue({ stringUnit: "binary" })),
  fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue({ stringUnit: "binary" })),
);

describe("createPartialJson", () => {
  it("grows with every character of any JSON, and ends as JSON.parse does", () => {
    fc.assert(
      fc.property(container, fc.constantFrom(0, 1, 2), fc.boolean(), (value, indent, ascii) => {
        let text = JSON.stringify(value, undefined, indent);
        if (ascii) text = text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
        const json = createPartialJson();
        let before: unknown;
        for (let index = 0; index < text.length; index++) {
          const changed = json.push(text.charAt(index));
          // An assertion for each character would take most of the time.
          if (!changed && json.value !== before) expect(json.value).toBe(before);
          if (!grew(before, json.value)) expect.fail(`shrank at character ${index}`);
          before = json.value;
        }
        expect(json.complete).toBe(true);
        expect(json.value).toStrictEqual(JSON.parse(text));
      }),
    );
  });

  it("does not depend on where the text is split", () => {
    fc.assert(
      fc.property(container, fc.nat(), (value, seed) => {
        const text = JSON.stringify(value);
        const cut = seed % (text.length + 1);
        expect(shown(text.slice(0, cut), text.slice(cut))).toStrictEqual(JSON.parse(text));
      }),
    );
  });

  it("reports no change when a bracket closes what has been shown", () => {
    const json = createPartialJson();
    const reported = [...'[{"a":["x"]},{},2 ]\n'].filter((character) => json.push(character)).join("");
    // Opening brackets, each growth of a string, and the space after the number.
    expect(reported).toBe('[{["x{ ');
    expect(json.value).toEqual([{ a: ["x"] }, {}, 2]);
    expect(json.complete).toBe(true);
  });

  it("never shows half of a surrogate pair or of an escape", () => {
    const json = createPartialJson();
    const seen: unknown[] = [];
    for (const unit of '["a\\ud83d\\ude00b\\n😀\\u00e9"]'.split("")) {
      json.push(unit);
      seen.push(...((json.value as unknown[] | undefined) ?? []));
    }
    expect(json.value).toEqual(["a😀b\n😀é"]);
    for (const text of seen) expect(text).not.toMatch(halfSurrogate);
    expect(new Set(seen)).toEqual(new Set(["", "a", "a😀", "a😀b", "a😀b\n", "a😀b\n😀", "a😀b\n😀é"]));
  });

  it("keeps a lone surrogate as JSON.parse does", () => {
    const text = '["\\ud83dx", "\\ud83d"]';
    expect(shown(text)).toEqual(JSON.parse(text));
  });

  it("shows numbers and literals only when they are complete", () => {
    expect(shown('{"n": 12')).toEqual({});
    expect(shown('{"n": 12', "3}")).toEqual({ n: 123 });
    expect(shown("[12,")).toEqual([12]);
    expect(shown("[tru")).toEqual([]);
    expect(shown("[tru", "e")).toEqual([true]);
    expect(shown("[nul")).toEqual([]);
    expect(shown("[-0.5e+2,")).toEqual([-50]);
  });

  it("shows a key when its value begins, and strings as they come", () => {
    expect(shown('{"na')).toEqual({});
    expect(shown('{"name": ')).toEqual({});
    expect(shown('{"name": "')).toEqual({ name: "" });
    expect(shown('{"name": "Al')).toEqual({ name: "Al" });
    expect(shown('{"a": [{"b": "x')).toEqual({ a: [{ b: "x" }] });
  });

  it("shows the elements of a root array one by one", () => {
    const json = createPartialJson();
    const counts: number[] = [];
    for (const character of JSON.stringify(Array.from({ length: 50 }, (_, id) => ({ id, name: `item ${id}` })))) {
      if (json.push(character)) counts.push((json.value as unknown[]).length);
    }
    expect([...new Set(counts)]).toEqual(Array.from({ length: 51 }, (_, count) => count));
  });

  it("does not mutate earlier snapshots, and shares completed parts", () => {
    const json = createPartialJson();
    json.push('{"a": {"b": [1, 2]}, "c": "x');
    const earlier = json.value as Record<string, unknown>;
    const copy = structuredClone(earlier);
    json.push('y", "d": [');
    expect(earlier).toEqual(copy);
    expect((json.value as Record<string, unknown>).a).toBe(earlier.a);
  });

  it.each([
    ['{"a": 1, b', { a: 1 }],
    ["[1, 2, x, 3]", []],
    ['["a\\x"]', []],
    ['["a\\u12g4"]', []],
    ['["a\nb"]', []],
    ["[01, 2]", []],
    ["[1 2]", []],
    ["{,}", {}],
    ["[1,]", []],
    ['{"a" 1}', {}],
    ["nothing", undefined],
    ["}", undefined],
  ])("stops growing at malformed text: %s", (text, last) => {
    const json = createPartialJson();
    for (const character of text) json.push(character);
    expect(grew(last, json.value)).toBe(true);
    expect(json.complete).toBe(false);
    expect(json.push('"more"]}')).toBe(false);
  });

  it("removes nothing when a string turns out to be malformed", () => {
    const json = createPartialJson();
    json.push('{"a": "xy');
    json.push("z\u0001");
    expect(json.value).toEqual({ a: "xy" });
  });

  it("ignores what follows the value", () => {
    const json = createPartialJson();
    json.push('{"a": 1} trailing {"a": 2}');
    expect(json.value).toEqual({ a: 1 });
    expect(json.push("x")).toBe(false);
  });

  it("makes __proto__ an own property", () => {
    const value = shown('{"__proto__": {"polluted": true}, "b": {"__proto__": "x') as Record<string, Record<string, unknown>>;
    expect(Object.keys(value)).toEqual(["__proto__", "b"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.entries(value.b ?? {})).toEqual([["__proto__", "x"]]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("shows a repeated key, which replaces a member, only at the end", () => {
    const json = createPartialJson();
    json.push('{"a": "xyz", "a": "b", "c": 1');
    expect(json.value ?? {}).toEqual({});
    json.push("}");
    expect(json.value).toEqual({ a: "b", c: 1 });
  });

  it("skips prose, and brackets in it", () => {
    const json = createPartialJson({ prose: true });
    const seen: unknown[] = [];
    for (const character of 'Sure [1], {see} below:\n```json\n{"a": "x"}\n```') if (json.push(character)) seen.push(json.value);
    expect(seen[0]).toEqual({});
    expect(seen.at(-1)).toEqual({ a: "x" });
    expect(json.complete).toBe(true);
  });

  it("does work in proportion to the text, however it is split", () => {
    const copied = (length: number) => {
      const json = createPartialJson();
      let width = 0;
      let before: unknown;
      for (const character of `{"items": ${JSON.stringify(Array.from({ length }, (_, index) => index))}}`) {
        json.push(character);
        if (json.value !== before) width += 1 + ((json.value as { items?: unknown[] }).items?.length ?? 0);
        before = json.value;
      }
      return { width, text: JSON.stringify(before).length };
    };
    for (const length of [100, 1_000, 10_000]) {
      const { width, text } = copied(length);
      expect(width).toBeLessThan(12 * text + length);
    }
  });
});
