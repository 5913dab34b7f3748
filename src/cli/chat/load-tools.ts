import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Tool } from "../../index.ts";
import { UsageError } from "../usage-error.ts";

/** The tools that a module exports, by name: `export const get_weather = tool({ … })`. */
export async function loadTools(path: string): Promise<Record<string, Tool>> {
  let module: Record<string, unknown>;
  try {
    module = await import(pathToFileURL(resolve(path)).href);
  } catch (error) {
    throw new UsageError(`Can't load tools from ${path}: ${error instanceof Error ? error.message : error}.`);
  }
  const tools = Object.entries(module).filter((entry): entry is [string, Tool] => isTool(entry[1]));
  if (tools.length === 0) throw new UsageError(`${path} exports no tool: export const get_weather = tool({ … }).`);
  return Object.fromEntries(tools);
}

const isTool = (value: unknown): value is Tool => typeof value === "object" && value !== null && "parameters" in value;
