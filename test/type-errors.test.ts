import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";

/* What TypeScript says about a mistake in a call: short, about the mistake, and once. */

const mistakes: readonly (readonly [name: string, statement: string, words: string])[] = [
  ["a role that does not exist", 'gateway.chat({ messages: [{ role: "robot", content: "Hello" }] });', '"robot"'],
  ["messages typed by a wrong interface", "gateway.chat({ messages: lines });", "ChatLine"],
  ["a missing content", 'gateway.chat({ messages: [{ role: "user" }] });', "'content' is missing"],
  ["a part that does not exist", "gateway.stream({ messages: [{ role: 'user', content: [{ type: 'video' }] }] });", '"video"'],
  ["an option of the wrong type", 'gateway.chat({ prompt: "Hello", temperature: "hot" });', "'number'"],
  ["an option that does not exist", 'gateway.stream({ prompt: "Hello", temprature: 1 });', "temprature"],
];

const before = `import { createGateway } from "cf-ai-gateway";
interface ChatLine { role: "user" | "robot"; content: string }
declare const lines: ChatLine[];
const gateway = createGateway();
`;

/** The errors of each statement, all checked in one program. */
function errorsByStatement(statements: readonly string[]): string[][] {
  const root = fileURLToPath(new URL("../", import.meta.url));
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config,
    ts.sys,
    root,
  );
  const host = ts.createCompilerHost(options);
  const fileName = `${root}test/type-errors.virtual.ts`;
  const file = ts.createSourceFile(fileName, `${before}${statements.join("\n")}\n`, ts.ScriptTarget.ES2022);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => (name === fileName ? file : getSourceFile(name, ...rest));
  const program = ts.createProgram([fileName], { ...options, noErrorTruncation: true }, host);
  const diagnostics = program.getSemanticDiagnostics(file);
  const firstLine = before.split("\n").length - 1;
  return statements.map((_, index) =>
    diagnostics
      .filter(({ start = 0 }) => file.getLineAndCharacterOfPosition(start).line === firstLine + index)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
  );
}

describe("the compiler's error for a mistake in a call", () => {
  const errors = errorsByStatement(mistakes.map(([, statement]) => statement));

  test.each(mistakes.map(([name, , words], index) => ({ name, words, errors: errors[index] ?? [] })))(
    "is short and comes once: $name",
    ({ words, errors }) => {
      expect(errors).toHaveLength(1);
      expect(errors[0]).toContain(words);
      expect(errors[0]?.length).toBeLessThan(1_800);
    },
  );
});
