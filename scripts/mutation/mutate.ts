import ts from "typescript";

/** One small change to a source. */
export interface Mutant {
  line: number;
  /** The source's own words there, for a person to find it. */
  was: string;
  /** What stands there now; empty where it was removed. */
  now: string;
  /** The whole source with the change. */
  code: string;
}

interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * Every mutant of a source: rows and elements removed; literals changed, numbers up and down; alternatives of patterns removed; conditions
 * turned round, and either side of `&&`, `||` and `??` left out. Types are left alone.
 */
export function mutantsOf(source: string, fileName = "source.ts"): Mutant[] {
  const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.Latest, true);
  const edits: Edit[] = [];
  const replace = (node: ts.Node, text: string) => edits.push({ start: node.getStart(), end: node.end, text });

  function visit(node: ts.Node): void {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isObjectLiteralExpression(node)) for (const property of node.properties) visitProperty(property);
    else if (ts.isArrayLiteralExpression(node)) for (const element of node.elements) edits.push(removal(element, source));
    else for (const text of replacements(node)) replace(node, text);
    ts.forEachChild(node, (child) => {
      // A key is changed by removing its row.
      if (ts.isPropertyAssignment(node) && child === node.name) return;
      visit(child);
    });
  }

  function visitProperty(property: ts.ObjectLiteralElementLike): void {
    // A literal is changed where it stands.
    if (ts.isPropertyAssignment(property) && isLiteral(property.initializer)) return;
    edits.push(removal(property, source));
  }

  visit(file);
  return edits.map(({ start, end, text }) => ({
    line: file.getLineAndCharacterOfPosition(start).line + 1,
    was: source.slice(start, end).replace(/\s+/g, " "),
    now: text,
    code: source.slice(0, start) + text + source.slice(end),
  }));
}

function isLiteral(node: ts.Node): boolean {
  return replacements(node).length > 0 && !ts.isBinaryExpression(node) && !ts.isConditionalExpression(node);
}

/** A row or an element, with the comma behind it. */
function removal(node: ts.Node, source: string): Edit {
  const comma = /^\s*,/.exec(source.slice(node.end));
  return { start: node.getStart(), end: node.end + (comma?.[0].length ?? 0), text: "" };
}

const opposites: Readonly<Partial<Record<ts.SyntaxKind, string>>> = {
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: "!==",
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: "===",
  [ts.SyntaxKind.LessThanToken]: "<=",
  [ts.SyntaxKind.LessThanEqualsToken]: "<",
  [ts.SyntaxKind.GreaterThanToken]: ">=",
  [ts.SyntaxKind.GreaterThanEqualsToken]: ">",
  [ts.SyntaxKind.PlusToken]: "-",
  [ts.SyntaxKind.MinusToken]: "+",
  [ts.SyntaxKind.AsteriskToken]: "/",
  [ts.SyntaxKind.PlusEqualsToken]: "-=",
};

/** What may stand in a node's place. */
function replacements(node: ts.Node): string[] {
  if (node.kind === ts.SyntaxKind.TrueKeyword) return ["false"];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return ["true"];
  if (ts.isNumericLiteral(node)) return [`${Number(node.text) + 1}`, `(${Number(node.text) - 1})`];
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) return ['"mutated"'];
  if (ts.isRegularExpressionLiteral(node)) return ["/(?!)/", ...withoutAlternatives(node.text)];
  if (ts.isIfStatement(node)) return [`if (!(${node.expression.getText()})) ${node.getText().slice(headLength(node))}`];
  if (ts.isConditionalExpression(node)) return [`(${node.whenTrue.getText()})`, `(${node.whenFalse.getText()})`];
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) return [node.operand.getText()];
  if (!ts.isBinaryExpression(node)) return [];
  const { left, right, operatorToken } = node;
  const isChoice =
    operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    operatorToken.kind === ts.SyntaxKind.BarBarToken ||
    operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken;
  if (isChoice) return [`(${left.getText()})`, `(${right.getText()})`];
  const opposite = opposites[operatorToken.kind];
  return opposite === undefined ? [] : [`${left.getText()} ${opposite} ${right.getText()}`];
}

/** Up to what is behind the condition. */
const headLength = (node: ts.IfStatement): number => node.thenStatement.getStart() - node.getStart();

/** A pattern with one of its alternatives left out, for each of them. */
export function withoutAlternatives(pattern: string): string[] {
  const body = pattern.slice(0, pattern.lastIndexOf("/"));
  const groups: number[][] = [[0]];
  const whole: number[][] = [];
  let inClass = false;
  for (let at = 1; at <= body.length; at++) {
    const character = body[at];
    const group = groups.at(-1) as number[];
    if (character === "\\") at++;
    else if (inClass) inClass = character !== "]";
    else if (character === "[") inClass = true;
    else if (character === "(") groups.push([startOfGroup(body, at) - 1]);
    else if (character === "|") group.push(at);
    else if (character === ")" || at === body.length) whole.push([...(groups.pop() as number[]), at]);
  }
  return whole
    .filter((bars) => bars.length > 2)
    .flatMap((bars) =>
      bars.slice(0, -1).map((bar, index) => {
        const next = bars[index + 1] as number;
        // The first goes with the bar behind it, the others with the bar before.
        const [from, to] = index === 0 ? [bar + 1, next + 1] : [bar, next];
        return pattern.slice(0, from) + pattern.slice(to);
      }),
    );
}

/** Behind `(`, `(?:`, `(?=`, `(?!` and the like. */
const startOfGroup = (body: string, at: number): number => at + (/^\((\?(:|=|!|<=|<!))?/.exec(body.slice(at))?.[0].length ?? 1);
