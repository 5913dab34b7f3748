import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { createValidator } from "../../src/output/validator-ajv.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

it("a server that creates a schema for each request does not leak memory", async () => {
  const validator = createValidator();
  const made: WeakRef<object>[] = [];
  for (let call = 0; call < 1700; call++) {
    const properties = { city: { type: "string", maxLength: 100 + call } };
    made.push(new WeakRef(properties));
    const issues = validator.compile({ type: "object", properties, required: ["city"] })({ city: 7 });
    expect(issues).toEqual([{ path: "/city", message: "must be string" }]);
  }
  // A WeakRef keeps its target alive until the current turn of the event loop ends.
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  expect(made.filter((each) => each.deref()).length).toBeLessThan(500);
});
