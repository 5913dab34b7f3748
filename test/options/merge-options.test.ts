import { describe, expect, test } from "vitest";
import { mergeOptions } from "../../src/options/merge-options.ts";

describe("mergeOptions", () => {
  test("merges options over defaults, and undefined removes one", () => {
    expect(mergeOptions({ model: "a", temperature: 1, seed: 7 }, { model: "b", temperature: undefined })).toEqual({
      model: "b",
      temperature: undefined,
      seed: 7,
    });
  });

  test("merges gateway, timeout and extraBody key by key", () => {
    const defaults = { gateway: { cacheTtl: 60, skipCache: true }, timeout: { idle: 1, total: 2 }, extraBody: { a: 1, b: 2 } };
    const options = { gateway: { cacheTtl: undefined, eventId: "e" }, timeout: { total: 3 }, extraBody: { b: undefined } };
    expect(mergeOptions(defaults, options)).toEqual({
      gateway: { cacheTtl: undefined, skipCache: true, eventId: "e" },
      timeout: { idle: 1, total: 3 },
      extraBody: { a: 1, b: undefined },
    });
    expect(mergeOptions(defaults, { gateway: undefined })).toMatchObject({ gateway: undefined, timeout: defaults.timeout });
  });

  test("compares header names case-insensitively", () => {
    const headers = { "X-Team": "search", "x-keep": "1", "X-Off": "1" };
    expect(mergeOptions({ headers }, { headers: { "x-TEAM": "ads", "x-off": undefined } }).headers).toEqual({
      "x-team": "ads",
      "x-keep": "1",
      "x-off": undefined,
    });
  });

  test("does not mutate the defaults", () => {
    const defaults = { gateway: { cacheTtl: 60 } };
    mergeOptions(defaults, { gateway: { cacheTtl: 90 } });
    expect(defaults).toEqual({ gateway: { cacheTtl: 60 } });
  });

  test.each([["x"], [new Headers({ b: "2" })], [new Map([["b", "2"]])]])(
    "leaves it to validation to reject the headers %o",
    (headers) => {
      const wrong = { headers } as unknown as object;
      expect(mergeOptions({ headers: { a: "1" } }, wrong)).toEqual(wrong);
    },
  );

  test("leaves it to validation to reject values that are not objects", () => {
    const wrong = { headers: "x", gateway: ["x"], extraBody: null } as unknown as object;
    expect(mergeOptions({ headers: { a: "1" }, gateway: {}, extraBody: {} }, wrong)).toEqual(wrong);
  });
});
