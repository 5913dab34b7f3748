import { getBackgroundTasks } from "../options/background-tasks-option.ts";
import type { ChatOptions } from "../options/chat-options.ts";
import type { OutputStrategy } from "../options/provider-profile.ts";
import type { Settings } from "../options/settings.ts";
import type { ModelId } from "../request/model-id.ts";
import { isStandardSchema, type Schema } from "../schema.ts";
import type { OutputMode, StructuredOutput } from "./structured-output.ts";
import { preloadValidator } from "./validate.ts";

const everyStrategy: readonly OutputStrategy[] = ["json-schema", "tool", "json-object", "prompt"];

let code: typeof import("./prepare-output.ts") | undefined;

/** The output modes that worked, by model. */
export type OutputModes = Map<string, OutputMode>;

/**
 * Returns a function that prepares a chat's structured output for a model, with the strategies of its provider's row, starting with the mode
 * that worked before. The code is loaded on first use.
 */
export function createOutputs(
  options: ChatOptions<unknown>,
  settings: Settings,
  learned: OutputModes,
): (target: ModelId) => Promise<StructuredOutput> {
  const prepared = new Map<string, Promise<StructuredOutput>>();
  // Load the validator in parallel.
  if (!settings.validator && !isStandardSchema(options.output)) preloadValidator();

  async function prepare(target: ModelId): Promise<StructuredOutput> {
    // Cached, since a repeated import() costs several promises.
    code ??= await import("./prepare-output.ts");
    const { outputStrategy = "auto" } = options;
    const strategies = outputStrategy === "auto" ? (target.row.outputStrategies ?? everyStrategy) : [outputStrategy];
    const known = learned.get(target.model);
    // A tool returned by `prepareTurn` may also be named "output".
    const reserved = options.prepareTurn ? ["output"] : [];
    const toolNames = [...Object.keys(options.tools ?? {}), ...Object.keys(getBackgroundTasks(options).tasks), ...reserved];
    return code.prepareOutput(options.output as Schema, {
      strategies,
      validator: settings.validator,
      toolNames,
      mode: known && strategies.includes(known.strategy) ? known : undefined,
      onFallback: (mode) => learned.set(target.model, mode),
    });
  }

  return (target) => {
    let output = prepared.get(target.model);
    if (!output) {
      output = prepare(target);
      prepared.set(target.model, output);
    }
    return output;
  };
}
