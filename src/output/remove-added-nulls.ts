import { isObject } from "./wrap-root.ts";

/** A schema of the strict subset. */
export interface StrictNode {
  [keyword: string]: unknown;
  $ref?: string;
  $defs?: Record<string, StrictNode>;
  type?: string | string[];
  enum?: unknown[];
  anyOf?: StrictNode[];
  items?: StrictNode;
  properties?: Record<string, StrictNode>;
}

interface Strict {
  readonly schema: StrictNode;
  /** For an object schema, the properties whose null stands for absence. */
  readonly nullAdded: ReadonlyMap<StrictNode, ReadonlySet<string>>;
}

/**
 * Makes the function that removes the nulls that strictness added, and only those. Where a union leaves open which schema an object
 * follows, a whole value goes by the first that it fits. A `growing` one goes by all that it may still come to fit, and drops a
 * null that any of them would drop: dropped nulls may come back as the text goes on, but nothing shown is taken away.
 */
export function createUndo({ schema: root, nullAdded }: Strict, growing: boolean): (value: unknown) => unknown {
  const alternatives = new Map<StrictNode, StrictNode[]>();
  const done = new WeakMap<object, { nodes: readonly StrictNode[]; result: unknown }>();

  /** The schemas without union or reference that a schema stands for. */
  function expand(node: StrictNode, seen: readonly StrictNode[] = []): StrictNode[] {
    const known = alternatives.get(node);
    if (known) return known;
    if (seen.includes(node)) return [];
    const inner = node.$ref ? [resolve(node.$ref)] : node.anyOf;
    const result = inner ? inner.flatMap((each) => expand(each, [...seen, node])) : [node];
    // Within a cycle it may be incomplete.
    if (seen.length === 0) alternatives.set(node, result);
    return result;
  }

  function resolve(reference: string): StrictNode {
    return reference === "#" ? root : (root.$defs?.[reference.slice("#/$defs/".length)] ?? {});
  }

  function undo(value: unknown, candidates: readonly StrictNode[]): unknown {
    if (!isNested(value)) return value;
    const nodes = choose(value, candidates);
    const known = growing ? done.get(value) : undefined;
    if (known && known.nodes.length === nodes.length && known.nodes.every((node, index) => node === nodes[index]))
      return known.result;
    const result = Array.isArray(value) ? undoItems(value, nodes) : undoMembers(value as Record<string, unknown>, nodes);
    if (growing) done.set(value, { nodes, result });
    return result;
  }

  function undoItems(value: unknown[], nodes: readonly StrictNode[]): unknown[] {
    const items = flatten(nodes.map((node) => (node.items ? expand(node.items) : [])));
    return value.map((item) => undo(item, items));
  }

  function undoMembers(value: Record<string, unknown>, nodes: readonly StrictNode[]): Record<string, unknown> {
    const kept = Object.entries(value).filter(
      ([key, member]) => member !== null || !nodes.some((node) => nullAdded.get(node)?.has(key)),
    );
    return Object.fromEntries(
      kept.map(([key, member]) => [
        key,
        isNested(member) ? undo(member, flatten(nodes.map((node) => property(node, key)))) : member,
      ]),
    );
  }

  function property(node: StrictNode, key: string): StrictNode[] {
    const found = node.properties && Object.hasOwn(node.properties, key) ? node.properties[key] : undefined;
    return found ? expand(found) : [];
  }

  function choose(value: object, candidates: readonly StrictNode[]): readonly StrictNode[] {
    const kind = Array.isArray(value) ? "array" : "object";
    const ofKind = candidates.filter(({ type }) => [type].flat().includes(kind));
    if (ofKind.length < 2) return ofKind;
    if (growing) return ofKind.filter((node) => mayFit(value, node));
    const fitting = ofKind.find((node) => fits(value, node, true)) ?? ofKind.find((node) => fits(value, node, false));
    return fitting ? [fitting] : ofKind.slice(0, 1);
  }

  /** `whole`: every property is there. */
  function fits(value: unknown, node: StrictNode, whole: boolean): boolean {
    if (!ofType(value, node)) return false;
    if (node.enum && !node.enum.includes(value)) return false;
    const inner = (each: unknown, nodes: StrictNode[]) => nodes.some((candidate) => fits(each, candidate, whole));
    if (Array.isArray(value)) return !node.items || value.every((item) => inner(item, expand(node.items as StrictNode)));
    if (!isObject(value)) return true;
    const keys = Object.keys(node.properties ?? {});
    return (
      (!whole || keys.every((key) => Object.hasOwn(value, key))) &&
      Object.entries(value).every(([key, member]) => inner(member, property(node, key)))
    );
  }

  /** Looks at the object's own members only, so that its cost is the object's width. */
  function mayFit(value: object, node: StrictNode): boolean {
    if (Array.isArray(value)) return true;
    return Object.entries(value).every(([key, member]) =>
      property(node, key).some(
        (candidate) =>
          ofType(member, candidate) && (!candidate.enum || candidate.enum.some((choice) => beginsWith(choice, member))),
      ),
    );
  }

  return (value) => undo(value, expand(root));
}

const isNested = (value: unknown): value is object => typeof value === "object" && value !== null;

function flatten(lists: StrictNode[][]): StrictNode[] {
  return lists.length === 1 && lists[0] ? lists[0] : lists.flat();
}

function beginsWith(whole: unknown, part: unknown): boolean {
  return whole === part || (typeof whole === "string" && typeof part === "string" && whole.startsWith(part));
}

function ofType(value: unknown, { type }: StrictNode): boolean {
  const kind = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  return [type].flat().some((each) => each === kind || (each === "integer" && kind === "number"));
}
