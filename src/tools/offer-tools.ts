import { preloadValidator } from "../output/validate.ts";
import { isStandardSchema, type SchemaValidator } from "../schema.ts";
import type { OfferedTools } from "./offered-tools.ts";
import type { Tool } from "./tool-types.ts";

let code: typeof import("./describe-tools.ts") | undefined;

/**
 * Prepares the tools of a turn. `option` names a tool in errors. The code that reads and writes schemas is loaded with the first tool, in
 * parallel with the validator.
 *
 * @throws ConfigurationError with every schema that does not compile or has no JSON Schema
 */
export async function offerTools(
  tools: Readonly<Record<string, Tool>>,
  validator: SchemaValidator | undefined,
  option: (name: string) => string = (name) => `tools.${name}`,
): Promise<OfferedTools> {
  if (!validator && Object.values(tools).some(needsValidator)) preloadValidator();
  // Cached, since a repeated import() costs several promises.
  code ??= await import("./describe-tools.ts");
  return code.describeTools(tools, validator, option);
}

const needsValidator = ({ parameters, validate }: Tool) => validate !== false && !isStandardSchema(parameters);
