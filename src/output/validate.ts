import { ConfigurationError } from "../errors/errors.ts";
import { describeThrown } from "../options/json-value.ts";
import {
  isStandardSchema,
  type JsonSchema,
  type Schema,
  type SchemaIssue,
  type SchemaValidator,
  type StandardIssue,
  type StandardResult,
  type StandardSchemaV1,
  type Validated,
} from "../schema.ts";
import { escapePointer } from "./json-pointer.ts";
import { boundIssues, isTooDeep, maxDepth, maxReasonLength } from "./limits.ts";

type Test = (value: unknown) => SchemaIssue[];

let builtIn: Promise<SchemaValidator> | undefined;
let loaded: SchemaValidator | undefined;
const cache = new WeakMap<SchemaValidator, WeakMap<object, Test>>();

/**
 * Validates a value: with a Standard Schema's own `validate`, which also applies transforms, or a JSON Schema with `validator` or the
 * built-in one, which is loaded on first use. Issues are limited in number and length. Returns a promise only if something is
 * asynchronous, so that many tool calls don't cost many promises.
 *
 * @param option names the schema in errors
 * @throws ConfigurationError for a JSON Schema that does not compile, or a validator that violates its contract
 */
export function validateWith(
  schema: Schema,
  value: unknown,
  validator: SchemaValidator | undefined,
  option = "output",
): Validated | Promise<Validated> {
  if (isTooDeep(value)) return { issues: [{ path: "", message: `must not be nested more than ${maxDepth} levels deep` }] };
  if (isStandardSchema(schema)) return validateStandard(schema, value);
  const validate = (ready: SchemaValidator): Validated => {
    const issues = runTest(compile(schema, ready, option), value);
    return issues.length > 0 ? { issues: boundIssues(issues) } : { value };
  };
  const ready = validator ?? loaded;
  return ready ? validate(ready) : loadValidator().then(validate);
}

/**
 * Throws a ConfigurationError for a JSON Schema that does not compile, before anything is sent. Returns a promise while the validator is
 * loading.
 */
export function assertCompiles(
  schema: Schema,
  validator: SchemaValidator | undefined,
  option: string,
): Promise<void> | undefined {
  if (isStandardSchema(schema)) return undefined;
  const ready = validator ?? loaded;
  if (!ready) return loadValidator().then((known) => void compile(schema, known, option));
  compile(schema, ready, option);
  return undefined;
}

/** Starts loading the built-in validator ahead of its first use. */
export function preloadValidator(): void {
  if (!loaded) loadValidator().catch(() => {});
}

/** Loads the built-in validator. */
export function loadValidator(): Promise<SchemaValidator> {
  if (builtIn) return builtIn;
  builtIn = import("#validator").then((module) => {
    loaded = module.createValidator();
    return loaded;
  });
  // The caller that awaits it receives the failure; the next call tries again.
  builtIn.catch(() => {
    builtIn = undefined;
  });
  return builtIn;
}

function validateStandard(schema: StandardSchemaV1, value: unknown): Validated | Promise<Validated> {
  try {
    const result = schema["~standard"].validate(value);
    return "then" in result ? Promise.resolve(result).then(fromStandard).catch(fromThrown) : fromStandard(result);
  } catch (error) {
    return fromThrown(error);
  }
}

/** A refinement throws because of the value, for example in `new URL(text)`. */
function fromThrown(error: unknown): Validated {
  const reason = describeThrown(error, maxReasonLength);
  return { issues: boundIssues([{ path: "", message: `validation failed: ${reason}` }]) };
}

function fromStandard(result: StandardResult<unknown>): Validated {
  return result.issues ? { issues: boundIssues(result.issues.map(toIssue)) } : { value: result.value };
}

function toIssue({ path = [], message }: StandardIssue): SchemaIssue {
  const keys = path.map((segment) => (typeof segment === "object" ? segment.key : segment));
  return { path: keys.map((key) => `/${escapePointer(String(key))}`).join(""), message: String(message) };
}

function compile(schema: JsonSchema, validator: SchemaValidator, option: string): Test {
  let tests = cache.get(validator);
  if (!tests) {
    tests = new WeakMap();
    cache.set(validator, tests);
  }
  const known = typeof schema === "object" ? tests.get(schema) : undefined;
  if (known) return known;
  let test: Test;
  try {
    test = validator.compile(schema);
  } catch (error) {
    const reason = describeThrown(error, maxReasonLength);
    throw new ConfigurationError([{ option, message: `is not a valid JSON Schema (2020-12): ${reason}` }]);
  }
  if (typeof test !== "function") {
    throw new ConfigurationError([{ option: "validator", message: "must have a compile method that returns a function" }]);
  }
  if (typeof schema === "object") tests.set(schema, test);
  return test;
}

function runTest(test: Test, value: unknown): SchemaIssue[] {
  let issues: SchemaIssue[];
  try {
    issues = test(value);
  } catch (error) {
    const reason = describeThrown(error, maxReasonLength);
    throw new ConfigurationError([{ option: "validator", message: `threw an error instead of returning issues: ${reason}` }]);
  }
  if (!Array.isArray(issues)) {
    throw new ConfigurationError([{ option: "validator", message: "must return an array of issues, empty for a valid value" }]);
  }
  return issues;
}
