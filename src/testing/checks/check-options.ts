import { wireName } from "../../request/fit-options.ts";
import type { ModelId } from "../../request/model-id.ts";
import { rowsFor } from "../../request/model-rules.ts";
import { isSchemaObject } from "../samples/schema-object.ts";
import type { ProviderMessages, ProviderProblem } from "./provider-messages.ts";

/** Returns the error for an option that the model or its provider rejects, by the provider table and the model rules. */
export function checkOptions(
  body: Record<string, unknown>,
  target: ModelId,
  errorMessages: ProviderMessages,
): ProviderProblem | undefined {
  const { row } = target;
  const tools = Array.isArray(body.tools) && body.tools.length > 0 ? body.tools : [];
  const isGiven = (option: string) => body[wireName(option)] !== undefined;
  const unsupported = (row.unsupported ?? []).find(isGiven);
  if (unsupported !== undefined) return errorMessages.unsupported(wireName(unsupported));
  for (const rule of rowsFor(target)) {
    const unsupported = [...(rule.unsupported ?? []), ...(tools.length > 0 ? (rule.withTools?.unsupported ?? []) : [])].find(
      isGiven,
    );
    if (unsupported !== undefined) return errorMessages.unsupported(wireName(unsupported));
    const [renamed] = Object.entries(rule.rename ?? {}).filter(([from, to]) => wireName(from) !== to && isGiven(from));
    if (renamed) return errorMessages.unsupported(wireName(renamed[0]), renamed[1]);
    if (rule.exclusive?.every(isGiven)) return exclusive(rule.exclusive.map(wireName));
    if (tools.length > 0 && thinksWithTools(rule.withTools, body)) return noThinkingWithTools(target.name);
  }
  return checkFormat(body, tools, target, errorMessages);
}

function checkFormat(
  { response_format }: Record<string, unknown>,
  tools: readonly unknown[],
  { row }: ModelId,
  errorMessages: ProviderMessages,
): ProviderProblem | undefined {
  const type = (response_format as { type?: string } | undefined)?.type;
  if (type === undefined || type === "text") return checkTools(tools, errorMessages);
  if (tools.length > 0 && row.toolsWithOutput === false) return errorMessages.toolsWithOutput();
  const takesSchema = row.outputStrategies === undefined || row.outputStrategies.includes("json-schema");
  if (type === "json_schema" && !takesSchema && errorMessages.jsonSchema) return errorMessages.jsonSchema();
  return checkTools(tools, errorMessages);
}

/** Checks that names are valid and that parameters have an object at their root. Tools of other types are not checked. */
function checkTools(tools: readonly unknown[], errorMessages: ProviderMessages): ProviderProblem | undefined {
  for (const [at, tool] of tools.entries()) {
    const definition = (tool as { function?: { name: string; parameters?: unknown } }).function;
    if (!definition) continue;
    const misnamed = errorMessages.toolName(definition.name, at);
    if (misnamed) return misnamed;
    const { name, parameters } = definition;
    if (!isSchemaObject(parameters) || Object.keys(parameters).length === 0 || parameters.type === "object") continue;
    const type = parameters.type ?? "None";
    return errorMessages.toolRoot(name, Array.isArray(type) ? JSON.stringify(type) : String(type), at);
  }
  return undefined;
}

interface WithTools {
  set?: Record<string, unknown> | undefined;
  replace?: Record<string, unknown> | undefined;
}

/** Whether tools are sent with a reasoning effort although the model's rule forbids it. */
function thinksWithTools(rule: WithTools | undefined, { reasoning_effort: effort }: Record<string, unknown>): boolean {
  if (rule?.set?.reasoningEffort === "none") return effort !== "none";
  return rule?.replace?.reasoningEffort === "none" && effort !== undefined && effort !== "none";
}

const noThinkingWithTools = (model: string): ProviderProblem => ({
  message: `Function tools with reasoning_effort are not supported for ${model} in /v1/chat/completions. Please use /v1/responses instead.`,
  param: "reasoning_effort",
});

const exclusive = (fields: readonly string[]): ProviderProblem => ({
  message: `${fields.map((field) => `\`${field}\``).join(" and ")} cannot both be specified for this model. Please use only one.`,
});
