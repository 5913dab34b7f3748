import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordFixtures } from "../../testing/index.ts";
import type { FixtureFile } from "./exchange.ts";
import type { JournalEntry } from "./journal.ts";
import { storedResponse } from "./stored-response.ts";

/**
 * The files that `recordFixtures` writes for an exchange, with secrets redacted.
 *
 * @throws ConfigurationError if a secret would remain in them
 */
export async function createFixtureFiles(entry: JournalEntry): Promise<FixtureFile[]> {
  const { exchange, request } = entry;
  const directory = await mkdtemp(join(tmpdir(), "cf-ai-gateway-fixture-"));
  try {
    const record = recordFixtures(directory, { mode: "record", fetch: async () => storedResponse(entry) });
    const response = await record(request.url, { method: exchange.method, headers: request.headers, body: request.body });
    await response.arrayBuffer();
    const names = await readdir(directory, { recursive: true });
    const files = names.filter((name) => /\.(json|sse)$/.test(name)).sort();
    return await Promise.all(
      files.map(async (name) => ({ name: name.replaceAll("\\", "/"), text: await readFile(join(directory, name), "utf8") })),
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
