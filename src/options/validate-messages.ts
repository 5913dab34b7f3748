import type { Message } from "../wire.ts";
import { checkJson } from "./json-value.ts";
import { arrayOf, type Check, describe, isObject, nonEmptyString, type Problem, string, within } from "./validators.ts";

/** Every role on the wire. Deprecated roles are accepted but not suggested. */
const roles: Readonly<Record<Message["role"], "current" | "deprecated">> = {
  developer: "current",
  system: "current",
  user: "current",
  assistant: "current",
  tool: "current",
  function: "deprecated",
};

const part: Check = (value) => {
  if (!isObject(value))
    return { path: "", message: `must be an object such as { type: "text", text: "…" }, got ${describe(value)}` };
  const problem = within(".type", nonEmptyString(value.type));
  return problem ?? (value.type === "text" ? within(".text", string(value.text)) : undefined);
};

const parts = arrayOf("a string or an array of parts", part);

const content: Check = (value) => (typeof value === "string" ? undefined : parts(value));

const toolCall: Check = (value) => {
  if (!isObject(value)) return { path: "", message: `must be an object, got ${describe(value)}` };
  const { function: called } = value;
  const id = within(".id", nonEmptyString(value.id));
  if (id) return id;
  if (value.type !== undefined && value.type !== "function") return undefined;
  if (!isObject(called)) return { path: ".function", message: `must be { name, arguments }, got ${describe(called)}` };
  return within(".function.name", string(called.name)) ?? within(".function.arguments", string(called.arguments));
};

const toolCalls = arrayOf("an array of tool calls", toolCall);

const listRoles = () =>
  Object.entries(roles)
    .flatMap(([role, state]) => (state === "current" ? [role] : []))
    .join(", ");

function checkMessage(message: unknown): Problem | undefined {
  if (!isObject(message)) return { path: "", message: `must be an object with role and content, got ${describe(message)}` };
  if (typeof message.role !== "string" || !Object.hasOwn(roles, message.role))
    return { path: ".role", message: `must be one of ${listRoles()}, got ${describeRole(message.role)}` };
  if (message.role === "assistant") {
    const { content: given, tool_calls } = message;
    const problem = given === undefined || given === null ? undefined : within(".content", content(given));
    return (
      problem ?? (tool_calls === undefined || tool_calls === null ? undefined : within(".tool_calls", toolCalls(tool_calls)))
    );
  }
  if (message.role === "function")
    return (
      within(".name", nonEmptyString(message.name)) ??
      (message.content === null ? undefined : within(".content", string(message.content)))
    );
  const problem = within(".content", content(message.content));
  if (problem || message.role !== "tool") return problem;
  return within(".tool_call_id", nonEmptyString(message.tool_call_id));
}

/** Quotes a role only if it is a short word; anything else might be a secret. */
const describeRole = (role: unknown): string =>
  typeof role === "string" && /^[\w-]{1,20}$/.test(role) ? `"${role}"` : describe(role);

/** Checks that wire messages can be sent. Fields that only the provider interprets are not checked. */
export const messages: Check = (value) => {
  if (!Array.isArray(value) || value.length === 0)
    return { path: "", message: `must be a non-empty array of messages, got ${describe(value)}` };
  for (const [index, message] of Array.from(value).entries()) {
    const problem = within(`[${index}]`, checkMessage(message) ?? checkJson(message));
    if (problem) return problem;
  }
  return undefined;
};

const textPart: Check = (value) =>
  isObject(value) && value.type === "text"
    ? (within(".text", string(value.text)) ?? checkJson(value))
    : { path: "", message: `must be a text part, { type: "text", text: "…" }, got ${describe(value)}` };

/** The system message: a string, or text parts. */
export const system: Check = (value) =>
  typeof value === "string" ? undefined : arrayOf("a string or an array of text parts", textPart)(value);
