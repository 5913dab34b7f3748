import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { createGateway, type GatewayConfig, GatewayError } from "../../index.ts";
import { recordFixtures } from "../../testing/index.ts";
import type { RecordCase } from "./cases.ts";

export interface Recording {
  /** The fixture's path below the folder, without an extension. */
  name: string;
  /** The files written. */
  files: string[];
  /** The error, if the response was one; errors are recorded too. */
  error?: string;
}

/** Runs a case against the gateway and records the response. Throws if the fixture can't be written. */
export async function recordCase(
  config: GatewayConfig,
  name: string,
  { options, isStream }: RecordCase,
  folder: string,
): Promise<Recording> {
  const gateway = createGateway({ ...config, maxRetries: 0, fetch: recordFixtures(folder, { mode: "record", name }) });
  let failure: GatewayError | undefined;
  try {
    await (isStream ? gateway.stream(options).result : gateway.chat(options));
  } catch (error) {
    if (!GatewayError.is(error) || error.status === undefined) throw error;
    failure = error;
  }
  const files = await findFiles(folder, name);
  if (files.length === 0 && failure) throw failure;
  return { name, files, ...(failure ? { error: failure.code } : {}) };
}

async function findFiles(folder: string, name: string): Promise<string[]> {
  const parent = join(folder, name, "..");
  const base = name.slice(name.lastIndexOf("/") + 1);
  const found = await readdir(parent).catch(() => []);
  return found.filter((file) => file.startsWith(`${base}.`)).map((file) => join(parent, file));
}
