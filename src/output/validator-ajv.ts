import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";
import type { SchemaIssue, SchemaValidator } from "../schema.ts";

/** Schemas that one instance of ajv compiles before it gives way to another. */
const mostSchemas = 500;

/** The default validator: compiles a schema to code, so it validates fast and needs a runtime that allows that. */
export function createValidator(): SchemaValidator {
  // Its set-up costs more than most schemas.
  let shared = createAjv();
  let compiled = 0;
  return {
    compile(schema) {
      // What it generates code from, it keeps for good; a server may make the same schema anew for each request.
      if (++compiled % mostSchemas === 0) shared = createAjv();
      // Any schema is read as 2020-12; ajv refuses those that name a dialect it was not given.
      const { $schema: _, ...own } = typeof schema === "boolean" ? { allOf: [schema] } : schema;
      // It registers ids for good, and two schemas may have the same.
      const ajv = JSON.stringify(own).includes('"$id"') ? createAjv() : shared;
      try {
        const validate = ajv.compile(own);
        return (value) => (validate(value) ? [] : (validate.errors ?? []).flatMap(toIssue));
      } finally {
        // Its own cache never forgets a schema.
        ajv.removeSchema(own);
      }
    },
  };
}

function createAjv(): Ajv2020 {
  return new Ajv2020({
    allErrors: true,
    // A user's schema may hold keywords and formats of other tools; unknown ones are no error.
    strict: false,
    // It would print warnings, and the generated code where a runtime refuses it.
    logger: false,
    // Else `constructor` and the like count as properties of every object.
    ownProperties: true,
    formats: fullFormats,
  });
}

function toIssue({ keyword, instancePath, message, params }: ErrorObject): SchemaIssue | SchemaIssue[] {
  const issue = (text: string, key?: unknown) => ({
    path: key === undefined ? instancePath : `${instancePath}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`,
    message: text,
  });
  switch (keyword) {
    case "additionalProperties":
      return issue("must not be there: the schema has no such property", params.additionalProperty);
    case "unevaluatedProperties":
      return issue("must not be there: the schema has no such property", params.unevaluatedProperty);
    case "false schema":
      return issue("must not be there: the schema allows no value");
    case "enum":
      return issue(`must be one of ${(params.allowedValues as unknown[]).map((allowed) => JSON.stringify(allowed)).join(", ")}`);
    case "const":
      return issue(`must be ${JSON.stringify(params.allowedValue)}`);
    case "type":
      return issue(`must be ${[params.type].flat().join(" or ")}`);
    // Follows from the errors of its branch, which are listed too.
    case "if":
      return [];
    default:
      return issue(message ?? `breaks ${keyword}`);
  }
}
