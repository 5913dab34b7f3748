import { readFileSync } from "node:fs";
import ts from "typescript";
import { gatewayOptionRows } from "../../src/options/gateway-options.ts";
import { table } from "./generated-part.ts";

/** Every gateway option: its type and its words from the declaration, its header from the table that sends it. */
export function gatewayOptionTable(): string {
  const declared = membersOf("GatewayOptions", new URL("../../src/options/gateway-options.ts", import.meta.url));
  const rows = declared.map(({ name, type, words }) => {
    const { header } = gatewayOptionRows[name as keyof typeof gatewayOptionRows];
    return [`\`${name}\``, `\`${type}\``, words, `\`${header}\``];
  });
  return table(["Option", "Type", "What it does", "Header"], rows);
}

interface Member {
  name: string;
  type: string;
  words: string;
}

function membersOf(interfaceName: string, file: URL): Member[] {
  const source = ts.createSourceFile(file.pathname, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
  const declaration = source.statements.find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === interfaceName,
  );
  const members = [...(declaration?.members ?? [])].filter((member) => ts.isPropertySignature(member));
  return members.map((member) => ({
    name: member.name.getText(),
    type: oneLine(member.type?.getText() ?? "")
      .replaceAll(" | undefined", "")
      .replace(/^\| /, ""),
    words: wordsOf(member),
  }));
}

function wordsOf(member: ts.Node): string {
  const [comment] = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
  const text = ts.getTextOfJSDocComment(comment?.comment) ?? "";
  const standard = comment?.tags?.find(({ tagName }) => tagName.text === "default");
  const otherwise = standard === undefined ? "" : ` Default: ${ts.getTextOfJSDocComment(standard.comment)}.`;
  return oneLine(text) + otherwise;
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();
