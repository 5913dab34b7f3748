import { describe, type Problem } from "./validators.ts";

/** Deeper values overflow the stack of parsers and validators; no request needs them. */
const maxDepth = 200;

/** Finds what can't be sent as JSON in a value; undefined if nothing. Undefined members are skipped, as in `JSON.stringify`. */
export function checkJson(value: unknown): Problem | undefined {
  try {
    return walk(value, []);
  } catch (error) {
    // Thrown by the caller's getter, toJSON or Proxy.
    return { path: "", message: `can't be read: ${describeThrown(error)}` };
  }
}

function walk(value: unknown, parents: object[]): Problem | undefined {
  switch (typeof value) {
    case "string":
    case "boolean":
      return undefined;
    case "number":
      return Number.isFinite(value) ? undefined : { path: "", message: `is ${value}, which JSON can't represent` };
    case "bigint":
      return { path: "", message: "is a bigint, which JSON can't represent; pass a number or a string" };
    case "object":
      return value === null ? undefined : walkObject(value, parents);
    default:
      return { path: "", message: `is ${describe(value)}, which JSON can't represent` };
  }
}

function walkObject(value: object, parents: object[]): Problem | undefined {
  if (parents.includes(value)) return { path: "", message: "refers back to itself, which JSON can't represent" };
  if (parents.length >= maxDepth) return { path: "", message: `is nested more than ${maxDepth} levels deep` };
  parents.push(value);
  try {
    if ("toJSON" in value && typeof value.toJSON === "function") return walk(value.toJSON(""), parents);
    if (Array.isArray(value)) return walkArray(value, parents);
    if (Symbol.iterator in value || ArrayBuffer.isView(value))
      return { path: "", message: "is a collection whose entries JSON would lose; pass a plain array or object" };
    return walkMembers(value, parents);
  } finally {
    parents.pop();
  }
}

function walkArray(value: readonly unknown[], parents: object[]): Problem | undefined {
  for (let index = 0; index < value.length; index++) {
    const problem = walk(value[index], parents);
    if (problem) return nested(`[${index}]`, problem);
  }
  return undefined;
}

function walkMembers(value: object, parents: object[]): Problem | undefined {
  for (const key of Object.keys(value)) {
    const member: unknown = readMember(value, key);
    if (member === undefined) continue;
    if (member instanceof Unreadable) return { path: `.${key}`, message: member.message };
    const problem = walk(member, parents);
    if (problem) return nested(`.${key}`, problem);
  }
  return undefined;
}

class Unreadable {
  readonly message: string;
  constructor(error: unknown) {
    this.message = `can't be read: ${describeThrown(error)}`;
  }
}

function readMember(value: object, key: string): unknown {
  try {
    return Reflect.get(value, key, value);
  } catch (error) {
    return new Unreadable(error);
  }
}

/** Truncates the path of a deeply nested value to keep it readable. */
function nested(step: string, problem: Problem): Problem {
  const path = problem.path.length > 120 ? `${step}…` : step + problem.path;
  return { path, message: problem.message };
}

/** Returns the message of a thrown value, even if reading it throws. */
export function describeThrown(error: unknown, maxLength = 200): string {
  try {
    return String(error instanceof Error ? error.message : error).slice(0, maxLength);
  } catch {
    return "an unreadable error";
  }
}
