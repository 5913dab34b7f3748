import { ConfigurationError } from "../errors/errors.ts";
import { describeThrown } from "./json-value.ts";
import { describe, isObject } from "./validators.ts";

/** Options that are merged key by key, so that their entries are copied too. */
const merged: readonly string[] = ["gateway", "headers", "timeout", "extraBody"];

/** What to write instead of a value that is no options object. */
const examples: Readonly<Record<string, string>> = {
  createGateway: "createGateway({ accountId, gatewayId, gatewayToken })",
  with: 'with({ model: "…" })',
  chat: 'chat({ prompt: "…" })',
  stream: 'stream({ prompt: "…" })',
};

/**
 * Copies the options, so that the caller may change its own object afterwards and a getter runs only once.
 *
 * @throws ConfigurationError when `given` is no plain object, or reading it throws
 */
export function snapshotOptions<T extends object>(given: T, call: "createGateway" | "with" | "chat" | "stream"): T {
  if (!attempt(call, () => isPlain(given)))
    throw new ConfigurationError([
      { option: call, message: `takes an object of options, got ${describe(given)}: write ${examples[call]}` },
    ]);
  const copy = copyMembers(given, call, "");
  for (const option of merged) {
    const value = copy[option];
    // Whatever isn't a plain object stays as it is, for the checks to refuse.
    if (attempt(option, () => isPlain(value))) copy[option] = copyMembers(Object(value), call, `${option}.`);
  }
  const { messages } = copy;
  copy.messages &&= attempt("messages", () => (Array.isArray(messages) ? Array.from(messages) : messages));
  return copy as T;
}

const isPlain = (value: unknown): boolean => isObject(value) && !(Symbol.iterator in value);

/** Runs code that a Proxy or an iterator of the caller's may make throw. */
function attempt<T>(option: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new ConfigurationError([{ option, message: `can't be read: ${describeThrown(error)}` }]);
  }
}

/** Own members, read once each. */
function copyMembers(value: object, call: string, prefix: string): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  let reading = prefix.slice(0, -1) || call;
  try {
    for (const name of Object.keys(value)) {
      reading = prefix + name;
      // Not an assignment, which would run the setter of `__proto__`.
      Object.defineProperty(copy, name, {
        value: Reflect.get(value, name),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
  } catch (error) {
    throw new ConfigurationError([{ option: reading, message: `can't be read: ${describeThrown(error)}` }]);
  }
  return copy;
}
