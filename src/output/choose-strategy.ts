import type { ChatOptions, OutputStrategy } from "../options/chat-options.ts";
import type { Settings } from "../options/resolve-config.ts";
import type { ModelId } from "../request/model-id.ts";
import type { Schema } from "../schema.ts";
import { backgroundTasksOf } from "../tools/background-tasks-of.ts";
import type { StructuredOutput } from "./structured-output.ts";

const everyStrategy: readonly OutputStrategy[] = ["json-schema", "tool", "json-object", "prompt"];

/**
 * The structured output of a call, for each model that is asked: with the strategies of its provider's row, beginning with the one that
 * worked before. Its code is loaded when an output is first asked for.
 */
export function outputByModel(
  options: ChatOptions<unknown>,
  settings: Settings,
  remembered: Map<string, OutputStrategy>,
): (target: ModelId) => Promise<StructuredOutput> {
  const prepared = new Map<string, Promise<StructuredOutput>>();
  const prepare = async (target: ModelId): Promise<StructuredOutput> => {
    const { prepareOutput } = await import("./structured-output.ts");
    const { outputStrategy = "auto" } = options;
    const strategies = outputStrategy === "auto" ? (target.row.outputStrategies ?? everyStrategy) : [outputStrategy];
    const known = remembered.get(target.model);
    const toolNames = [...Object.keys(options.tools ?? {}), ...Object.keys(backgroundTasksOf(options).tasks)];
    return prepareOutput(options.output as Schema, {
      strategies,
      validator: settings.validator,
      toolNames,
      start: Math.max(0, known === undefined ? 0 : strategies.indexOf(known)),
      onFallback: (strategy) => remembered.set(target.model, strategy),
    });
  };
  return (target) => {
    let output = prepared.get(target.model);
    if (!output) {
      output = prepare(target);
      prepared.set(target.model, output);
    }
    return output;
  };
}
