import { readdir, readFile } from "node:fs/promises";
import { type ChatOptions, type JsonSchema, tool } from "../src/index.ts";

/** What is asked to make a fixture; a JSON file each in record-scenarios/. */
export interface Scenario {
  description: string;
  /** @default false */
  stream?: boolean;
  /** Where the scenario needs a certain one. */
  model?: string;
  /** Chat options as JSON; tools are their description and parameters, without `execute`. */
  options: Record<string, unknown>;
}

const folder = new URL("record-scenarios/", import.meta.url);

export async function scenarioNames(): Promise<string[]> {
  return (await readdir(folder)).filter((file) => file.endsWith(".json")).map((file) => file.slice(0, -".json".length));
}

/** Throws when there is none of that name. */
export async function readScenario(name: string): Promise<Scenario> {
  const names = await scenarioNames();
  if (!names.includes(name)) throw new Error(`There is no scenario "${name}"; there are ${names.join(", ")}.`);
  return JSON.parse(await readFile(new URL(`${name}.json`, folder), "utf8")) as Scenario;
}

/** The options as the client takes them. `more` goes over those of the scenario. */
export function chatOptions(scenario: Scenario, more: Record<string, unknown> = {}): ChatOptions {
  const { tools, ...options } = { ...scenario.options, ...more };
  const definitions = Object.entries((tools ?? {}) as Record<string, { description: string; parameters: JsonSchema }>);
  if (definitions.length === 0) return options as ChatOptions;
  return {
    ...options,
    tools: Object.fromEntries(definitions.map(([name, definition]) => [name, tool(definition)])),
  } as ChatOptions;
}
