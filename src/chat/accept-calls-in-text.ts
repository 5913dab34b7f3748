import { validateWith } from "../output/validate.ts";
import type { FoundCalls } from "../response/call-in-text.ts";
import { parseJson } from "../response/json.ts";
import type { Message } from "../wire.ts";
import type { ChatContext } from "./chat-state.ts";
import type { TurnPlan } from "./turn-plan.ts";

/**
 * Whether tool calls that the model wrote into its text are to be run: each names a tool on offer and has arguments that fit, and the text
 * quotes no earlier message. What a user or a tool wrote must not run because the model repeats it.
 */
export async function acceptCallsInText(
  { calls, text }: FoundCalls,
  { tools, messages }: TurnPlan,
  { settings, cancellation }: ChatContext,
): Promise<boolean> {
  if (isQuoted(text, messages)) return false;
  for (const { name, argsText } of calls) {
    const tool = Object.hasOwn(tools.tools, name) ? tools.tools[name] : undefined;
    const args = readArguments(argsText);
    if (!tool || !args) return false;
    let fits = tool.validate === false;
    for (const reading of tools.readings(name, args.value)) {
      if (fits) break;
      const validating = validateWith(tool.parameters, reading, settings.validator, `tools.${name}.parameters`);
      const checked = await cancellation.race(validating);
      fits = checked.issues === undefined;
    }
    if (!fits) return false;
  }
  return true;
}

function readArguments(argsText: string): { value: unknown } | undefined {
  try {
    return { value: parseJson(argsText) };
  } catch {
    return undefined;
  }
}

/** Whether an earlier message holds the text, whatever its white space and however often it was written as JSON. */
function isQuoted(text: string, messages: readonly Message[]): boolean {
  const wanted = condense(text);
  return messages.some((message) => condense(JSON.stringify(message)).includes(wanted));
}

const condense = (text: string): string => text.replace(/\\[nrt]|[\s\\]/g, "");
