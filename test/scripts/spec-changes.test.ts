import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { nextVersion, worst } from "../../scripts/spec/changes/change.ts";
import { compareDocuments } from "../../scripts/spec/changes/compare-documents.ts";
import { parseDocument } from "../../scripts/spec/changes/document.ts";
import { fiftyChanges } from "./fifty-changes.ts";
import { furtherChanges } from "./further-changes.ts";
import { subtleChanges } from "./subtle-changes.ts";

const text = await readFile(new URL("../../spec/openapi.yaml", import.meta.url), "utf8");
const before = parseDocument(text, "the spec");

describe("a change of the spec", () => {
  test("is tested with fifty plain cases, fifty that are harder to classify, and sixty that are easily misjudged", () => {
    expect(fiftyChanges).toHaveLength(50);
    expect(furtherChanges).toHaveLength(50);
    expect(subtleChanges).toHaveLength(60);
  });

  test("is not reported between equal documents", () => {
    expect(compareDocuments(before, parseDocument(text, "the spec"))).toEqual([]);
  });

  test.each([...fiftyChanges, ...furtherChanges, ...subtleChanges])("is $level when $name", ({ level, path, edit }) => {
    const changed: unknown = parse(text);
    edit(changed);
    const changes = compareDocuments(before, parseDocument(JSON.stringify(changed), "the changed spec"));
    expect(worst(changes), JSON.stringify(changes)).toBe(level);
    expect(
      changes
        .filter((change) => change.level === level)
        .map((change) => change.path)
        .join("\n"),
    ).toContain(path);
  });
});

describe("the version that follows", () => {
  test.each([
    ["0.1.0", "breaking", "0.2.0"],
    ["0.1.3", "additive", "0.1.4"],
    ["0.1.3", "documentation", "0.1.4"],
    ["1.2.3", "breaking", "2.0.0"],
    ["1.2.3", "additive", "1.3.0"],
    ["1.2.3", "documentation", "1.2.4"],
    ["1.2.3", undefined, "1.2.3"],
  ] as const)("%s with a change of level %s is %s", (version, level, expected) => {
    expect(nextVersion(version, level)).toBe(expected);
  });
});
