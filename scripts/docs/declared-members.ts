import { readFileSync } from "node:fs";
import ts from "typescript";

/** A member of an interface, with its docstring in one line. */
export interface Member {
  name: string;
  isOptional: boolean;
  type: string;
  words: string;
}

/** The members of an interface, in the order of their declaration. */
export function readMembers(interfaceName: string, file: URL): Member[] {
  const source = ts.createSourceFile(file.pathname, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
  const declaration = source.statements.find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === interfaceName,
  );
  const members = [...(declaration?.members ?? [])].filter((member) => ts.isPropertySignature(member));
  return members.map((member) => ({
    name: member.name.getText(),
    isOptional: member.questionToken !== undefined,
    type: oneLine(member.type?.getText() ?? "")
      .replaceAll(" | undefined", "")
      .replace(/^\| /, ""),
    words: readDescription(member),
  }));
}

function readDescription(member: ts.Node): string {
  const [comment] = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
  const text = ts.getTextOfJSDocComment(comment?.comment) ?? "";
  const standard = comment?.tags?.find(({ tagName }) => tagName.text === "default");
  const otherwise = standard === undefined ? "" : ` Default: ${ts.getTextOfJSDocComment(standard.comment)}.`;
  return oneLine(text) + otherwise;
}

/** Without line breaks and repeated spaces. */
export const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();
