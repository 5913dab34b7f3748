import ts from "typescript";

/** A function or a class, and how long it is. */
export interface Span {
  kind: "function" | "class";
  name: string;
  file: string;
  lines: number;
}

/** The functions and classes of a file, including nested ones, without their doc comments. */
export function measureSpans(file: string, root: ts.SourceFile): Span[] {
  const spans: Span[] = [];
  const getLine = (position: number) => root.getLineAndCharacterOfPosition(position).line;
  const visit = (node: ts.Node): void => {
    const lines = getLine(node.end) - getLine(node.getStart(root)) + 1;
    const kind = ts.isClassLike(node) ? "class" : ts.isFunctionLike(node) && "body" in node && node.body ? "function" : undefined;
    if (kind) spans.push({ kind, name: getName(node, root), file, lines });
    ts.forEachChild(node, visit);
  };
  visit(root);
  return spans;
}

/** Its name, or that of the variable or property it is assigned to. */
function getName(node: ts.Node, root: ts.SourceFile): string {
  const isAssigned = ts.isVariableDeclaration(node.parent) || ts.isPropertyAssignment(node.parent);
  const own = "name" in node ? (node.name as ts.Node | undefined) : undefined;
  return (own ?? (isAssigned ? node.parent.name : undefined))?.getText(root) ?? "(anonymous)";
}
