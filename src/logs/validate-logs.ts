import { ConfigurationError } from "../errors/errors.ts";
import { checkJson } from "../options/json-value.ts";
import { runCheck } from "../options/run-check.ts";
import { abortSignal, describe, isObject, type OptionProblem, toOptionProblem } from "../options/validators.ts";
import type { LogFilter } from "./log-types.ts";

/** @throws ConfigurationError with what `find` finds */
function throwProblems(option: string, find: () => OptionProblem[]): void {
  const problems = runCheck(option, find);
  if (problems.length > 0) throw new ConfigurationError(problems);
}

export function checkId(id: unknown): void {
  if (typeof id === "string" && /^[\w-]+$/.test(id)) return;
  const given = typeof id === "string" ? "a string with other characters" : describe(id);
  throwProblems("id", () => [{ option: "id", message: `must be a log's id (result.gateway.logId), got ${given}` }]);
}

/** The options of `logs.get`. */
export function checkGetOptions(options: unknown): void {
  throwProblems("options", () => {
    if (!isObject(options)) return [{ option: "options", message: `must be { waitMs, signal }, got ${describe(options)}` }];
    const { waitMs, signal, ...others } = options;
    const problem = signal === undefined ? undefined : abortSignal(signal);
    return [
      ...Object.keys(others).map((option) => ({ option, message: "is not an option of logs.get: pass waitMs and signal" })),
      ...(waitMs === undefined || (typeof waitMs === "number" && waitMs >= 0)
        ? []
        : [{ option: "waitMs", message: `must be a number of milliseconds, 0 or more, got ${describe(waitMs)}` }]),
      ...(problem ? [toOptionProblem("signal", problem)] : []),
    ];
  });
}

type Operator = NonNullable<LogFilter["filters"]>[number]["operator"];
const operators: Readonly<Record<Operator, true>> = { eq: true, neq: true, contains: true, lt: true, gt: true };
const isScalar = (value: unknown) => typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
const isQueryValue = (value: unknown) =>
  value === undefined || isScalar(value) || (Array.isArray(value) && value.every(isScalar));

export function checkFilter(filter: unknown): void {
  throwProblems("filter", () => {
    if (!isObject(filter)) return [{ option: "filter", message: `must be an object of conditions, got ${describe(filter)}` }];
    const { filters, ...parameters } = filter;
    return [...checkConditions(filters), ...Object.entries(parameters).flatMap(([name, value]) => checkParameter(name, value))];
  });
}

function checkParameter(option: string, value: unknown): OptionProblem[] {
  if (option === "page") return [{ option, message: "is counted by list(): it reads page after page" }];
  if (isQueryValue(value)) return [];
  return [{ option, message: `must be a string, a number, a boolean or an array of these, got ${describe(value)}` }];
}

function checkConditions(filters: unknown): OptionProblem[] {
  if (filters === undefined) return [];
  if (!Array.isArray(filters))
    return [{ option: "filters", message: `must be an array of conditions, got ${describe(filters)}` }];
  return filters.flatMap((condition: unknown, index): OptionProblem[] => {
    const option = `filters[${index}]`;
    if (!isObject(condition)) return [{ option, message: `must be { key, operator, value }, got ${describe(condition)}` }];
    const { key, operator, value } = condition;
    if (typeof key !== "string" || key === "") return [{ option: `${option}.key`, message: "must be a non-empty string" }];
    if (typeof operator !== "string" || !Object.hasOwn(operators, operator)) {
      const names = Object.keys(operators).join(", ");
      return [{ option: `${option}.operator`, message: `must be one of ${names}, got ${describe(operator)}` }];
    }
    if (!Array.isArray(value) || value.length === 0 || !value.every(isScalar))
      return [{ option: `${option}.value`, message: "must be a non-empty array of strings, numbers or booleans" }];
    return [];
  });
}

const feedbackFields: readonly string[] = ["feedback", "score", "metadata"];

export function checkFeedback(given: unknown): void {
  throwProblems("feedback", () => {
    if (!isObject(given))
      return [{ option: "feedback", message: `must be { feedback, score, metadata }, got ${describe(given)}` }];
    const { feedback, score, metadata } = given;
    const problems: OptionProblem[] = Object.keys(given)
      .filter((field) => !feedbackFields.includes(field))
      .map((field) => ({ option: `feedback.${field}`, message: `is not one of ${feedbackFields.join(", ")}` }));
    if (problems.length === 0 && feedback === undefined && score === undefined && metadata === undefined)
      problems.push({ option: "feedback", message: "is empty: pass feedback, score or metadata" });
    if (feedback !== undefined && feedback !== null && feedback !== 1 && feedback !== -1)
      problems.push({ option: "feedback.feedback", message: `must be 1, -1 or null, got ${describe(feedback)}` });
    if (score !== undefined && score !== null && !(typeof score === "number" && score >= 0 && score <= 100))
      problems.push({ option: "feedback.score", message: `must be a number between 0 and 100, or null, got ${describe(score)}` });
    return [...problems, ...checkMetadata(metadata)];
  });
}

function checkMetadata(metadata: unknown): OptionProblem[] {
  const option = "feedback.metadata";
  if (metadata === undefined || metadata === null) return [];
  if (!isObject(metadata)) return [{ option, message: `must be an object or null, got ${describe(metadata)}` }];
  const problem = checkJson(metadata);
  return problem ? [toOptionProblem(option, problem)] : [];
}
