import { isBackground } from "./choose-tools.ts";
import type { Conversation, ToolAnswer } from "./conversation.ts";
import { arithmetic, calculate, names } from "./prompt-facts.ts";

const capitals: Record<string, string> = {
  australia: "Canberra",
  austria: "Vienna",
  brazil: "Brasília",
  canada: "Ottawa",
  china: "Beijing",
  egypt: "Cairo",
  france: "Paris",
  germany: "Berlin",
  greece: "Athens",
  india: "New Delhi",
  iran: "Tehran",
  italy: "Rome",
  japan: "Tokyo",
  kenya: "Nairobi",
  mexico: "Mexico City",
  norway: "Oslo",
  portugal: "Lisbon",
  spain: "Madrid",
  sweden: "Stockholm",
  "the netherlands": "Amsterdam",
  "the united kingdom": "London",
  "the united states": "Washington",
};

type Rule = [pattern: RegExp, answer: (match: RegExpExecArray, conversation: Conversation) => string | undefined];

/** The first rule whose pattern is in the prompt and that has an answer. */
const rules: Rule[] = [
  [/capital(?: city)? of ((?:the )?[\p{L}]+(?: \p{Lu}[\p{L}]+)*)/iu, ([, country = ""]) => capitalOf(country)],
  [/(?:what(?:'s| is)|who) (?:is )?my name|who am i/i, (_, { said }) => nameOfUser(said)],
  [/population/i, (_, { said }) => populationOf(said)],
  [/\bstory\b(?:\s+about\s+([^.!?]+))?/i, ([, about]) => story(about)],
  [/\b(?:poem|haiku)\b/i, () => "Morning on the wire,\na small request finds its way:\nthe answer comes back."],
  [/\bjoke\b/i, () => "Why did the developer go broke? Because they used up all their cache."],
  [
    /^\s*(?:please )?(?:say|repeat|echo|reply with|answer with|respond with)\b(?: exactly| just| only)?:?\s+["'“]?([^"”]+?)["'”]?[.!]?\s*$/i,
    ([, text]) => text,
  ],
  [/\bmy name is (\p{Lu}[\p{L}-]*)/u, ([, name]) => `Nice to meet you, ${name}!`],
  [
    /\bhelp (?:me )?with (?:my |the )?([\p{L}\d #+.-]+?)[.!?]*$/iu,
    ([, subject]) => `Of course. What would you like to know about ${subject}?`,
  ],
  [/[\s\S]*/, ([prompt = ""]) => sumIn(prompt)],
  [/^\s*(?:hi|hello|hey|good (?:morning|evening))\b/i, () => "Hello! How can I help you?"],
];

/** What the model says when it has no tool to call and no schema to fill. */
export function plainAnswer(conversation: Conversation): string {
  const results = conversation.results.latest.filter(
    ({ name }) => !isBackground({ name, description: descriptionOf(name, conversation) }),
  );
  if (results.length > 0) return results.map(sentenceOf).join(" ");
  const { prompt } = conversation;
  for (const [pattern, answer] of rules) {
    const match = pattern.exec(prompt);
    const text = match ? answer(match, conversation) : undefined;
    if (text !== undefined) return text;
  }
  if (conversation.hasMedia) return "It is a test file: the local gateway's model reads text only.";
  return `You said: "${shortened(prompt)}" This is an answer of the local gateway's scripted model.`;
}

const descriptionOf = (name: string, { tools }: Conversation) => tools.find((tool) => tool.name === name)?.description ?? "";

/** A result in a sentence: a text as it is, a value with what it was asked for. */
function sentenceOf({ name, args, content }: ToolAnswer): string {
  const value = valueOf(content);
  if (typeof value === "object" && value !== null) return `${titled(args, name)}: ${flattened(value)}.`;
  const text = typeof value === "string" ? value : content;
  if (/\s/.test(text.trim())) return /[.!?]$/.test(text) ? text : `${text}.`;
  return `${titled(args, name)} is ${text}.`;
}

function titled(args: unknown, name: string): string {
  const values =
    typeof args === "object" && args !== null ? Object.values(args).filter((value) => typeof value !== "object") : [];
  return values.length > 0 ? values.join(", ") : `The result of ${name}`;
}

function flattened(value: object): string {
  return Object.entries(value)
    .map(([key, each]) => {
      const text = typeof each === "object" && each !== null ? flattened(each) : String(each);
      return Array.isArray(value) ? text : `${key.replaceAll("_", " ")} ${text}`;
    })
    .join(", ");
}

function valueOf(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return content;
  }
}

function capitalOf(country: string): string | undefined {
  const known = Object.keys(capitals).find((name) => name.replace(/^the /, "") === country.toLowerCase().replace(/^the /, ""));
  return known === undefined ? undefined : `The capital of ${country} is ${capitals[known]}.`;
}

function nameOfUser(said: string[]): string {
  const told = said
    .map((text) => /\b(?:my name is|i am|i'm) (\p{Lu}[\p{L}-]*)/iu.exec(text)?.[1])
    .findLast((name) => name !== undefined);
  return told === undefined ? "You have not told me your name." : `Your name is ${told}.`;
}

function populationOf(said: string[]): string | undefined {
  const place = said.flatMap((text) => names(text)).at(0);
  const city = place === undefined ? undefined : (capitals[place.toLowerCase()] ?? place);
  if (city === undefined) return undefined;
  return city === "Paris" ? "About 2.1 million people live in Paris." : `Some million people live in ${city}.`;
}

function sumIn(prompt: string): string | undefined {
  const expression = arithmetic(prompt);
  const value = expression === undefined ? undefined : calculate(expression);
  return value === undefined ? undefined : `${expression} is ${value}.`;
}

function story(about: string | undefined): string {
  const hero = about?.trim() ?? "a lighthouse keeper named Mara";
  return [
    `Once upon a time there was ${hero}.`,
    "Every evening a light went on at the edge of the sea, and every morning it went out again.",
    "One night the lamp failed, and a small boat called for help from the dark.",
    "So a hundred lanterns were lit along the shore, one by one, until the boat had found its way.",
    "And since that night the whole village keeps a lantern by the door.",
  ].join(" ");
}

const shortened = (text: string) => (text.length > 200 ? `${text.slice(0, 200)}…` : text);
