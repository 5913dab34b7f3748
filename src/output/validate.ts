import { ConfigurationError } from "../errors/errors.ts";
import {
  isStandardSchema,
  type JsonSchema,
  type Schema,
  type SchemaIssue,
  type SchemaValidator,
  type StandardIssue,
} from "../schema.ts";

export type Validated = { value: unknown; issues?: undefined } | { issues: SchemaIssue[] };

type Check = (value: unknown) => SchemaIssue[];

let shared: Promise<SchemaValidator> | undefined;
const compiled = new WeakMap<SchemaValidator, WeakMap<object, Check>>();

/**
 * Validates by the schema's own means: a Standard Schema by its `validate`, whose output (transforms applied) is the value; a JSON Schema
 * by `validator`, or else by the package's own, loaded at first use. `option` names the schema's place in errors.
 */
export async function validateWith(
  schema: Schema,
  value: unknown,
  validator: SchemaValidator | undefined,
  option = "output",
): Promise<Validated> {
  if (isStandardSchema(schema)) {
    const result = await schema["~standard"].validate(value);
    return result.issues ? { issues: result.issues.map(fromStandard) } : { value: result.value };
  }
  const issues = compile(schema as JsonSchema, validator ?? (await ownValidator()), option)(value);
  return issues.length > 0 ? { issues } : { value };
}

/** Throws a ConfigurationError for a JSON Schema that does not compile, so that it is known before anything is sent. */
export async function assertCompiles(schema: Schema, validator: SchemaValidator | undefined, option: string): Promise<void> {
  if (!isStandardSchema(schema)) compile(schema as JsonSchema, validator ?? (await ownValidator()), option);
}

function ownValidator(): Promise<SchemaValidator> {
  shared ??= import("#validator").then((module) => module.createValidator());
  return shared;
}

function compile(schema: JsonSchema, validator: SchemaValidator, option: string): Check {
  let checks = compiled.get(validator);
  if (!checks) {
    checks = new WeakMap();
    compiled.set(validator, checks);
  }
  const known = typeof schema === "object" ? checks.get(schema) : undefined;
  if (known) return known;
  try {
    const check = validator.compile(schema);
    if (typeof schema === "object") checks.set(schema, check);
    return check;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError([{ option, message: `not a valid JSON Schema (2020-12): ${reason}` }]);
  }
}

function fromStandard({ path = [], message }: StandardIssue): SchemaIssue {
  const keys = path.map((segment) => (typeof segment === "object" ? segment.key : segment));
  return { path: keys.map((key) => `/${escapePointer(String(key))}`).join(""), message };
}

function escapePointer(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
