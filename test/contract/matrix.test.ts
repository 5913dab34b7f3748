import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { readFixtureFiles } from "../../scripts/fixtures/fixture-files.ts";

const fixtures = await readFixtureFiles();
const page = await readFile(new URL("../../docs/provider-matrix.md", import.meta.url), "utf8");
const [matrix = [], oddities = []] = tables(page);
const [header = [], ...rows] = matrix;

/** The tables of a Markdown page, as rows of cells. */
function tables(text: string): string[][][] {
  return (text.match(/(?:^\|.*\|\n)+/gm) ?? []).map((table) =>
    table
      .trim()
      .split("\n")
      .filter((line) => !/^\|[\s|-]+\|$/.test(line))
      .map((line) =>
        line
          .slice(1, -1)
          .split("|")
          .map((cell) => cell.trim()),
      ),
  );
}

const namesIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name as string);

/** Providers whose row is complete: each cell has a fixture or a reason why there can't be one. */
const complete = [
  "openai",
  "anthropic",
  "google-ai-studio",
  "openrouter",
  "groq",
  "mistral",
  "cohere",
  "xai",
  "deepseek",
  "perplexity",
  "workers-ai",
];

describe("the matrix of providers", () => {
  test("has a column for each kind of answer, and a row for each provider", () => {
    expect(header).toEqual(["provider", "chat", "stream", "tool call", "reasoning", "error"]);
    expect(rows.map(([provider]) => provider)).toEqual(expect.arrayContaining(complete));
  });

  test.each(rows.map((row) => [row[0] as string, row.slice(1)] as const))(
    "has a fixture of the right kind, or a reason, in each cell of %s",
    (provider, cells) => {
      expect(cells).toHaveLength(5);
      for (const [at, cell] of cells.entries()) {
        if (cell.startsWith("none: ")) {
          expect(cell.length).toBeGreaterThan(20);
          if (complete.includes(provider)) expect(cell).not.toBe("none: not recorded yet");
          continue;
        }
        const kind = (header[at + 1] as string).replace(" ", "-");
        const [first, ...others] = namesIn(cell).map((name) =>
          fixtures.find((fixture) => fixture.name === `${provider}/${name}`),
        );
        expect(first?.meta).toMatchObject({ provider, scenario: kind });
        for (const fixture of others) expect(fixture?.meta.provider).toBe(provider);
        const ends = first?.meta.result;
        if (kind === "error") expect(ends).toHaveProperty("error");
        else expect(ends).not.toHaveProperty("error");
        if (kind === "stream") expect(first?.isStream).toBe(true);
        if (kind === "chat") expect(first?.isStream).toBe(false);
        if (kind === "tool-call")
          expect(ends).toMatchObject({ finishReason: "tool-calls", toolCalls: [{ name: "weather" }, { name: "weather" }] });
      }
    },
  );

  test("lists every fixture once, in the row of its provider", () => {
    const named = rows.flatMap(([provider, ...cells]) =>
      cells
        .filter((cell) => !cell.startsWith("none:"))
        .flatMap(namesIn)
        .map((name) => `${provider}/${name}`),
    );
    expect(named.sort()).toEqual(fixtures.map(({ name }) => name).sort());
  });

  test("lists the note of each fixture as it is in the fixture's file", () => {
    const listed = new Map(oddities.slice(1).map(([name = "", note = ""]) => [namesIn(name)[0] as string, note]));
    const notes = fixtures.filter(({ meta }) => meta.note !== undefined).map(({ name, meta }) => [name, meta.note] as const);
    expect([...listed].sort()).toEqual([...notes].sort());
  });
});
