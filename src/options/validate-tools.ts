import { isStandardSchema } from "../schema.ts";
import { isDispatched } from "./dispatched-tasks.ts";
import { checkJson } from "./json-value.ts";
import { checkToolFieldNames, checkToolFields } from "./validate-tool.ts";
import { arrayOf, type Check, describe, isObject, type Problem, plainObject, plainObjectOf, within } from "./validators.ts";

export const schema: Check = (value) => {
  if (isStandardSchema(value) || typeof value === "boolean") return undefined;
  if (!isObject(value))
    return { path: "", message: `must be a Standard Schema (Zod, Valibot, ArkType, …) or a JSON Schema, got ${describe(value)}` };
  return checkJson(value);
};

const toolName = /^[a-zA-Z0-9_-]{1,64}$/;

const toolsByName = plainObjectOf(checkTool);

export const tools: Check = (value) =>
  Array.isArray(value)
    ? { path: "", message: "must be an object of tools by name, got array: write { name: tool({ … }) }" }
    : toolsByName(value);

function checkTool(name: string, entry: unknown): Problem | undefined {
  if (!toolName.test(name))
    return { path: "", message: `has the name "${name.slice(0, 80)}": names are 1 to 64 letters, digits, _ and -` };
  if (!isObject(entry)) return { path: `.${name}`, message: `must be made by tool({ parameters, … }), got ${describe(entry)}` };
  const [misnamed] = checkToolFieldNames(entry, `.${name}`, false);
  if (misnamed) return { path: misnamed.option, message: misnamed.message };
  if (entry.parameters === undefined || entry.parameters === null)
    return { path: `.${name}`, message: "must be made by tool({ parameters, … }): it has no parameters" };
  const problem = within(`.${name}.parameters`, schema(entry.parameters));
  if (problem) return problem;
  const [wrong] = checkToolFields(entry, `.${name}`);
  return wrong && { path: wrong.option, message: wrong.message };
}

export const backgroundTasks: Check = (value) => {
  if (!isDispatched(value)) return tools(value);
  if (typeof value.dispatcher.dispatch !== "function") return { path: ".dispatcher", message: "must have a dispatch function" };
  return isObject(value.tasks) || Array.isArray(value.tasks) ? tools(value.tasks) : within(".tasks", tools(value.tasks));
};

const providerTool: Check = (value) => plainObject(value) ?? checkJson(value);

export const providerTools = arrayOf("an array of the provider's tools, as objects in its wire format", providerTool);

export const toolChoice: Check = (value) =>
  value === "auto" || value === "none" || value === "required" || (isObject(value) && typeof value.tool === "string")
    ? undefined
    : { path: "", message: `must be "auto", "none", "required" or { tool: name }, got ${describe(value)}` };

const isDecision = (value: unknown): boolean =>
  typeof value === "boolean" ||
  (isObject(value) && typeof value.approved === "boolean" && (value.reason === undefined || typeof value.reason === "string"));

export const approvals = plainObjectOf((id, given) =>
  given === undefined || isDecision(given)
    ? undefined
    : { path: `.${id}`, message: `must be true, false or { approved, reason }, got ${describe(given)}` },
);
