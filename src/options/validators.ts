/** A problem with an option, as it goes into a ConfigurationError. */
export interface OptionProblem {
  /** The option and the place in it: `timeout.idle`, `messages[1].role`. */
  option: string;
  /** The end of a sentence that starts with `option`; one that starts with a capital letter stands alone. */
  message: string;
  /** The environment variable that would fix it. */
  env?: string;
}

/** What is wrong inside a value: where (`""` is the value itself) and what, as the end of a sentence that starts with that place. */
export interface Problem {
  path: string;
  message: string;
}

/** Finds what is wrong with a value; undefined when nothing is. */
export type Check = (value: unknown) => Problem | undefined;

/** Names what came in place of what was expected: `string`, `array`, `5`. Never quotes a string, which may be a secret. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return `${value}`;
  if (isArray(value)) return value.length === 0 ? "an empty array" : "array";
  if (value === "") return "an empty string";
  return typeof value === "number" ? `${value}` : typeof value;
}

/** `Array.isArray`, which throws for a Proxy that has been revoked. */
function isArray(value: unknown): value is unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/** A check for a single condition: `must be {expected}, got {what came}`. */
export const expect =
  (expected: string, holds: (value: unknown) => boolean): Check =>
  (value) =>
    holds(value) ? undefined : { path: "", message: `must be ${expected}, got ${describe(value)}` };

/** A problem found inside `option`. */
export const toOptionProblem = (option: string, { path, message }: Problem): OptionProblem => ({
  option: option + path,
  message,
});

/** A problem found inside a member of the checked value. */
export const within = (path: string, problem: Problem | undefined): Problem | undefined =>
  problem && { path: path + problem.path, message: problem.message };

/** A table's own entry, not what every object inherits, such as `constructor`. */
export const ownEntry = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const numberBetween = (min: number, max: number): Check =>
  expect(`a number between ${min} and ${max}`, (value) => typeof value === "number" && value >= min && value <= max);

export const integer = expect("an integer", Number.isSafeInteger);

export const integerFrom = (min: number): Check =>
  expect(`an integer of at least ${min}`, (value) => Number.isSafeInteger(value) && Number(value) >= min);

export const integerBetween = (min: number, max: number, unit: string): Check =>
  expect(
    `an integer between ${min} and ${max} (${unit})`,
    (value) => Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max,
  );

export const milliseconds = expect("a number of milliseconds greater than 0", (value) => typeof value === "number" && value > 0);

export const string = expect("a string", (value) => typeof value === "string");
export const nonEmptyString = expect("a non-empty string", (value) => typeof value === "string" && value !== "");
export const boolean = expect("true or false", (value) => typeof value === "boolean");
export const callable = expect("a function", (value) => typeof value === "function");
export const object = expect("an object", isObject);

export const abortSignal = expect(
  "an AbortSignal",
  (value) => isObject(value) && typeof value.aborted === "boolean" && typeof value.addEventListener === "function",
);

/** An object whose entries are its properties. Those of a `Headers` or a `Map` are not, and would be lost. */
export const plainObject: Check = (value) => {
  if (!isObject(value)) return object(value);
  return Symbol.iterator in value
    ? { path: "", message: "must be a plain object: pass Object.fromEntries(value) instead of value" }
    : undefined;
};

export const oneOf = (...words: readonly string[]): Check =>
  expect(`one of ${words.map((word) => `"${word}"`).join(", ")}`, (value) => words.some((word) => word === value));

export const arrayOf =
  (expected: string, check: Check): Check =>
  (value) => {
    if (!Array.isArray(value)) return { path: "", message: `must be ${expected}, got ${describe(value)}` };
    // Array.from reads the holes of a sparse array too, which `every` skips.
    for (const [index, entry] of Array.from(value).entries()) {
      const problem = within(`[${index}]`, check(entry));
      if (problem) return problem;
    }
    return undefined;
  };

/** Longer names are none of a model: they come of a mistake, such as a prompt in place of a model. */
const maxNameLength = 256;

/** A name that becomes part of a model id: it is sent in the body and may appear in a URL. */
export const identifier: Check = (value) => {
  const problem = nonEmptyString(value);
  if (problem) return problem;
  const name = String(value);
  if (name.length > maxNameLength)
    return { path: "", message: `must be at most ${maxNameLength} characters, got ${name.length}` };
  return /[\x00-\x20\x7f]/.test(name)
    ? { path: "", message: "must not contain spaces, line breaks or other control characters" }
    : undefined;
};
