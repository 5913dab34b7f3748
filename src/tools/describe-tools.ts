import { ConfigurationError } from "../errors/errors.ts";
import { toJsonSchema } from "../output/json-schema.ts";
import { isTooDeep } from "../output/limits.ts";
import { parseNestedJson } from "../output/nested-json.ts";
import { isRecord } from "../output/schema-keywords.ts";
import { toStrictSchema } from "../output/strict-schema.ts";
import { assertCompiles } from "../output/validate.ts";
import { type SchemaObject, unwrapRoot, wrapRoot } from "../output/wrap-root.ts";
import { type SchemaDialect, toolSchemaDialect } from "../request/providers.ts";
import type { SchemaValidator } from "../schema.ts";
import type { FunctionTool } from "../wire.ts";
import { fitSchema } from "./fit-schema.ts";
import { modernizeSchema } from "./modernize-schema.ts";
import type { OfferedTools } from "./offered-tools.ts";
import { schemaLimits } from "./schema-limits.ts";
import type { Tool } from "./tool-types.ts";

/** A tool whose schema has been checked. */
interface PreparedTool {
  readonly tool: Tool;
  /** The schema with an object at its root. */
  readonly parameters: SchemaObject;
  mostLikely(args: unknown): unknown;
  readings(args: unknown): Iterable<unknown>;
  /** Definitions written so far, by dialect. */
  readonly written: Map<SchemaDialect, FunctionTool>;
}

const prepared = new WeakMap<Tool, PreparedTool>();

/** See `offerTools`. */
export async function describeTools(
  tools: Readonly<Record<string, Tool>>,
  validator: SchemaValidator | undefined,
  option: (name: string) => string,
): Promise<OfferedTools> {
  const ready = new Map<string, PreparedTool>();
  const issues: ConfigurationError["issues"] = [];
  for (const [name, tool] of Object.entries(tools)) {
    try {
      ready.set(name, await prepareTool(tool, validator, `${option(name)}.parameters`));
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      issues.push(...error.issues);
    }
  }
  if (issues.length > 0) throw new ConfigurationError(issues);
  const described = new Map<SchemaDialect, readonly FunctionTool[]>();
  return {
    tools,
    describe(target) {
      const dialect = toolSchemaDialect(target);
      const list = described.get(dialect) ?? Array.from(ready, ([name, tool]) => writeTool(name, tool, dialect));
      described.set(dialect, list);
      return list;
    },
    mostLikely(name, args) {
      const tool = ready.get(name);
      return tool ? tool.mostLikely(args) : args;
    },
    readings: (name, args) => ready.get(name)?.readings(args) ?? [args],
  };
}

async function prepareTool(tool: Tool, validator: SchemaValidator | undefined, option: string): Promise<PreparedTool> {
  const { parameters, validate = true } = tool;
  const compiling = validate ? assertCompiles(parameters, validator, option) : undefined;
  if (compiling) await compiling;
  const known = prepared.get(tool);
  if (known) return known;
  const schema = await toJsonSchema(parameters, option);
  const own = typeof schema === "boolean" ? schema : modernizeSchema(schema);
  const strict = isStrict(tool.wire) ? toStrictSchema(own) : undefined;
  const rooted = wrapRoot(own);
  const withoutAddedNulls = (value: unknown) => strict?.removeAddedNulls(value) ?? value;
  const ready: PreparedTool = {
    tool,
    // OpenAI: "object schema missing properties".
    parameters: strict?.schema ?? { ...rooted.schema, properties: rooted.schema.properties ?? {} },
    mostLikely: (args) => withoutAddedNulls(unwrapRoot(args, strict ?? rooted)[0]),
    *readings(args) {
      const candidates = unwrapRoot(args, strict ?? rooted).map(withoutAddedNulls);
      for (const value of candidates) yield value;
      if (isTooDeep(args)) return;
      for (const value of candidates) {
        const parsed = parseNestedJson(value, own);
        if (JSON.stringify(parsed) !== JSON.stringify(value)) yield parsed;
      }
    },
    written: new Map(),
  };
  prepared.set(tool, ready);
  return ready;
}

const isStrict = (wire: object | undefined): boolean =>
  isRecord(wire) && (wire.strict === true || (isRecord(wire.function) && wire.function.strict === true));

function writeTool(name: string, { tool, parameters, written }: PreparedTool, dialect: SchemaDialect): FunctionTool {
  const known = written.get(dialect);
  if (known?.function.name === name) return known;
  const { description, wire } = tool;
  const described = description === undefined ? {} : { description };
  const plain: FunctionTool = {
    type: "function",
    function: { name, ...described, parameters: fitSchema(parameters, schemaLimits[dialect]) },
  };
  const complete = isRecord(wire) ? mergeWire(plain, wire) : plain;
  written.set(dialect, complete);
  return complete;
}

function mergeWire(tool: FunctionTool, { strict, ...fields }: SchemaObject): FunctionTool {
  const merged = mergeDeep(tool, fields);
  return mergeDeep(merged, strict === undefined ? {} : { function: { strict } }) as FunctionTool;
}

function mergeDeep(base: SchemaObject, over: SchemaObject): SchemaObject {
  const merged = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const own = Object.hasOwn(base, key) ? base[key] : undefined;
    if (value !== undefined) merged[key] = isRecord(own) && isRecord(value) ? mergeDeep(own, value) : value;
  }
  return merged;
}
