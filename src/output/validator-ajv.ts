import { Ajv2020, type ErrorObject, type FuncKeywordDefinition, type Options } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";
import type { SchemaIssue, SchemaValidator } from "../schema.ts";
import { compileSchema } from "./interpreter/compile-schema.ts";
import { constMessage, enumMessage, neverAllowed, notAllowed, typeMessage } from "./issue-messages.ts";
import { areUnique, createMembership, isMultipleOf } from "./json-equality.ts";
import { escapePointer } from "./json-pointer.ts";
import type { NormalSchema } from "./normal-schema.ts";
import { normalizeSchema } from "./normalize-schema.ts";
import { compilePattern } from "./schema-pattern.ts";

/** Number of schemas an ajv instance compiles before it is replaced. */
const maxCompiledSchemas = 500;

type Test = (value: unknown) => SchemaIssue[];

/**
 * The default validator. It compiles schemas to code, which is fast but needs a runtime that allows it. The meta-schema is omitted because
 * compiling it takes longer than everything else; `normalizeSchema` rejects the same schemas.
 */
export function createValidator(): SchemaValidator {
  // Creating an instance costs more than compiling most schemas.
  let ajv = createAjv();
  let compiled = 0;
  return {
    compile(schema) {
      const normal = normalizeSchema(schema);
      // With `contains` next to `unevaluatedItems`, ajv accepts every item; it also loses what branches have evaluated.
      if (/"unevaluated(?:Items|Properties)":/.test(JSON.stringify(normal))) return interpret(normal);
      // ajv keeps the code that it generates, and a server may create a schema for each request.
      if (++compiled % maxCompiledSchemas === 0) ajv = createAjv();
      return compileWith(ajv, normal);
    },
  };
}

function interpret(schema: NormalSchema): Test {
  const check = compileSchema(schema);
  return (value) => {
    const issues: SchemaIssue[] = [];
    check(value, { path: [], issues }, undefined);
    return issues;
  };
}

function compileWith(ajv: Ajv2020, schema: NormalSchema): Test {
  const own = typeof schema === "boolean" ? { allOf: [schema] } : schema;
  try {
    const validate = ajv.compile(own);
    return (value) => (validate(value) ? [] : (validate.errors ?? []).flatMap(toIssue));
  } finally {
    // ajv never evicts from its cache.
    ajv.removeSchema(own);
  }
}

function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    // `1e400` is parsed as Infinity, which is not a JSON number.
    strictNumbers: true,
    meta: false,
    validateSchema: false,
    // ajv would print warnings, and the generated code if a runtime rejects it.
    logger: false,
    // Otherwise every object has the properties `constructor`, `toString`, and so on.
    ownProperties: true,
    formats: fullFormats,
    uriResolver: fragments,
    // Optimizing the code takes a fifth of the compile time without making validation faster.
    code: { optimize: false, regExp: Object.assign(compilePattern, { code: "compilePattern" }) },
  });
  // Those keywords are interpreted, and the code that tracks them for branches is broken ("props0 is not defined").
  ajv.opts.unevaluated = false;
  for (const { keyword } of ownKeywords) ajv.removeKeyword(keyword);
  return ajv.addVocabulary(ownKeywords);
}

/**
 * Resolves the references of a normalized schema, which lead to its own definitions (`#/$defs/0`). The URI parser that ajv would use instead is a
 * sixth of its code, and is left out of the build.
 */
const fragments: NonNullable<Options["uriResolver"]> = {
  parse: (uri) => (uri.startsWith("#") ? { fragment: uri.slice(1) } : {}),
  serialize: ({ fragment }) => (fragment === undefined ? "" : `#${fragment}`),
  resolve: (_base, reference) => reference,
};

/** Keywords that ajv evaluates with binary fractions, or by calling the value's `valueOf` or `toString`. */
const ownKeywords: (FuncKeywordDefinition & { keyword: string })[] = [
  {
    keyword: "multipleOf",
    type: "number",
    compile: (divisor: number) => (value: number) => isMultipleOf(value, divisor),
    error: { message: ({ schema }) => `must be multiple of ${schema}` },
  },
  {
    keyword: "uniqueItems",
    type: "array",
    compile: (unique: boolean) => (value: unknown[]) => !unique || areUnique(value),
    error: { message: "must NOT have duplicate items" },
  },
  { keyword: "enum", compile: createMembership, error: { message: ({ schema }) => enumMessage(schema) } },
  {
    keyword: "const",
    compile: (choice: unknown) => createMembership([choice]),
    error: { message: ({ schema }) => constMessage(schema) },
  },
];

function toIssue({ keyword, instancePath, message, params }: ErrorObject): SchemaIssue | SchemaIssue[] {
  const issue = (text: string, key?: unknown) => ({
    path: key === undefined ? instancePath : `${instancePath}/${escapePointer(String(key))}`,
    message: text,
  });
  switch (keyword) {
    case "additionalProperties":
      return issue(notAllowed, params.additionalProperty);
    case "false schema":
      return issue(neverAllowed);
    case "type":
      return issue(typeMessage(params.type));
    // Follows from the errors of its branch, which are reported too.
    case "if":
      return [];
    default:
      return issue(message ?? `breaks ${keyword}`);
  }
}
