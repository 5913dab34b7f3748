import type { LogFilter } from "../../logs/log-types.ts";
import type { LogBody } from "../../wire.ts";

type Condition = NonNullable<LogFilter["filters"]>[number];

const operators: readonly unknown[] = ["eq", "neq", "contains", "lt", "gt"] satisfies Condition["operator"][];

/** Reads the query parameter `filters`, a JSON array of conditions; undefined if it is something else. */
export function parseConditions(json: string): Condition[] | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) && value.every(isCondition) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isCondition = (value: unknown): value is Condition =>
  typeof value === "object" &&
  value !== null &&
  "key" in value &&
  typeof value.key === "string" &&
  "operator" in value &&
  operators.includes(value.operator) &&
  "value" in value &&
  Array.isArray(value.value);

/** Whether a log meets a condition with one of its values. */
export function meetsCondition(log: LogBody, { key, operator, value }: Condition): boolean {
  const found = fieldValues(log, key);
  const some = (test: (field: unknown, given: unknown) => boolean) =>
    found.some((field) => value.some((given) => test(field, given)));
  switch (operator) {
    case "eq":
      return some((field, given) => String(field) === String(given));
    case "neq":
      return !some((field, given) => String(field) === String(given));
    case "contains":
      return some((field, given) => String(field).toLowerCase().includes(String(given).toLowerCase()));
    case "lt":
      return some((field, given) => isLess(field, given));
    case "gt":
      return some((field, given) => isLess(given, field));
  }
}

/** The values of a field; metadata may have several. */
function fieldValues(log: LogBody, key: string): unknown[] {
  if (key === "tokens") return [(log.tokens_in ?? 0) + (log.tokens_out ?? 0)];
  if (key === "metadata.key") return Object.keys(log.metadata ?? {});
  if (key === "metadata.value") return Object.values(log.metadata ?? {});
  const value = log[key];
  return value === undefined || value === null ? [] : [value];
}

/** Numbers are compared as numbers, times as text. */
const isLess = (a: unknown, b: unknown): boolean =>
  Number.isNaN(Number(a)) || Number.isNaN(Number(b)) ? String(a) < String(b) : Number(a) < Number(b);
