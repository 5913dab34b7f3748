import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkFixtures } from "../../scripts/fixtures/check.ts";
import { type FixtureFiles, readFixtureFiles, writeFixture } from "../../scripts/fixtures/fixture-files.ts";

let folder: URL;
beforeEach(async () => {
  folder = pathToFileURL(`${await mkdtemp(join(tmpdir(), "fixtures-"))}/`);
});
afterEach(() => rm(folder, { recursive: true }));

const all = await readFixtureFiles();

/** Checks a modified copy of one of our fixtures. */
async function checkChanged(name: string, change: (fixture: FixtureFiles) => void) {
  const fixture = structuredClone(all.find((each) => each.name === name) as FixtureFiles);
  change(fixture);
  await writeFixture(fixture, folder);
  const lines: string[] = [];
  const wrong = await checkFixtures(folder, [], (line) => lines.push(line));
  return { wrong, lines };
}

const replaced = (body: Uint8Array, from: string, to: string) =>
  new TextEncoder().encode(new TextDecoder().decode(body).replace(from, to));

describe("fixtures:check", () => {
  test("accepts a valid fixture", async () => {
    const { wrong, lines } = await checkChanged("openai/tool-call", () => {});
    expect({ wrong, lines }).toEqual({ wrong: 0, lines: [expect.stringMatching(/^1 fixtures: 0 wrong, 0 older/)] });
  });

  test("shows an answer that is read differently as a difference of results", async () => {
    const { wrong, lines } = await checkChanged("openai/stream", (fixture) => {
      fixture.body = replaced(fixture.body, " Loire", " Rhône");
    });
    expect(wrong).toBe(1);
    expect(lines[0]).toBe(
      'openai/stream: result/text: the client has "The Rhône is a river of France and the Weißhorn 🏔 a mountain of Switzerland.", ' +
        'the fixture "The Loire is a river of France and the Weißhorn 🏔 a mountain of Switzerland."',
    );
  });

  test("names a response that is not JSON, and a file that is not", async () => {
    const { wrong, lines } = await checkChanged("openai/chat", (fixture) => {
      fixture.body = new Uint8Array();
    });
    expect(wrong).toBe(1);
    expect(lines[0]).toMatch(/^openai\/chat: the response is not JSON: /);
    await writeFile(new URL("openai/chat.meta.json", folder), "{");
    await expect(checkFixtures(folder, [], () => {})).rejects.toThrow(/openai\/chat\.meta\.json is not JSON: /);
  });

  test("names a request without a meta.json, which no test would replay", async () => {
    await mkdir(new URL("groq/", folder));
    await writeFile(new URL("groq/mine.request.json", folder), "{}");
    const { wrong, lines } = await checkChanged("openai/chat", () => {});
    expect(wrong).toBe(1);
    expect(lines).toContain("groq/mine: meta.json is missing");
  });

  test("names the field of a request that the client sends differently", async () => {
    const { wrong, lines } = await checkChanged("openai/chat", (fixture) => {
      fixture.request = { ...(fixture.request as object), temperature: 1 };
    });
    expect(wrong).toBe(1);
    expect(lines).toContain("openai/chat: request/0/temperature: the client has nothing, the fixture 1");
  });

  test("names the field of a request or an answer that does not match the spec", async () => {
    const { lines } = await checkChanged("openai/chat", (fixture) => {
      fixture.request = { ...(fixture.request as object), max_tokens: "200" };
      fixture.body = replaced(fixture.body, '"total_tokens": 31', '"total_tokens": "31"');
    });
    expect(lines).toContain("openai/chat: ChatCompletionRequest/max_tokens must be integer");
    expect(lines.some((line) => line.startsWith("openai/chat: ChatCompletion/usage"))).toBe(true);
  });

  test("names what is missing from the provenance", async () => {
    const { lines } = await checkChanged("openai/chat", ({ meta }) => {
      delete meta.shape;
    });
    expect(lines[0]).toBe("openai/chat: meta: an authored fixture names the address of its shape");
    const recorded = await checkChanged("openai/chat", ({ meta }) => {
      meta.provenance = "recorded";
    });
    expect(recorded.lines[0]).toBe("openai/chat: meta: a recorded fixture names its date (recordedAt), target and client");
  });

  test("names a follow-up step that does not exist", async () => {
    const { lines } = await checkChanged("openai/chat", ({ meta }) => {
      delete meta.result;
    });
    expect(lines[0]).toBe("openai/chat: meta: it has no result, and comes before no other fixture");
  });

  test("reports a fixture that is older than the spec without failing", async () => {
    const { wrong, lines } = await checkChanged("openai/chat", ({ meta }) => {
      meta.spec = "0.0.1";
    });
    expect(wrong).toBe(0);
    expect(lines[0]).toMatch(/^openai\/chat: older than the spec \(0\.0\.1, now \d/);
  });

  test("fails when it finds no fixture", async () => {
    await expect(checkFixtures(new URL("../fixtures/", import.meta.url), ["no-such-provider"], () => {})).rejects.toThrow(
      "There is no fixture no-such-provider.",
    );
  });
});
