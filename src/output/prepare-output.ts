import type { Warning } from "../chat/warning.ts";
import type { GatewayError } from "../errors/errors.ts";
import type { OutputStrategy } from "../options/provider-profile.ts";
import type { JsonSchema, Schema, SchemaIssue, SchemaValidator, Validated } from "../schema.ts";
import { extractJson } from "./extract-json.ts";
import { toJsonSchema } from "./json-schema.ts";
import { createPartialOutput } from "./partial-output.ts";
import { readOutput } from "./read-output.ts";
import { getRejectedText } from "./rejected-output.ts";
import { isRecord } from "./schema-keywords.ts";
import { strategies } from "./strategies.ts";
import { type StrictSchema, toStrictSchema } from "./strict-schema.ts";
import type { OutputMode, OutputRequest, PartialOutput, StructuredOutput } from "./structured-output.ts";
import { isUnsupported, rejectsToolsWithFormat } from "./unsupported-strategy.ts";
import { assertCompiles } from "./validate.ts";
import { type RootedSchema, wrapRoot } from "./wrap-root.ts";

export interface OutputConfig {
  /** Strategies from strictest to loosest; at least one. */
  strategies: readonly OutputStrategy[];
  validator: SchemaValidator | undefined;
  /** Names that the output tool must not have. */
  toolNames: readonly string[];
  /** The mode to start with. @default the first strategy */
  mode?: OutputMode | undefined;
  /** Called when the provider has rejected a mode and another is used from then on. */
  onFallback?: ((mode: OutputMode) => void) | undefined;
}

export async function prepareOutput(schema: Schema, config: OutputConfig): Promise<StructuredOutput> {
  const jsonSchema = await toJsonSchema(schema, "output");
  const compiling = assertCompiles(schema, config.validator, "output");
  if (compiling) await compiling;
  return new PreparedOutput(schema, jsonSchema, config);
}

class PreparedOutput implements StructuredOutput {
  readonly toolName: string;
  readonly #schema: Schema;
  readonly #jsonSchema: JsonSchema;
  readonly #rooted: RootedSchema;
  readonly #config: OutputConfig;
  #mode: OutputMode;

  constructor(schema: Schema, jsonSchema: JsonSchema, config: OutputConfig) {
    this.#schema = schema;
    this.#jsonSchema = jsonSchema;
    this.#rooted = wrapRoot(jsonSchema);
    this.#config = config;
    this.#mode = config.mode ?? { strategy: config.strategies[0] ?? "prompt", toolsFirst: false };
    this.toolName = freeName("output", config.toolNames);
  }

  get strategy(): OutputStrategy {
    return this.#mode.strategy;
  }

  get toolsFirst(): boolean {
    return this.#mode.toolsFirst;
  }

  request(): OutputRequest {
    const name = schemaName(this.#jsonSchema);
    const { schema } = this.#rooted;
    return strategies[this.strategy]({ name, toolName: this.toolName, schema, strict: this.#strict()?.schema });
  }

  fallBack(error: GatewayError, { withTools }: { withTools: boolean }): Warning | undefined {
    const { strategy, toolsFirst } = this.#mode;
    const hasFormat = strategy === "json-schema" || strategy === "json-object";
    if (withTools && hasFormat && !toolsFirst && rejectsToolsWithFormat(error)) {
      this.#change({ strategy, toolsFirst: true });
      return warn(
        "The provider does not accept tools together with a response format; the tools run first, and then the output is requested. Set toolsWithOutput to false in its providers row to avoid the rejected request.",
      );
    }
    const next = this.#config.strategies[this.#config.strategies.indexOf(strategy) + 1];
    if (!next || !isUnsupported(strategy, error)) return undefined;
    this.#change({ strategy: next, toolsFirst });
    return warn(
      `The provider does not support the output strategy "${strategy}" here; "${next}" is used instead. Set outputStrategy to "${next}" to avoid the rejected request.`,
    );
  }

  getRejectedText(error: GatewayError): string | undefined {
    return getRejectedText(error, { asTool: this.strategy === "tool" });
  }

  read(text: string): Promise<Validated> {
    const reader = {
      schema: this.#schema,
      jsonSchema: this.#jsonSchema,
      validator: this.#config.validator,
      rooted: this.#rooted,
      strict: this.#strict(),
    };
    return readOutput(text, reader);
  }

  clean(text: string): string {
    const extracted = extractJson(text);
    return extracted.found ? JSON.stringify(extracted.value) : text;
  }

  correction(issues: readonly SchemaIssue[]): string {
    const root = this.#rooted.wrapped ? "/value" : "";
    const lines = issues.map(({ path, message }) => `- ${`${root}${path}` || "The answer"}: ${message}`);
    const again =
      this.strategy === "tool"
        ? `Call ${this.toolName} again with the whole, corrected answer.`
        : "Answer again with the whole, corrected JSON.";
    return `The answer is not valid:\n${lines.join("\n")}\n${again}`;
  }

  createPartial(): PartialOutput {
    return createPartialOutput({ rooted: this.#rooted, strict: this.#strict() });
  }

  #strict(): StrictSchema | undefined {
    return this.strategy === "json-schema" ? toStrictSchema(this.#jsonSchema) : undefined;
  }

  #change(mode: OutputMode): void {
    this.#mode = mode;
    this.#config.onFallback?.(mode);
  }
}

function warn(message: string): Warning {
  return { code: "strategy-fallback", option: "outputStrategy", message };
}

/** The schema's title as a name that providers accept; OpenAI allows at most 64 letters, digits, underscores and hyphens. */
function schemaName(schema: JsonSchema): string {
  const title = isRecord(schema) && typeof schema.title === "string" ? schema.title : "";
  return (
    title
      .replace(/[^a-zA-Z0-9_-]+/g, "_")
      .replace(/^_+|_+$/g, "")
      .slice(0, 64) || "output"
  );
}

function freeName(name: string, taken: readonly string[]): string {
  let free = name;
  for (let count = 2; taken.includes(free); count++) free = `${name}_${count}`;
  return free;
}
