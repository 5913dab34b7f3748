/** The shape of a completion or a chunk, compiled from the spec into a small table that answers are compared with. */
import { isObject, type Schema } from "./json-schema.ts";

/** What a value may be. A property that is absent here is not restricted. */
interface Shape {
  types?: readonly string[];
  required?: readonly string[];
  fields?: Readonly<Record<string, Shape>>;
  items?: Shape;
}

/** The shape of a component schema, all references resolved. Throws for a schema that contains itself. */
export function compileShape(name: string, schemas: Readonly<Record<string, Schema>>, parents: readonly string[] = []): Shape {
  if (parents.includes(name)) throw new Error(`The schema ${name} contains itself, which a table of shapes cannot express`);
  const schema = schemas[name];
  if (!schema) throw new Error(`The spec has no schema ${name}`);
  return compile(schema, (next) => compileShape(next, schemas, [...parents, name]));
}

function compile(schema: Schema, resolve: (name: string) => Shape): Shape {
  if (typeof schema.$ref === "string") return resolve(schema.$ref.replace("#/components/schemas/", ""));
  const branches = schema.oneOf ?? schema.anyOf;
  if (Array.isArray(branches)) return admitAny(branches.map((branch) => compile(branch, resolve)));
  const shape: Shape = {};
  if (schema.type !== undefined) shape.types = [schema.type].flat().map(String);
  if (Array.isArray(schema.required)) shape.required = schema.required;
  if (isObject(schema.properties)) {
    shape.fields = Object.fromEntries(
      Object.entries(schema.properties).map(([field, value]) => [field, isObject(value) ? compile(value, resolve) : {}]),
    );
  }
  if (isObject(schema.items) && Object.keys(schema.items).length > 0) shape.items = compile(schema.items, resolve);
  return shape;
}

/** One shape for what any branch admits; at most one branch of a completion's unions describes fields, and one items. */
function admitAny(branches: readonly Shape[]): Shape {
  const types = branches.some((branch) => branch.types === undefined) ? undefined : branches.flatMap(({ types = [] }) => types);
  return { ...Object.assign({}, ...branches), ...(types ? { types: [...new Set(types)] } : undefined) };
}
