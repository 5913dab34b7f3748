import { validateWith } from "../output/validate.ts";
import type { FoundCalls } from "../response/call-in-text.ts";
import { parseJson } from "../response/json.ts";
import type { Message } from "../wire.ts";
import type { ChatContext } from "./chat-state.ts";
import type { TurnPlan } from "./turn-plan.ts";

/**
 * Whether to run tool calls that the model wrote as text: each must name an offered tool and have valid arguments, and the text must not
 * quote an earlier message. Text from a user or a tool must not run because the model repeats it.
 */
export async function acceptCallsInText(
  { calls, text }: FoundCalls,
  { tools, messages }: TurnPlan,
  { settings, cancellation }: ChatContext,
): Promise<boolean> {
  if (isQuoted(text, messages)) return false;
  for (const { name, argsText } of calls) {
    const tool = Object.hasOwn(tools.tools, name) ? tools.tools[name] : undefined;
    const args = parseArguments(argsText);
    if (!tool || !args) return false;
    let isValid = tool.validate === false;
    for (const reading of tools.readings(name, args.value)) {
      if (isValid) break;
      const validating = validateWith(tool.parameters, reading, settings.validator, `tools.${name}.parameters`);
      const checked = await cancellation.race(validating);
      isValid = checked.issues === undefined;
    }
    if (!isValid) return false;
  }
  return true;
}

function parseArguments(argsText: string): { value: unknown } | undefined {
  try {
    return { value: parseJson(argsText) };
  } catch {
    return undefined;
  }
}

/** Whether an earlier message contains the text, ignoring white space and JSON escapes. */
function isQuoted(text: string, messages: readonly Message[]): boolean {
  const condensed = condense(text);
  return messages.some((message) => condense(JSON.stringify(message)).includes(condensed));
}

const condense = (text: string): string => text.replace(/\\[nrt]|[\s\\]/g, "");
