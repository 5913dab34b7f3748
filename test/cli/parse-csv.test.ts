import { describe, expect, it } from "vitest";
import { parseCsv } from "../../src/cli/batch/parse-csv.ts";

async function parse(...chunks: string[]): Promise<string[][]> {
  const records: string[][] = [];
  const text = (async function* () {
    yield* chunks;
  })();
  for await (const record of parseCsv(text)) records.push(record);
  return records;
}

describe("parseCsv", () => {
  it.each([
    [
      "plain fields",
      "a,b\n1,2\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "a last line without a line break",
      "a,b\n1,2",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "line breaks of Windows",
      "a,b\r\n1,2\r\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    ["quoted commas, quotes and line breaks", '"x, y","say ""hi""","1\r\n2"\n', [["x, y", 'say "hi"', "1\r\n2"]]],
    ["quoted fields before a line break of Windows", '"a","b"\r\n', [["a", "b"]]],
    ["empty fields", ',"",\n', [["", "", ""]]],
    ["an empty field at the very end", "a,", [["a", ""]]],
    ["empty lines, which are left out", "a\n\n\r\nb\n", [["a"], ["b"]]],
    ["quotes within a plain field", 'a"b,c\n', [['a"b', "c"]]],
    ["characters beyond the basic plane", "😀,ü\n", [["😀", "ü"]]],
    ["nothing", "", []],
  ])("reads %s", async (_, text, records) => {
    expect(await parse(text)).toEqual(records);
    expect(await parse(...text), "cut at every character").toEqual(records);
  });

  it("rejects an unclosed quote, and text after a closing quote, with the record's number", async () => {
    await expect(parse('a\n"b\n')).rejects.toThrow("Record 2 of the CSV has a quote that is never closed.");
    await expect(parse('"a"b\n')).rejects.toThrow("Record 1 of the CSV has text after a closing quote.");
  });
});
