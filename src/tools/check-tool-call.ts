import { abortable } from "../abort.ts";
import { validateWith } from "../output/validate.ts";
import type { Validated } from "../schema.ts";
import { describeThrown } from "./describe-thrown.ts";
import type { ParsedToolCall } from "./parse-tool-call.ts";
import { createToolContext, type ToolEnvironment } from "./tool-environment.ts";
import type { Tool } from "./tool-types.ts";

/** What to do with a call. */
export type CheckedToolCall = { readonly call: ParsedToolCall } & (
  | { readonly kind: "execute"; readonly tool: Tool; readonly args: unknown }
  /** Its tool has no `execute`: the caller provides the result. */
  | { readonly kind: "client" }
  | { readonly kind: "needs-approval" }
  /** It can't run; the tool result says what to correct. */
  | { readonly kind: "invalid"; readonly correction: string }
);

/** Maximum length of malformed arguments quoted in the tool result. The conversation itself must contain valid ones. */
const maxQuoted = 500;
/** Maximum length of the list of tools in the result of a call to an unknown one. */
const maxNames = 1_000;

/**
 * Finds the tool of a call, validates the arguments, and evaluates `needsApproval`. Fails only if the chat is aborted, or with a
 * ConfigurationError. Returns a promise only if something is asynchronous, since many calls would otherwise cost many promises.
 *
 * @param approved whether the call has already been approved
 */
export function checkToolCall(
  call: ParsedToolCall,
  environment: ToolEnvironment,
  approved = false,
): CheckedToolCall | Promise<CheckedToolCall> {
  const { tools } = environment;
  const { name } = call;
  const tool = Object.hasOwn(tools, name) ? tools[name] : undefined;
  if (!tool) {
    const names = Object.keys(tools).join(", ") || "none";
    const correction = `There is no tool "${cut(name, maxQuoted)}". Available: ${cut(names, maxNames)}.`;
    return { call, kind: "invalid", correction };
  }
  const checked = checkArguments(call, tool, environment);
  if (checked instanceof Promise) return checked.then((known) => decide(call, tool, known, environment, approved));
  return decide(call, tool, checked, environment, approved);
}

/** Decides what to do with a call whose arguments have been checked. */
function decide(
  call: ParsedToolCall,
  tool: Tool,
  checked: CheckedArguments,
  environment: ToolEnvironment,
  approved: boolean,
): CheckedToolCall | Promise<CheckedToolCall> {
  if ("correction" in checked) return { call, kind: "invalid", correction: checked.correction };
  const { args } = checked;
  if (call.background) return { call, kind: "execute", tool, args };
  const ready: CheckedToolCall = tool.execute ? { call, kind: "execute", tool, args } : { call, kind: "client" };
  return !approved && tool.needsApproval ? checkApproval(call, tool.needsApproval, args, environment, ready) : ready;
}

async function checkApproval(
  call: ParsedToolCall,
  needsApproval: Exclude<Tool["needsApproval"], undefined | false>,
  args: unknown,
  environment: ToolEnvironment,
  ready: CheckedToolCall,
): Promise<CheckedToolCall> {
  const { signal } = environment;
  try {
    const answer = needsApproval === true || needsApproval(args, createToolContext(call, environment));
    const isNeeded = typeof answer === "boolean" ? answer : await abortable(Promise.resolve(answer), signal);
    return isNeeded ? { call: { ...call, needsApproval: true }, kind: "needs-approval" } : ready;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const correction = `Not executed: the approval check of ${call.name} failed: ${describeThrown(error)}`;
    return { call, kind: "invalid", correction };
  }
}

type CheckedArguments = { args: unknown } | { correction: string };

function checkArguments(
  call: ParsedToolCall,
  tool: Tool,
  environment: ToolEnvironment,
): CheckedArguments | Promise<CheckedArguments> {
  const { name, args, argsText, malformed } = call;
  if (malformed !== undefined) {
    const wrote = cut(argsText, maxQuoted);
    return {
      correction: `The arguments are not valid JSON (${malformed}). Call ${name} again with a JSON object. You wrote: ${wrote}`,
    };
  }
  if (tool.validate === false) return { args };
  const checked = validateReading(call, tool, args, environment);
  return checked instanceof Promise || checked.issues ? checkReadings(call, tool, checked, environment) : { args: checked.value };
}

const validateReading = ({ name }: ParsedToolCall, { parameters }: Tool, reading: unknown, { validator }: ToolEnvironment) =>
  validateWith(parameters, reading, validator, `tools.${name}.parameters`);

/** Returns the first reading that the schema accepts, or the problems of the likeliest one, whose validation has already started. */
async function checkReadings(
  call: ParsedToolCall,
  tool: Tool,
  first: Validated | Promise<Validated>,
  environment: ToolEnvironment,
): Promise<CheckedArguments> {
  const mostLikely = await abortable(Promise.resolve(first), environment.signal);
  if (!mostLikely.issues) return { args: mostLikely.value };
  const [, ...others] = call.readings();
  for (const reading of others) {
    const checked = await abortable(Promise.resolve(validateReading(call, tool, reading, environment)), environment.signal);
    if (!checked.issues) return { args: checked.value };
  }
  const problems = mostLikely.issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join("; ");
  return { correction: `Invalid arguments for ${call.name}: ${problems}. Call it again with corrected arguments.` };
}

const cut = (text: string, length: number) => (text.length > length ? `${text.slice(0, length)}…` : text);
