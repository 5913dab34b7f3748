import { chooseTools, knownFrom, type PlannedCall } from "./choose-tools.ts";
import type { Conversation } from "./conversation.ts";
import { plainAnswer } from "./plain-answer.ts";
import { valueFromSchema } from "./value-from-schema.ts";

export interface ModelAnswer {
  text: string;
  reasoning: string;
  toolCalls: PlannedCall[];
  /** @default by whether there are calls */
  finishReason?: string;
}

/**
 * The built-in model: calls the tools that a prompt speaks of, says what they answered, fills schemas, knows some capitals. The same
 * conversation always gets the same answer.
 */
export function modelAnswer(conversation: Conversation): ModelAnswer {
  const toolCalls = chooseTools(conversation);
  const reasoning = conversation.thinks ? thoughts(conversation, toolCalls) : "";
  if (toolCalls.length > 0) return { text: "", reasoning, toolCalls };
  return { ...limited(textOf(conversation), conversation), reasoning, toolCalls };
}

function textOf(conversation: Conversation): string {
  const { output, said, results } = conversation;
  if (output === "text") return plainAnswer(conversation);
  if (output === "json") return JSON.stringify({ answer: plainAnswer(conversation) });
  // A later message may only ask for the form, so everything that the user said counts.
  const source = { prompt: said.join("\n"), known: knownFrom(results.all), optional: true };
  return JSON.stringify(valueFromSchema(output.schema, source));
}

function limited(text: string, { maxTokens, stop }: Conversation): { text: string; finishReason?: string } {
  const ends = stop.map((end) => text.indexOf(end)).filter((at) => at !== -1);
  const stopped = ends.length > 0 ? text.slice(0, Math.min(...ends)) : text;
  const most = maxTokens === undefined ? Infinity : maxTokens * 4;
  return stopped.length > most ? { text: stopped.slice(0, most), finishReason: "length" } : { text: stopped };
}

function thoughts({ prompt }: Conversation, calls: PlannedCall[]): string {
  const plan = calls.length > 0 ? `I call ${calls.map(({ name }) => name).join(" and ")} for it.` : "I can answer this directly.";
  return `The user says: ${prompt.slice(0, 120)} ${plan}`;
}
