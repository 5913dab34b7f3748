import { validateWith } from "../output/validate.ts";
import type { JsonSchema, SchemaValidator } from "../schema.ts";
import { loadSchemas } from "../wire.ts";

let schema: Promise<JsonSchema> | undefined;

/** What of a completion does not fit the spec, as a text; undefined when all does. */
export async function responseDrift(completion: unknown, validator: SchemaValidator | undefined): Promise<string | undefined> {
  schema ??= loadSchemas().then((schemas) => ({ ...schemas, $ref: "#/$defs/ChatCompletion" }));
  const { issues } = await validateWith(await schema, completion, validator);
  return issues?.map(({ path, message }) => `${path || "/"} ${message}`).join("; ");
}
