import { describe, expect, test } from "vitest";
import { createRedact } from "../../src/errors/redact.ts";

const secret = 'tok"en\\value';
const redact = createRedact([secret]);

describe("createRedact", () => {
  test("replaces a secret in strings, keys and values at any depth", () => {
    const value = { [`key ${secret}`]: [{ deep: `Bearer ${secret}, ${secret}` }], number: 1, nothing: null };
    expect(redact(value)).toEqual({ "key [redacted]": [{ deep: "Bearer [redacted], [redacted]" }], number: 1, nothing: null });
  });

  test("finds a secret in its JSON-escaped form", () => {
    expect(redact(JSON.stringify({ error: secret }))).toBe('{"error":"[redacted]"}');
  });

  test("leaves no part of a secret that starts like another", () => {
    for (const secrets of [
      ["token", "token-2"],
      ["token-2", "token"],
    ]) {
      expect(createRedact(secrets)("token-2 and token")).toBe("[redacted] and [redacted]");
    }
  });

  test("returns values without a secret unchanged", () => {
    const date = new Date(0);
    const headers = new Headers();
    expect(redact({ date, headers, text: "plain" })).toEqual({ date, headers, text: "plain" });
    expect(redact(undefined)).toBeUndefined();
    expect(createRedact([""])("plain")).toBe("plain");
    expect(createRedact([])({ a: ["plain"] })).toEqual({ a: ["plain"] });
  });

  test("does not mutate its input", () => {
    const value = { text: secret };
    redact(value);
    expect(value.text).toBe(secret);
  });

  test("visits a circular value once", () => {
    const circular: Record<string, unknown> = { text: secret, list: [] };
    circular.self = circular;
    (circular.list as unknown[]).push(circular);
    const copy = redact(circular);
    expect(copy.text).toBe("[redacted]");
    expect(copy.self).toBe(copy);
    expect((copy.list as unknown[])[0]).toBe(copy);
  });

  test("keeps a key named __proto__ as a key", () => {
    const copy = redact(JSON.parse('{"__proto__":{"a":1}}'));
    expect(Object.keys(copy)).toEqual(["__proto__"]);
    expect(copy.a).toBeUndefined();
  });

  test("handles objects without a prototype", () => {
    expect(redact(Object.assign(Object.create(null), { text: secret }))).toEqual({ text: "[redacted]" });
  });
});
