import type { OptionProblem } from "./validators.ts";

const kindOf = (value: unknown): string => (value === null ? "null" : Array.isArray(value) ? "an array" : typeof value);
const isPlain = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(Symbol.iterator in value);

type Rule = [isValid: (value: unknown) => boolean, expected: string];

const rules: Readonly<Record<string, Rule>> = {
  description: [(value) => typeof value === "string", "a string"],
  execute: [(value) => typeof value === "function", "a function"],
  timeout: [(value) => typeof value === "number" && value > 0 && Number.isFinite(value), "a number of milliseconds above 0"],
  validate: [(value) => typeof value === "boolean", "true or false"],
  needsApproval: [
    (value) => typeof value === "boolean" || typeof value === "function",
    "a boolean or a function that returns one",
  ],
  wire: [isPlain, "an object of fields for the tool on the wire"],
};

/** What is wrong with the definition of a tool; `option` is its place in errors. */
export function checkTool(definition: object, option: string): OptionProblem[] {
  const problems: OptionProblem[] = [];
  const { parameters, ...fields } = definition as Record<string, unknown>;
  if (parameters === undefined || parameters === null)
    problems.push({
      option: `${option}.parameters`,
      message: 'is missing: pass a schema; for no arguments, { type: "object", properties: {} }',
    });
  for (const [field, [isValid, expected]] of Object.entries(rules)) {
    const value = fields[field];
    if (value !== undefined && !isValid(value))
      problems.push({ option: `${option}.${field}`, message: `must be ${expected}, got ${kindOf(value)}` });
  }
  return problems;
}
