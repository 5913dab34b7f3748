import { Ajv2020, type ErrorObject, type FuncKeywordDefinition } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";
import type { SchemaIssue, SchemaValidator } from "../schema.ts";
import { compileSchema } from "./interpreter/compile-schema.ts";
import { constMessage, enumMessage, neverAllowed, notAllowed, typeMessage } from "./issue-messages.ts";
import { areUnique, createMembership, isMultipleOf } from "./json-equality.ts";
import { escapePointer } from "./json-pointer.ts";
import type { NormalSchema } from "./normal-schema.ts";
import { normalizeSchema } from "./normalize-schema.ts";
import { compilePattern } from "./schema-pattern.ts";

/** Schemas that one instance of ajv compiles before another takes its place. */
const maxCompiledSchemas = 500;

type Test = (value: unknown) => SchemaIssue[];

/**
 * The default validator: compiles a schema to code, so it validates fast and needs a runtime that allows that. Its meta-schema is left out,
 * since compiling that takes longer than everything else; `normalizeSchema` refuses what it would refuse.
 */
export function createValidator(): SchemaValidator {
  // Setting it up costs more than compiling most schemas.
  let ajv = createAjv();
  let compiled = 0;
  return {
    compile(schema) {
      const normal = normalizeSchema(schema);
      // ajv lets every item pass once `contains` stands beside `unevaluatedItems`, and loses what branches have looked at.
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
    // `1e400` is read as Infinity, which is no number of JSON.
    strictNumbers: true,
    meta: false,
    validateSchema: false,
    // It would print warnings, and the generated code where a runtime refuses it.
    logger: false,
    // Without it, every object has the properties `constructor`, `toString`, and so on.
    ownProperties: true,
    formats: fullFormats,
    // Optimizing the code takes a fifth of the compilation and makes validation no faster.
    code: { optimize: false, regExp: Object.assign(compilePattern, { code: "compilePattern" }) },
  });
  // Those keywords are interpreted, and the code that tracks them for branches is broken ("props0 is not defined").
  ajv.opts.unevaluated = false;
  for (const { keyword } of ownKeywords) ajv.removeKeyword(keyword);
  return ajv.addVocabulary(ownKeywords);
}

/** Keywords that ajv judges by binary fractions, or by calling a `valueOf` or `toString` of the value. */
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
    // Follows from the errors of its branch, which are listed too.
    case "if":
      return [];
    default:
      return issue(message ?? `breaks ${keyword}`);
  }
}
