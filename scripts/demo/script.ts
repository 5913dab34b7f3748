import type { ScriptedReply, ScriptRequest } from "cf-ai-gateway/testing";

/** A model's answers to the prompts of the demo and the README; anything else gets the local gateway's built-in answer. */
export function demoScript({ body }: ScriptRequest): ScriptedReply {
  const messages: Message[] = body.messages;
  const lastUser = messages.findLastIndex(({ role }) => role === "user");
  const prompt = getText(messages[lastUser]);
  const reasoning = /reasoner/.test(body.model) ? "The user wants to know a capital. I know this one." : "";
  const calls = (body.tools ?? [])
    .filter((tool: Tool) => tool.function.name in toolCalls)
    .map((tool: Tool) => tool.function.name);
  const results = messages.slice(lastUser + 1).filter(({ role }) => role === "tool");
  if (results.length > 0) return { text: answerTo(prompt) ?? `${results.map(getText).join(" and ")}.`, reasoning };
  if (calls.length > 0) return { toolCalls: calls.map((name: string) => ({ name, args: toolCalls[name] })) };
  if (body.response_format?.type === "json_schema")
    return /love this product/.test(prompt) ? { text: JSON.stringify(sentiment) } : {};
  const text = answerTo(prompt);
  return text === undefined ? {} : { text, reasoning };
}

interface Message {
  role: string;
  content?: string | { text?: string }[] | null;
}

interface Tool {
  function: { name: string };
}

const getText = (message: Message | undefined): string => {
  const content = message?.content ?? "";
  return typeof content === "string" ? content : content.map(({ text = "" }) => text).join("");
};

/** The arguments with which the model calls each tool. */
const toolCalls: Record<string, object> = {
  get_weather: { city: "Tokyo" },
  calculate: { expression: "15 * 7" },
  multiply: { a: 15, b: 7 },
  delete_file: { path: "notes.txt" },
  ask_user: { question: "Which city do you mean?" },
  log_interaction: { user_id: "ada", action: "asked for help with Python" },
  send_notification: { event: "help requested", details: "Python" },
};

const sentiment = {
  sentiment: "positive",
  confidence: 0.98,
  key_phrases: ["absolutely love this product", "Best purchase ever"],
};

const capitals: Record<string, string> = {
  France: "Paris",
  Germany: "Berlin",
  Greece: "Athens",
  Italy: "Rome",
  Japan: "Tokyo",
  Norway: "Oslo",
  Portugal: "Lisbon",
  Spain: "Madrid",
  Sweden: "Stockholm",
};

const story = [
  "Once upon a time a lighthouse stood at the edge of the sea, and its keeper lit the lamp every evening.",
  "One night the lamp failed, and a small boat called for help from the dark.",
  "So the whole village lit lanterns along the shore, one by one, until the boat had found its way.",
  "Ever since, each house keeps a lantern by the door.",
].join(" ");

const answers: [prompt: RegExp, answer: (found: string) => string | undefined][] = [
  [/capital of (\w+)\?/, (country) => (country in capitals ? `The capital of ${country} is ${capitals[country]}.` : undefined)],
  [/population/, () => "About 2.1 million people live in Paris."],
  [/story/, () => story],
  [/haiku/, () => "Morning on the wire,\na small request finds its way:\nthe answer comes back."],
  [/^What is 15 \* 7\?$/, () => "15 * 7 is 105."],
  [/help with (\w+)/, (subject) => `Of course. What would you like to know about ${subject}?`],
  [/^Say (\w+)/, (word) => word],
];

function answerTo(prompt: string): string | undefined {
  for (const [pattern, answer] of answers) {
    const found = pattern.exec(prompt);
    if (found) return answer(found[1] ?? "");
  }
  return undefined;
}
