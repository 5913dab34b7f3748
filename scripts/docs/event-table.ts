import { readFileSync } from "node:fs";
import ts from "typescript";
import { type Member, oneLine, readMembers } from "./declared-members.ts";
import { table } from "./generated-part.ts";

const source = (path: string) => new URL(`../../src/${path}`, import.meta.url);
const toolTypes = source("tools/tool-call.ts");

/** Every event of a stream: when it is emitted, and its fields, from the declaration of `StreamEvent`. */
export function eventTable(): string {
  const rows = listEvents("StreamEvent", source("chat/stream-event.ts"));
  return table(["`type`", "When", "Fields"], rows);
}

function listEvents(name: string, file: URL): string[][] {
  const text = readFileSync(file, "utf8");
  const parsed = ts.createSourceFile(file.pathname, text, ts.ScriptTarget.ES2022, true);
  const declaration = parsed.statements.find(
    (statement): statement is ts.TypeAliasDeclaration => ts.isTypeAliasDeclaration(statement) && statement.name.text === name,
  );
  if (!declaration || !ts.isUnionTypeNode(declaration.type)) throw new Error(`${name} is not a union in ${file.pathname}.`);
  let end = declaration.type.getFullStart();
  return declaration.type.types.flatMap((member) => {
    const comment = text.slice(end, member.getStart());
    end = member.getEnd();
    if (member.getText() === "AnswerEvent") return listEvents("AnswerEvent", source("response/answer-event.ts"));
    return [eventRow(member, comment)];
  });
}

/** A docstring precedes the bar of its member, so the compiler doesn't attach it to anything. */
function eventRow(member: ts.TypeNode, comment: string): string[] {
  const [, words] = /\/\*\*(.*?)\*\//s.exec(comment) ?? [];
  const [type, ...fields] = listFields(member);
  if (words === undefined || type === undefined) throw new Error(`${member.getText()} has no docstring.`);
  return [
    `\`${type.type.replaceAll('"', "")}\``,
    oneLine(words.replaceAll(/^\s*\* ?/gm, " ")),
    fields.map(describeField).join(", "),
  ];
}

interface Field {
  name: string;
  type: string;
}

const describeField = ({ name, type }: Field) => `\`${name}: ${type}\``;

/** The fields of an event, its `type` first. */
function listFields(node: ts.TypeNode): Field[] {
  if (ts.isParenthesizedTypeNode(node)) return listFields(node.type);
  if (ts.isIntersectionTypeNode(node)) return node.types.flatMap(listFields);
  if (ts.isTypeReferenceNode(node)) return readMembers(node.getText(), toolTypes).map(toField);
  if (!ts.isTypeLiteralNode(node)) throw new Error(`${node.getText()} is no event.`);
  return node.members
    .filter(ts.isPropertySignature)
    .map(({ name, type, questionToken }) =>
      toField({ name: name.getText(), type: oneLine(type?.getText() ?? ""), isOptional: questionToken !== undefined }),
    );
}

const toField = ({ name, type, isOptional }: Pick<Member, "name" | "type" | "isOptional">): Field => ({
  name: isOptional ? `${name}?` : name,
  type: type.replace("Exclude<O, undefined>", "O"),
});
