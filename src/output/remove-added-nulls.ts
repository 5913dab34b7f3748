import { isRecord } from "./schema-keywords.ts";

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

/** For object schemas, the properties whose null means that they are absent. */
export type NullableProperties = Map<StrictNode, ReadonlySet<string>>;

/**
 * Removes only the nulls that strict mode added. In a union, a complete value follows the first schema that it matches. A `growing` value
 * follows all schemas that it may still match, and loses a null that any of them would remove: a removed null may reappear later, but
 * nothing that was shown disappears.
 */
export class NullRemover {
  readonly #root: StrictNode;
  readonly #nullable: NullableProperties;
  readonly #growing: boolean;
  readonly #alternatives = new Map<StrictNode, StrictNode[]>();
  readonly #done = new WeakMap<object, { nodes: readonly StrictNode[]; result: unknown }>();

  constructor(root: StrictNode, nullable: NullableProperties, growing: boolean) {
    this.#root = root;
    this.#nullable = nullable;
    this.#growing = growing;
  }

  /** With `member`, the value is an object with only that member, whose value is returned. */
  remove(value: unknown, member?: string): unknown {
    const result = this.#clean(value, this.#expand(this.#root));
    return member !== undefined && isRecord(result) ? result[member] : result;
  }

  /** Expands a schema to its alternatives, without unions or references. */
  #expand(node: StrictNode, seen: readonly StrictNode[] = []): StrictNode[] {
    const known = this.#alternatives.get(node);
    if (known) return known;
    if (seen.includes(node)) return [];
    const inner = node.$ref ? [this.#resolve(node.$ref)] : node.anyOf;
    const result = inner ? inner.flatMap((each) => this.#expand(each, [...seen, node])) : [node];
    // Inside a cycle it may be incomplete.
    if (seen.length === 0) this.#alternatives.set(node, result);
    return result;
  }

  #resolve(reference: string): StrictNode {
    return reference === "#" ? this.#root : (this.#root.$defs?.[reference.slice("#/$defs/".length)] ?? {});
  }

  #clean(value: unknown, candidates: readonly StrictNode[]): unknown {
    if (!isContainer(value)) return value;
    const nodes = this.#choose(value, candidates);
    const known = this.#growing ? this.#done.get(value) : undefined;
    if (known && known.nodes.length === nodes.length && known.nodes.every((node, index) => node === nodes[index]))
      return known.result;
    const result = isRecord(value) ? this.#cleanMembers(value, nodes) : this.#cleanItems(Object.values(value), nodes);
    if (this.#growing) this.#done.set(value, { nodes, result });
    return result;
  }

  #cleanItems(items: readonly unknown[], nodes: readonly StrictNode[]): unknown[] {
    const schemas = flatten(nodes.map((node) => (node.items ? this.#expand(node.items) : [])));
    return items.map((item) => this.#clean(item, schemas));
  }

  #cleanMembers(value: Record<string, unknown>, nodes: readonly StrictNode[]): Record<string, unknown> {
    const isAdded = (key: string) => nodes.some((node) => this.#nullable.get(node)?.has(key));
    const kept = Object.entries(value).filter(([key, member]) => member !== null || !isAdded(key));
    const cleaned = kept.map(([key, member]): [string, unknown] => {
      if (!isContainer(member)) return [key, member];
      return [key, this.#clean(member, flatten(nodes.map((node) => this.#property(node, key))))];
    });
    return Object.fromEntries(cleaned);
  }

  #property(node: StrictNode, key: string): StrictNode[] {
    const found = node.properties && Object.hasOwn(node.properties, key) ? node.properties[key] : undefined;
    return found ? this.#expand(found) : [];
  }

  #choose(value: object, candidates: readonly StrictNode[]): readonly StrictNode[] {
    const kind = Array.isArray(value) ? "array" : "object";
    const ofKind = candidates.filter(({ type }) => [type].flat().includes(kind));
    if (ofKind.length < 2) return ofKind;
    if (this.#growing) return ofKind.filter((node) => this.#mayFit(value, node));
    const fitting = ofKind.find((node) => this.#fits(value, node, true)) ?? ofKind.find((node) => this.#fits(value, node, false));
    return fitting ? [fitting] : ofKind.slice(0, 1);
  }

  /** `whole` requires every property. */
  #fits(value: unknown, node: StrictNode, whole: boolean): boolean {
    if (!isOfType(value, node)) return false;
    if (node.enum && !node.enum.includes(value)) return false;
    const inner = (each: unknown, nodes: StrictNode[]) => nodes.some((candidate) => this.#fits(each, candidate, whole));
    if (Array.isArray(value)) {
      const items = node.items && this.#expand(node.items);
      return !items || value.every((item) => inner(item, items));
    }
    if (!isRecord(value)) return true;
    const keys = Object.keys(node.properties ?? {});
    return (
      (!whole || keys.every((key) => Object.hasOwn(value, key))) &&
      Object.entries(value).every(([key, member]) => inner(member, this.#property(node, key)))
    );
  }

  /** Compares only direct members, so its cost is the width of the object. */
  #mayFit(value: object, node: StrictNode): boolean {
    if (Array.isArray(value)) return true;
    return Object.entries(value).every(([key, member]) =>
      this.#property(node, key).some(
        (candidate) =>
          isOfType(member, candidate) && (!candidate.enum || candidate.enum.some((choice) => beginsWith(choice, member))),
      ),
    );
  }
}

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;

function flatten(lists: StrictNode[][]): StrictNode[] {
  return lists.length === 1 && lists[0] ? lists[0] : lists.flat();
}

function beginsWith(whole: unknown, part: unknown): boolean {
  return whole === part || (typeof whole === "string" && typeof part === "string" && whole.startsWith(part));
}

function isOfType(value: unknown, { type }: StrictNode): boolean {
  const kind = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  return [type].flat().some((each) => each === kind || (each === "integer" && kind === "number"));
}
