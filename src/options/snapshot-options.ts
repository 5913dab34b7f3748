import { ConfigurationError } from "../errors/errors.ts";
import { isDispatched } from "./dispatched-tasks.ts";
import { describeThrown } from "./json-value.ts";
import { describe, isObject } from "./validators.ts";

/** Options that are read when a request is built, so their entries are copied too. */
const copied: readonly string[] = ["gateway", "headers", "timeout", "extraBody", "tools", "backgroundTasks", "approvals"];

/** Example calls, shown when the argument is not an options object. */
const examples: Readonly<Record<string, string>> = {
  createGateway: "createGateway({ accountId, gatewayId, gatewayToken })",
  with: 'with({ model: "…" })',
  chat: 'chat({ prompt: "…" })',
  stream: 'stream({ prompt: "…" })',
};

/**
 * Copies the options, so that callers can change their object afterwards and a getter runs only once.
 *
 * @throws ConfigurationError when `given` is not a plain object, or reading it throws
 */
export function snapshotOptions<T extends object>(given: T, call: "createGateway" | "with" | "chat" | "stream"): T {
  const place: Place = { option: call };
  let copy: Record<string, unknown> | undefined;
  try {
    if (isPlain(given)) copy = copyOptions(given, place);
  } catch (error) {
    throw new ConfigurationError([{ option: place.option, message: `can't be read: ${describeThrown(error)}` }]);
  }
  if (copy) return copy as T;
  const message = `takes an options object, got ${describe(given)}: write ${examples[call]}`;
  throw new ConfigurationError([{ option: call, message }]);
}

/** The option being read, named in the error if a caller's Proxy, getter or iterator throws. */
interface Place {
  option: string;
}

const isPlain = (value: unknown): value is object => isObject(value) && !(Symbol.iterator in value);

function copyOptions(given: object, place: Place): Record<string, unknown> {
  const copy = copyMembers(given, "", place);
  for (const option in copy) {
    place.option = option;
    const value = copy[option];
    if (Array.isArray(value)) copy[option] = Array.from(value);
    // Anything other than a plain object is kept, for the checks to reject.
    else if (copied.includes(option) && isPlain(value) && !isDispatched(value))
      copy[option] = Object.freeze(copyMembers(value, `${option}.`, place));
  }
  return copy;
}

/** Copies own members, reading each once. */
function copyMembers(value: object, prefix: string, place: Place): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    place.option = prefix + name;
    const member: unknown = Reflect.get(value, name);
    // An assignment would run the setter of `__proto__`.
    if (name !== "__proto__") copy[name] = member;
    else Object.defineProperty(copy, name, { value: member, enumerable: true, writable: true, configurable: true });
  }
  return copy;
}
