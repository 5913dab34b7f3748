/** A problem with an option, as listed in a ConfigurationError. */
export interface OptionProblem {
  /** The path of the option: `timeout.idle`, `messages[1].role`. */
  option: string;
  /** Completes the sentence that `option` starts, unless it starts with a capital letter. */
  message: string;
  /** The environment variable that would fix it. */
  env?: string;
}

/** A problem inside a value: its path (`""` is the value itself) and a message that completes the sentence that the path starts. */
export interface Problem {
  path: string;
  message: string;
}

/** Returns the problem with a value, or undefined if it is valid. */
export type Check = (value: unknown) => Problem | undefined;

/** Describes an invalid value for a message: `string`, `array`, `5`. Never quotes a string, which may be a secret. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return `${value}`;
  if (isArray(value)) return value.length === 0 ? "an empty array" : "array";
  if (value === "") return "an empty string";
  return typeof value === "number" ? `${value}` : typeof value;
}

/** `Array.isArray` throws for a revoked Proxy. */
function isArray(value: unknown): value is unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/**
 * A check for a single condition: `must be {expected}, got {value}`. The annotation, here and on the other functions that build a check, lets a
 * bundler drop the checks that a program does not use.
 */
/* @__NO_SIDE_EFFECTS__ */
export function expect(expected: string, holds: (value: unknown) => boolean): Check {
  return (value) => (holds(value) ? undefined : { path: "", message: `must be ${expected}, got ${describe(value)}` });
}

/** Adds the option's name to a problem found inside it. */
export const toOptionProblem = (option: string, { path, message }: Problem): OptionProblem => ({
  option: option + path,
  message,
});

/** Prefixes the path of a problem found inside a member. */
export const within = (path: string, problem: Problem | undefined): Problem | undefined =>
  problem && { path: path + problem.path, message: problem.message };

/** Looks up a table's own entry, ignoring inherited ones such as `constructor`. */
export const ownEntry = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const numberBetween = /* @__NO_SIDE_EFFECTS__ */ (min: number, max: number): Check =>
  expect(`a number between ${min} and ${max}`, (value) => typeof value === "number" && value >= min && value <= max);

export const integer = expect("an integer", Number.isSafeInteger);

export const integerFrom = /* @__NO_SIDE_EFFECTS__ */ (min: number): Check =>
  expect(`an integer of at least ${min}`, (value) => Number.isSafeInteger(value) && Number(value) >= min);

export const integerBetween = /* @__NO_SIDE_EFFECTS__ */ (min: number, max: number, unit: string): Check =>
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

/** An object whose entries are its properties. The entries of a `Headers` or a `Map` are not, and would be lost. */
export const plainObject: Check = (value) => {
  if (!isObject(value)) return object(value);
  return Symbol.iterator in value
    ? { path: "", message: "must be a plain object: pass Object.fromEntries(value) instead of value" }
    : undefined;
};

/** A check of a plain object as a whole. */
/* @__NO_SIDE_EFFECTS__ */
export function plainObjectWith(check: (value: Record<string, unknown>) => Problem | undefined): Check {
  return (value) => {
    const problem = plainObject(value);
    return problem || !isObject(value) ? problem : check(value);
  };
}

/** A check of each entry of a plain object. */
export const plainObjectOf = /* @__NO_SIDE_EFFECTS__ */ (check: (name: string, entry: unknown) => Problem | undefined): Check =>
  plainObjectWith((value) => {
    for (const [name, entry] of Object.entries(value)) {
      const problem = check(name, entry);
      if (problem) return problem;
    }
    return undefined;
  });

export const oneOf = /* @__NO_SIDE_EFFECTS__ */ (words: readonly string[]): Check =>
  expect(`one of ${words.map((word) => `"${word}"`).join(", ")}`, (value) => words.some((word) => word === value));

/* @__NO_SIDE_EFFECTS__ */
export function arrayOf(expected: string, check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return { path: "", message: `must be ${expected}, got ${describe(value)}` };
    // Array.from reads the holes of a sparse array too, which `every` skips.
    for (const [index, entry] of Array.from(value).entries()) {
      const problem = within(`[${index}]`, check(entry));
      if (problem) return problem;
    }
    return undefined;
  };
}

/** A longer name is a mistake, such as a prompt passed as the model. */
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
