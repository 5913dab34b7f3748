/** A problem with an option, as it goes into a ConfigurationError. */
export interface OptionProblem {
  option: string;
  message: string;
  env?: string;
}

export const kindOf = (value: unknown): string =>
  value === null || value === undefined
    ? `${value}`
    : Array.isArray(value)
      ? "an array"
      : typeof value === "object"
        ? "an object"
        : typeof value === "number"
          ? `${value}`
          : `a ${typeof value}`;

/** What is wrong with a value, as the end of a sentence that starts with its name; undefined when nothing is. */
export type Check = (value: unknown) => string | undefined;

/** The problem with an option; of a check that found it deeper (`.idle must be …`, `[1] must be …`), with the place in the option's name. */
export function problemOf(option: string, message: string): OptionProblem {
  const [, place = "", rest = message] = /^([.[]\S+) (.*)$/s.exec(message) ?? [];
  return { option: option + place, message: rest };
}

/** A table's own entry: not what every object has, such as `constructor`. */
export const entryOf = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

export const between =
  (min: number, max: number): Check =>
  (value) =>
    typeof value === "number" && value >= min && value <= max
      ? undefined
      : `must be a number from ${min} to ${max}, not ${kindOf(value)}`;
export const wholeFrom =
  (min: number): Check =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= min
      ? undefined
      : `must be a whole number from ${min}, not ${kindOf(value)}`;
export const milliseconds: Check = (value) =>
  typeof value === "number" && value > 0 ? undefined : `must be a number of milliseconds above 0, not ${kindOf(value)}`;
export const text: Check = (value) =>
  typeof value === "string" && value !== ""
    ? undefined
    : `must be a text that is not empty, not ${value === "" ? "an empty one" : kindOf(value)}`;
export const anyText: Check = (value) => (typeof value === "string" ? undefined : `must be a text, not ${kindOf(value)}`);
export const flag: Check = (value) => (typeof value === "boolean" ? undefined : `must be true or false, not ${kindOf(value)}`);
export const callable: Check = (value) => (typeof value === "function" ? undefined : `must be a function, not ${kindOf(value)}`);
export const object: Check = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? undefined : `must be an object, not ${kindOf(value)}`;
/** The entries of a `Headers` or a `Map` are not its properties: they would be lost. */
export const plainObject: Check = (value) =>
  object(value) ??
  (Symbol.iterator in (value as object)
    ? "must be a plain object: write Object.fromEntries(value) in place of value"
    : undefined);
export const name: Check = (value) => {
  const problem = text(value);
  return (
    problem ??
    (/[\x00-\x20\x7f]/.test(value as string) ? "must not hold spaces, line breaks or other control characters" : undefined)
  );
};

export const strategies = ["auto", "json-schema", "tool", "json-object", "prompt"];
export const strategy: Check = (value) =>
  strategies.includes(value as string) ? undefined : `must be one of ${strategies.join(", ")}, not ${kindOf(value)}`;
