import type { Warning } from "../chat/turn.ts";
import type { GatewayError } from "../errors/errors.ts";
import type { OutputStrategy } from "../options/chat-options.ts";
import type { JsonSchema, Schema, SchemaIssue, SchemaValidator } from "../schema.ts";
import { toJsonSchema } from "./json-schema.ts";
import { createPartialJson } from "./partial-json.ts";
import { type OutputRequest, type Strategy, strategies } from "./strategies.ts";
import { toStrictSchema } from "./strict-schema.ts";
import { isUnsupported } from "./unsupported-strategy.ts";
import { assertCompiles, type Validated, validateWith } from "./validate.ts";
import { isObject, wrapRoot } from "./wrap-root.ts";

export interface OutputConfig {
  /** From the strongest to the weakest; at least one. */
  strategies: readonly OutputStrategy[];
  validator: SchemaValidator | undefined;
  /** Names that the output tool may not have. */
  toolNames: readonly string[];
  /** Index of the strategy to begin with. @default 0 */
  start?: number;
  /** Called with the strategy that is fallen back to. */
  onFallback?(strategy: OutputStrategy): void;
}

/** One structured answer: how it is asked for, and how it is read. */
export interface StructuredOutput {
  /** In use. */
  readonly strategy: OutputStrategy;
  /** Of the output tool, which only the strategy `tool` sends. */
  readonly toolName: string;
  request(): OutputRequest;
  /**
   * Goes on to the next strategy if `error` says that the provider does not support this one, and returns a warning that says so. A
   * complaint about the schema is no such error.
   */
  fallBack(error: GatewayError): Warning | undefined;
  /** Reads the model's text, or the arguments of the output tool. The user's own schema has the last word. */
  read(text: string): Promise<Validated>;
  /** A message to the model that asks again. */
  complaint(issues: SchemaIssue[]): string;
  /** The value that shows while the text arrives. It only grows; nothing has validated it. */
  createPartial(): PartialOutput;
}

export interface PartialOutput {
  /** Whether `value` changed. */
  push(text: string): boolean;
  readonly value: unknown;
}

const maxComplaints = 20;

export async function prepareOutput(schema: Schema, config: OutputConfig): Promise<StructuredOutput> {
  const jsonSchema = await toJsonSchema(schema, "output");
  await assertCompiles(schema, config.validator, "output");
  const rooted = wrapRoot(jsonSchema);
  const toolName = freeName("output", config.toolNames);
  let index = config.start ?? 0;
  const current = (): Strategy => strategies[config.strategies[index] ?? "prompt"];
  const strict = () => (current().name === "json-schema" ? toStrictSchema(jsonSchema) : undefined);

  return {
    get strategy() {
      return current().name;
    },
    toolName,
    request: () => current().request({ name: nameOf(jsonSchema), toolName, schema: rooted.schema, strict: strict()?.schema }),
    fallBack(error) {
      const refused = current().name;
      const next = config.strategies[index + 1];
      if (!next || !isUnsupported(refused, error)) return undefined;
      index += 1;
      config.onFallback?.(next);
      return {
        code: "strategy-fallback",
        option: "outputStrategy",
        message: `The provider does not support the output strategy "${refused}" here; "${next}" is used instead. Set outputStrategy to "${next}" to save the refused request.`,
      };
    },
    async read(text) {
      const parsed = current().parse(text);
      if (parsed.issues) return parsed;
      const undone = (strict()?.undo ?? rooted.unwrap)(parsed.value);
      return validateWith(schema, undone, config.validator, "output");
    },
    complaint(issues) {
      const lines = issues
        .slice(0, maxComplaints)
        .map(({ path, message }) => `- ${rooted.wrapped ? "/value" : ""}${path}: ${message}`);
      if (issues.length > maxComplaints) lines.push(`- and ${issues.length - maxComplaints} more`);
      const again =
        current().name === "tool"
          ? `Call ${toolName} again with the whole, corrected answer.`
          : "Answer again with the whole, corrected JSON.";
      return `The answer is not valid:\n${lines.join("\n")}\n${again}`;
    },
    createPartial() {
      const json = createPartialJson({ prose: current().loose });
      const undo = strict()?.undoGrowing() ?? ((snapshot: unknown) => rooted.unwrap(snapshot, true));
      let value: unknown;
      return {
        push(text) {
          if (!json.push(text)) return false;
          const before = value;
          value = undo(json.value);
          return value !== before;
        },
        get value() {
          return value;
        },
      };
    },
  };
}

/** The schema's title as a name that providers take: at OpenAI at most 64 letters, digits, underscores and hyphens. */
function nameOf(schema: JsonSchema): string {
  const title = isObject(schema) && typeof schema.title === "string" ? schema.title : "";
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
