import type { Conversation, OfferedTool } from "./conversation.ts";
import { arithmetic, names, places, words } from "./prompt-facts.ts";
import { valueFromSchema } from "./value-from-schema.ts";

export interface PlannedCall {
  name: string;
  args: unknown;
}

/** The calls that the conversation needs next; none where the model should answer. */
export function chooseTools(conversation: Conversation): PlannedCall[] {
  const { tools, toolChoice, results, prompt, parallel } = conversation;
  if (tools.length === 0 || toolChoice === "none") return [];
  if (typeof toolChoice === "object") {
    const forced = tools.find(({ name }) => name === toolChoice.name);
    return forced ? [{ name: forced.name, args: argumentsFor(forced, prompt, conversation) }] : [];
  }
  const answered = new Set(results.latest.map(({ name }) => name));
  const open = tools.filter(({ name }) => !answered.has(name));
  const needed = results.latest.length > 0 ? [] : open.filter((tool) => fits(tool, prompt));
  const background = results.latest.length > 0 || needed.length > 0 ? [] : open.filter(isBackground);
  const chosen = [...needed, ...background];
  const forced = toolChoice === "required" && chosen.length === 0 ? (open.at(-1) ?? tools.at(-1)) : undefined;
  const calls = (forced ? [forced] : chosen).flatMap((tool) => callsOf(tool, prompt, conversation));
  return parallel ? calls : calls.slice(0, 1);
}

/** Work that nobody waits for. */
export const isBackground = ({ name, description }: Pick<OfferedTool, "name" | "description">): boolean =>
  /background|\blog(s|ging)?\b|notif|analytics|audit|telemetry/i.test(`${name.replaceAll("_", " ")} ${description}`);

/** Whether a prompt speaks of what the tool is for: its name, the values it takes, or two words of its description. */
function fits(tool: OfferedTool, prompt: string): boolean {
  const spoken = new Set(words(prompt));
  const named = words(tool.name).some((word) => spoken.has(word));
  if (named) return true;
  const properties = Object.entries((tool.parameters.properties ?? {}) as Record<string, { enum?: unknown[] }>);
  const calculates = properties.some(([name]) => /expression|formula|equation/i.test(name)) && arithmetic(prompt) !== undefined;
  if (calculates || isBackground(tool)) return calculates;
  const listed = properties.some(([, property]) =>
    property.enum?.some((value) => words(String(value)).some((word) => spoken.has(word))),
  );
  return listed || new Set(words(tool.description).filter((word) => spoken.has(word))).size >= 2;
}

/** One call, or one for each place where a tool takes one place and the prompt names several. */
function callsOf(tool: OfferedTool, prompt: string, conversation: Conversation): PlannedCall[] {
  const required = (tool.parameters.required ?? []) as string[];
  const properties = (tool.parameters.properties ?? {}) as Record<string, { type?: unknown }>;
  const place = required.find((name) => /city|location|place|country/i.test(name) && properties[name]?.type === "string");
  const several =
    place !== undefined &&
    required.filter((name) => /city|location|place|country|from|to|origin|destination/i.test(name)).length === 1
      ? places(prompt)
      : [];
  const args = argumentsFor(tool, prompt, conversation);
  if (place === undefined || several.length < 2) return [{ name: tool.name, args }];
  return several.map((each) => ({ name: tool.name, args: { ...(args as object), [place]: each } }));
}

const argumentsFor = ({ parameters }: OfferedTool, prompt: string, { results, said }: Conversation): unknown => {
  const source = names(prompt).length > 0 || said.length < 2 ? prompt : said.join("\n");
  return valueFromSchema(parameters, { prompt: source, known: knownFrom(results.all), optional: false });
};

/** What tools have answered, by name. */
export function knownFrom(results: { args: unknown; content: string }[]): Record<string, unknown> {
  const values = results.flatMap(({ args, content }) => [args, objectIn(content)]);
  return Object.assign({}, ...values.filter((value) => typeof value === "object" && value !== null && !Array.isArray(value)));
}

function objectIn(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
