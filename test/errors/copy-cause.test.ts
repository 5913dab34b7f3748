import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { copyCause } from "../../src/errors/copy-cause.ts";
import { GatewayError } from "../../src/errors/errors.ts";
import { readThrown } from "../../src/errors/read-thrown.ts";
import { createRedact } from "../../src/errors/redact.ts";

const secret = 'tok"en\\value';
const redact = createRedact([secret]);
const copyError = (thrown: unknown) => copyCause(readThrown(thrown), redact);

describe("the cause of an error", () => {
  test("keeps name, message, code, stack and causes without the secret", () => {
    class FetchError extends Error {
      override name = "FetchError";
      readonly code = "ECONNRESET";
      readonly request = { headers: { authorization: `Bearer ${secret}` } };
    }
    const cause = new FetchError(`sent ${secret}`, { cause: new TypeError(`inner ${secret}`) });
    const copy = copyError(cause) as Error & { code: string };
    expect(copy).toBeInstanceOf(Error);
    expect(copy).toMatchObject({ name: "FetchError", code: "ECONNRESET", message: "sent [redacted]" });
    expect(copy.cause).toMatchObject({ name: "TypeError", message: "inner [redacted]" });
    expect(copy.stack).toContain("copy-cause.test.ts");
    expect(inspect(copy, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toMatch(/tok"en|authorization/);
  });

  test("terminates for circular causes", () => {
    const error = new Error("round");
    error.cause = error;
    expect(copyError(error)).toMatchObject({ message: "round" });
  });

  test("is the string form of a thrown value that is not an error", () => {
    expect(copyError(`thrown ${secret}`)).toBe("thrown [redacted]");
    expect(copyError({ authorization: secret })).toBe("[object Object]");
    expect(copyError(Symbol("odd"))).toBe("Symbol(odd)");
  });

  const throwing = () => {
    throw new Error("thrown by a getter");
  };
  const unreadable = (field: string) => Object.defineProperty(new Error("readable"), field, { get: throwing });

  test.each<[string, () => unknown, string]>([
    ["a message that throws", () => unreadable("message"), ""],
    ["a stack that throws", () => unreadable("stack"), "readable"],
    ["a cause that throws", () => unreadable("cause"), "readable"],
    ["a code that throws", () => unreadable("code"), "readable"],
    ["a name that is a symbol", () => Object.assign(new Error("readable"), { name: Symbol("odd") }), "readable"],
    ["a message that is a number", () => Object.assign(new Error(), { message: 7 }), ""],
  ])("is read even if it has %s", (_, create, message) => {
    expect(copyError(create())).toMatchObject({ message });
  });

  test("is read even if it is a Proxy that throws", () => {
    const traps = { get: throwing, has: throwing, getPrototypeOf: throwing, ownKeys: throwing };
    expect(copyError(new Proxy(new Error(), traps))).toBe("an unreadable error");
    expect(GatewayError.is(new Proxy({}, traps))).toBe(false);
  });
});
