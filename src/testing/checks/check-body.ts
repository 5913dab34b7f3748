import type { ErrorObject } from "ajv";
import { loadSchemas } from "../../wire.ts";
import { isSchemaObject } from "../samples/schema-object.ts";

interface Problem {
  /** JSON Pointer. */
  path: string;
  message: string;
}

type Schema = Record<string, unknown>;
type Check = (schema: Schema, value: unknown) => ErrorObject[];

let loaded: Promise<{ check: Check; definitions: Record<string, Schema> }> | undefined;

/** Returns how a chat request violates the spec, or `undefined`. Provider-specific parts are not checked. */
export async function checkRequestBody(body: Record<string, unknown>): Promise<Problem | undefined> {
  loaded ??= load();
  const { check, definitions } = await loaded;
  return problemIn(definitions.ChatCompletionRequest ?? {}, withoutExtensions(body, definitions), "", check, definitions);
}

const anyPart = { type: "text", text: "" };
const anyTool = { type: "function", function: { name: "tool" } };

/** Replaces parts, tools and details that the spec does not list with plain ones, so that the rest can be checked. */
function withoutExtensions(body: Record<string, unknown>, definitions: Record<string, Schema>): unknown {
  const known = new Set(Object.values(definitions).map((schema) => discriminator(schema)?.value));
  const isExtension = ({ type }: Schema) => typeof type === "string" && !known.has(type);
  const part = (each: unknown) => {
    if (!isSchemaObject(each)) return each;
    if (isExtension(each)) return anyPart;
    const image = each.image_url;
    return isSchemaObject(image) && typeof image.detail === "string"
      ? { ...each, image_url: { ...image, detail: "auto" } }
      : each;
  };
  const message = (each: unknown) =>
    isSchemaObject(each) && Array.isArray(each.content) ? { ...each, content: each.content.map(part) } : each;
  // A provider's own tool may be without a type: Gemini's is `{ google_search: {} }`.
  const tool = (each: unknown) => (isSchemaObject(each) && each.type !== "function" && !("function" in each) ? anyTool : each);
  return {
    ...body,
    ...(Array.isArray(body.messages) ? { messages: body.messages.map(message) } : {}),
    ...(Array.isArray(body.tools) ? { tools: body.tools.map(tool) } : {}),
  };
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

/** A union reports the problems of every branch; only those of the intended branch are helpful. */
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
  const meant = branches.find((branch) => isIntended(branch, outermost.data));
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
function isIntended(branch: Schema, value: unknown): boolean {
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
