/**
 * The schemas that users can pass, and the types inferred from them.
 *
 * The Standard Schema interfaces are copied here, as the specification suggests, so that the published types need no other package.
 */

/** A schema of Zod, Valibot, ArkType or any other library that implements Standard Schema (https://standardschema.dev). */
export interface StandardSchemaV1<Input = unknown, Output = Input> {
  /** The schema's validator and types, as Standard Schema defines them. */
  readonly "~standard": StandardProps<Input, Output>;
}

export interface StandardProps<Input, Output> {
  readonly version: 1;
  readonly vendor: string;
  readonly validate: (
    value: unknown,
    options?: { readonly libraryOptions?: Record<string, unknown> | undefined } | undefined,
  ) => StandardResult<Output> | Promise<StandardResult<Output>>;
  readonly types?: { readonly input: Input; readonly output: Output } | undefined;
}

export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** A JSON Schema, dialect 2020-12. The type of its values is inferred if it is written as a literal. */
// biome-ignore lint/suspicious/noExplicitAny: an interface is only assignable to an index signature of `any`.
export type JsonSchema = { readonly [keyword: string]: any } | boolean;

/** A schema for a tool or for `output`: a Standard Schema or a JSON Schema. */
export type Schema<O = unknown> = StandardSchemaV1<unknown, O> | JsonSchema;

/** The type of a schema's values: the output type of a Standard Schema, or the type inferred from a literal JSON Schema. */
export type InferOutput<S> =
  S extends StandardSchemaV1<infer _I, infer O> ? O : S extends JsonSchema ? FromJsonSchema<S> : unknown;

/** The type inferred from a literal JSON Schema; `unknown` where a keyword or a `$ref` cannot be resolved. */
export type FromJsonSchema<S> = Resolve<S, S>;

type Resolve<S, Root> = S extends false
  ? never
  : S extends { readonly $ref: infer R }
    ? Referenced<R, Root>
    : S extends { readonly const: infer C }
      ? C
      : S extends { readonly enum: infer E extends readonly unknown[] }
        ? E[number]
        : S extends { readonly anyOf: infer U extends readonly unknown[] }
          ? Resolve<U[number], Root>
          : S extends { readonly oneOf: infer U extends readonly unknown[] }
            ? Resolve<U[number], Root>
            : S extends { readonly type: infer T }
              ? T extends readonly (infer Each)[]
                ? OfType<Each, S, Root>
                : OfType<T, S, Root>
              : S extends { readonly properties: unknown }
                ? OfType<"object", S, Root>
                : unknown;

type Referenced<R, Root> = R extends "#"
  ? Resolve<Root, Root>
  : R extends `#/$defs/${infer Name}`
    ? Root extends { readonly $defs: infer D }
      ? Name extends keyof D
        ? Resolve<D[Name], Root>
        : unknown
      : unknown
    : unknown;

type OfType<T, S, Root> = T extends "string"
  ? string
  : T extends "number" | "integer"
    ? number
    : T extends "boolean"
      ? boolean
      : T extends "null"
        ? null
        : T extends "array"
          ? S extends { readonly items: infer I }
            ? Resolve<I, Root>[]
            : unknown[]
          : T extends "object"
            ? ObjectOf<S, Root>
            : unknown;

type ObjectOf<S, Root> = S extends { readonly properties: infer P }
  ? Flatten<
      { -readonly [K in keyof P as K extends RequiredKeys<S> ? K : never]: Resolve<P[K], Root> } & {
        -readonly [K in keyof P as K extends RequiredKeys<S> ? never : K]?: Resolve<P[K], Root>;
      }
    >
  : S extends { readonly additionalProperties: infer A extends object }
    ? { [key: string]: Resolve<A, Root> }
    : { [key: string]: unknown };

type RequiredKeys<S> = S extends { readonly required: readonly (infer K)[] } ? K : never;
type Flatten<T> = { [K in keyof T]: T[K] };

/** A value that is still being generated: any property may be missing, at any depth. */
export type DeepPartial<T> = T extends readonly (infer E)[]
  ? DeepPartial<E>[]
  : T extends object
    ? { [K in keyof T]?: DeepPartial<T[K]> }
    : T;

/**
 * Validates JSON Schema 2020-12. The default is ajv, or an interpreting validator where code generation from strings is blocked
 * (Cloudflare Workers, pages under a strict Content-Security-Policy).
 */
export interface SchemaValidator {
  /** Returns a function that lists the problems of a value; an empty list means it is valid. `path` is a JSON Pointer. */
  compile(schema: JsonSchema): (value: unknown) => SchemaIssue[];
}

/** One problem of a value. */
export interface SchemaIssue {
  /** JSON Pointer into the value, `""` for its root. */
  path: string;
  /** What is wrong, phrased so that a model can correct it. */
  message: string;
}

/** The result of a validation: the value, transformed by the schema, or its problems. */
export type Validated = { value: unknown; issues?: undefined } | { issues: SchemaIssue[] };

export function isStandardSchema(schema: unknown): schema is Extract<Schema, { readonly "~standard": unknown }> {
  // ArkType's schemas are functions.
  return (typeof schema === "object" || typeof schema === "function") && schema !== null && "~standard" in schema;
}
