import type { ErrorObject } from "ajv";
import { loadSchemas } from "../../wire.ts";

interface Problem {
  /** JSON Pointer. */
  path: string;
  message: string;
}

type Schema = Record<string, unknown>;
type Check = (schema: Schema, value: unknown) => ErrorObject[];

let loaded: Promise<{ check: Check; definitions: Record<string, Schema> }> | undefined;

/** What is wrong with a chat request by the spec; `undefined`: nothing. */
export async function checkRequestBody(body: unknown): Promise<Problem | undefined> {
  loaded ??= load();
  const { check, definitions } = await loaded;
  return problemIn(definitions.ChatCompletionRequest ?? {}, body, "", check, definitions);
}

async function load() {
  const [{ Ajv2020 }, { $defs }] = await Promise.all([import("ajv/dist/2020.js"), loadSchemas()]);
  const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true, validateFormats: false, logger: false });
  const compiled = new Map<Schema, ReturnType<typeof ajv.compile>>();
  const check: Check = (schema, value) => {
    const validate = compiled.get(schema) ?? ajv.compile({ ...schema, $defs });
    compiled.set(schema, validate);
    return validate(value) ? [] : (validate.errors ?? []);
  };
  return { check, definitions: $defs };
}

/** A union reports the problems of every branch; only those of the branch that was meant are worth telling. */
function problemIn(
  schema: Schema,
  value: unknown,
  path: string,
  check: Check,
  definitions: Record<string, Schema>,
): Problem | undefined {
  const errors = check(schema, value);
  const unions = errors.filter(({ keyword }) => keyword === "oneOf");
  const outermost = unions.sort((a, b) => a.instancePath.length - b.instancePath.length)[0];
  const plain = errors.find(({ instancePath }) => outermost === undefined || !isWithin(instancePath, outermost.instancePath));
  if (plain) return { path: path + plain.instancePath, message: plain.message ?? "does not fit" };
  if (!outermost) return undefined;
  const at = path + outermost.instancePath;
  const branches = ((outermost.parentSchema?.oneOf ?? []) as Schema[]).map((branch) => resolved(branch, definitions));
  const meant = branches.find((branch) => isMeant(branch, outermost.data));
  if (meant)
    return (
      problemIn(meant, outermost.data, at, check, definitions) ?? { path: at, message: "fits more than one form of the spec" }
    );
  const kinds = branches.map(discriminator).filter((kind) => kind !== undefined);
  if (kinds[0] && kinds.length === branches.length && typeof outermost.data === "object") {
    return { path: `${at}/${kinds[0].name}`, message: `must be one of ${kinds.map((kind) => kind.value).join(", ")}` };
  }
  return { path: at, message: `must be ${branches.map((branch) => String(branch.type ?? "object")).join(" or ")}` };
}

const isWithin = (path: string, outer: string) => path === outer || path.startsWith(`${outer}/`);

const resolved = (schema: Schema, definitions: Record<string, Schema>): Schema =>
  typeof schema.$ref === "string" ? (definitions[schema.$ref.replace("#/$defs/", "")] ?? schema) : schema;

/** By its `role` or `type`, else by its JSON type. */
function isMeant(branch: Schema, value: unknown): boolean {
  const kind = discriminator(branch);
  if (kind) return typeof value === "object" && value !== null && (value as Schema)[kind.name] === kind.value;
  const type = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  return "oneOf" in branch || branch.type === type;
}

function discriminator(branch: Schema): { name: string; value: unknown } | undefined {
  const properties = (branch.properties ?? {}) as Record<string, { enum?: readonly unknown[] }>;
  const name = ["role", "type"].find((name) => properties[name]?.enum?.length === 1);
  return name === undefined ? undefined : { name, value: properties[name]?.enum?.[0] };
}
