import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";

/*
 * Compares the spec with the openai package's types, field by field. A field that upstream adds fails here by name: add it to the
 * spec, or to the table of spec/differences.md with the reason why not. Remove a difference from the table once it no longer exists.
 */

const pairsFile = fileURLToPath(new URL("./openai-pairs.ts", import.meta.url));
const program = ts.createProgram([pairsFile], {
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ["node"],
});
const checker = program.getTypeChecker();
const source = program.getSourceFile(pairsFile);

interface Pair {
  where: string;
  theirs: ts.Type;
  ours: ts.Type;
}

function pairs(interfaceName: string): Pair[] {
  const declaration = source?.statements.filter(ts.isInterfaceDeclaration).find(({ name }) => name.text === interfaceName);
  return (declaration?.members.filter(ts.isPropertySignature) ?? []).map((member) => {
    const tuple = member.type;
    if (!tuple || !ts.isTupleTypeNode(tuple)) throw new Error(`${interfaceName}.${member.name.getText()} is no pair`);
    const [theirs, ours] = tuple.elements.map((element) => checker.getTypeFromTypeNode(element));
    if (!theirs || !ours) throw new Error(`${member.name.getText()} is no pair`);
    return { where: member.name.getText().replaceAll('"', ""), theirs, ours };
  });
}

/** Fields of their type that ours lacks. */
const missingFields = ({ where, theirs, ours }: Pair): string[] =>
  checker
    .getPropertiesOfType(theirs)
    .map(({ name }) => name)
    .filter((name) => !checker.getPropertiesOfType(ours).some((property) => property.name === name))
    .map((name) => `${where}: ${name}`);

/**
 * Fields of both types whose values ours does not accept. That requests never contain null is one rule, not a difference of each field.
 * Nested objects in responses are compared as separate pairs.
 */
const narrowerFields = ({ where, theirs, ours }: Pair, isSent: boolean): string[] =>
  checker
    .getPropertiesOfType(theirs)
    .filter((property) => {
      const own = checker.getPropertiesOfType(ours).find(({ name }) => name === property.name);
      const value = checker.getNonNullableType(checker.getTypeOfSymbol(property));
      if (!own || (!isSent && !isPrimitive(value))) return false;
      return !checker.isTypeAssignableTo(value, checker.getTypeOfSymbol(own));
    })
    .map(({ name }) => `${where}: ${name}`);

const isPrimitive = (type: ts.Type): boolean =>
  type.isUnion()
    ? type.types.every(isPrimitive)
    : (type.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike)) !== 0;

const members = (type: ts.Type): string[] => (type.isUnion() ? type.types : [type]).map((each) => checker.typeToString(each));

const missingKinds = ({ where, theirs, ours }: Pair): string[] =>
  members(theirs)
    .filter((kind) => !members(ours).includes(kind))
    .map((kind) => `${where}: ${JSON.parse(kind)}`);

/** The first two columns of the table below a heading. */
async function documented(heading: string): Promise<string[]> {
  const text = await readFile(new URL("../../spec/differences.md", import.meta.url), "utf8");
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  if (!section) throw new Error(`spec/differences.md has no section "${heading}"`);
  return [...section.matchAll(/^\| ([^|]+) \| `([^`]+)` \|/gm)].map(([, where, field]) => `${where}: ${field}`);
}

describe("the spec, compared with the openai package,", () => {
  const sent = pairs("Sent");
  const received = pairs("Received");
  const all = [...sent, ...received];

  test("resolves every pair to types with fields", () => {
    expect(ts.getPreEmitDiagnostics(program, source).map(({ messageText }) => messageText)).toEqual([]);
    expect(all.filter(({ theirs, ours }) => !theirs.getProperties().length || !ours.getProperties().length)).toEqual([]);
    expect(all.length).toBeGreaterThan(30);
  });

  test("lacks the fields that spec/differences.md lists, and no others", async () => {
    expect(all.flatMap(missingFields).sort()).toEqual((await documented("Fields that the spec leaves out")).sort());
  });

  test("rejects the values that spec/differences.md lists, and no others", async () => {
    const narrower = [
      ...sent.flatMap((pair) => narrowerFields(pair, true)),
      ...received.flatMap((pair) => narrowerFields(pair, false)),
    ];
    expect(narrower.sort()).toEqual((await documented("Fields that take less")).sort());
  });

  test("has every role, part, tool, tool call, choice and format", () => {
    expect(pairs("Kinds").flatMap(missingKinds)).toEqual([]);
  });
});
