import { loadAnswerShapes, type Shape } from "../wire.ts";
import { isObject, type JsonObject } from "./json.ts";
import type { ResponseValidation } from "./response-validation.ts";

/** How an answer differs from the spec. Never quotes content: values are described by their type. */
export interface Drift {
  /** JSON Pointer. */
  path: string;
  /** `missing`: a required field is absent. `renamed`: an expected field is absent, and there are unknown fields. `type`: a wrong type. */
  kind: "missing" | "renamed" | "type";
  message: string;
}

/** What has been seen at one path of an answer, across all its chunks. */
interface Place {
  readonly present: Set<string>;
  readonly unknown: Set<string>;
}

type Payload = "completion" | "chunk";

/** Message fields of which any one makes it an answer. */
const answerFields = ["content", "tool_calls", "function_call", "refusal", "audio", "images", "reasoning", "reasoning_content"];

/** Paths at which null, `""`, `[]` and `{}` count as absent: a renamed field may still arrive empty under its old name. */
const emptyIsAbsent: ReadonlySet<string> = new Set([...answerFields, "choices", "message", "delta", "finish_reason"]);

/**
 * Fields that an answer is read from. No provider has to send all of them, so absence alone means nothing, but absence together with unknown
 * fields does. One field of each group is enough, and the first names the path.
 */
const expected: Record<Payload, Readonly<Record<string, readonly (readonly string[])[]>>> = {
  completion: { "/choices/*": [["message"], ["finish_reason"], ["index"]] },
  chunk: {
    "/choices/*": [["delta", "message"], ["finish_reason"], ["index"]],
    "/choices/*/delta/tool_calls/*": [["function", "custom"], ["index"], ["id"]],
  },
};
const expectedInEither: typeof expected.chunk = {
  "": [["choices"], ["usage"]],
  "/usage": [["prompt_tokens"], ["completion_tokens"], ["total_tokens"]],
  "/choices/*/message": [answerFields],
  "/choices/*/delta": [answerFields],
  "/choices/*/message/tool_calls/*": [["function", "custom"], ["id"]],
  "/choices/*/message/tool_calls/*/function": [["name"], ["arguments"]],
  "/choices/*/delta/tool_calls/*/function": [["name"], ["arguments"]],
};

/** Maximum number of findings; more add no information. */
const maxFindings = 10;

/** Starts comparing an answer with the spec. */
export async function startValidation(mode: ResponseValidation["mode"]): Promise<ResponseValidation> {
  const observer = new DriftObserver(await loadAnswerShapes());
  return {
    mode,
    observe: (payload, kind) => observer.observe(payload, kind),
    describe(isWhole) {
      const findings = observer.findings(isWhole).slice(0, maxFindings);
      return findings.length === 0 ? undefined : findings.map(({ path, message }) => `${path || "/"} ${message}`).join("; ");
    },
  };
}

/** Collects how the payloads of one answer differ from the spec. */
export class DriftObserver {
  readonly #shapes: Readonly<Record<Payload, Shape>>;
  readonly #findings = new Map<string, Drift>();
  readonly #places = new Map<string, Place>();
  /** Choices that ended because of tool calls. */
  readonly #endedByCalls = new Set<string>();
  #kind: Payload = "completion";

  constructor(shapes: Readonly<Record<Payload, Shape>>) {
    this.#shapes = shapes;
  }

  /** Adds a whole body or a chunk of a stream. */
  observe(payload: unknown, kind: Payload): void {
    this.#kind = kind;
    this.#compare(payload, this.#shapes[kind], "");
  }

  /** The differences so far. `isWhole`: nothing can follow, so missing fields are absent. */
  findings(isWhole: boolean): Drift[] {
    const findings = new Map(this.#findings);
    for (const [path, place] of this.#places) {
      for (const name of this.#renamed(path, place)) {
        if (!isWhole && path === "" && name === "usage") continue;
        add(findings, { path: `${path}/${name}`, kind: "renamed", message: `is missing${beside(place.unknown)}` });
      }
    }
    return [...findings.values()];
  }

  /** Wrong types and absent required fields, at every depth that the spec describes. */
  #compare(value: unknown, { types, required = [], fields, items }: Shape, path: string): void {
    if (types && !types.some((type) => hasType(value, type))) {
      add(this.#findings, { path, kind: "type", message: `must be ${types.join(" or ")}, got ${describeType(value)}` });
    } else if (Array.isArray(value)) {
      if (items) for (const [index, item] of value.entries()) this.#compare(item, items, `${path}/${index}`);
    } else if (isObject(value) && fields) {
      const unknown = this.#note(value, fields, path);
      for (const name of required) {
        if (value[name] !== undefined) continue;
        const kind = unknown.size > 0 ? "renamed" : "missing";
        add(this.#findings, { path: `${path}/${name}`, kind, message: `is missing${beside(unknown)}` });
      }
      for (const [name, field] of Object.entries(value)) {
        if (Object.hasOwn(fields, name) && field !== undefined) this.#compare(field, fields[name] ?? {}, `${path}/${name}`);
      }
    }
  }

  /** Records which fields are present; returns those that are not in the spec. */
  #note(value: JsonObject, fields: NonNullable<Shape["fields"]>, path: string): ReadonlySet<string> {
    const place = this.#places.get(path) ?? { present: new Set(), unknown: new Set() };
    this.#places.set(path, place);
    for (const [name, field] of Object.entries(value)) {
      if (!Object.hasOwn(fields, name)) {
        if (field !== undefined && field !== null) place.unknown.add(name);
      } else if (field !== undefined && !(emptyIsAbsent.has(name) && isEmpty(field))) place.present.add(name);
    }
    if (/^(tool_calls|function_call)$/.test(String(value.finish_reason))) this.#endedByCalls.add(path);
    return place.unknown;
  }

  /** Finds expected fields that are absent, if there are unknown fields that may be their new names. */
  #renamed(path: string, { present, unknown }: Place): string[] {
    const pattern = path.replace(/\/\d+(?=\/|$)/g, "/*");
    const groups = expected[this.#kind][pattern] ?? expectedInEither[pattern] ?? [];
    const absent = groups.filter((names) => !names.some((name) => present.has(name))).map(([name = ""]) => name);
    if (this.#lacksCalls(path, present)) absent.splice(0, absent.length, "tool_calls");
    return absent.slice(0, unknown.size);
  }

  /** Whether a message ended because of tool calls but contains none. */
  #lacksCalls(path: string, present: ReadonlySet<string>): boolean {
    const [, choice] = /^(.*)\/(?:message|delta)$/.exec(path) ?? [];
    return choice !== undefined && this.#endedByCalls.has(choice) && !present.has("tool_calls") && !present.has("function_call");
  }
}

/** Adds a finding, unless there is already one for its path. */
function add(findings: Map<string, Drift>, drift: Drift): void {
  if (!findings.has(drift.path)) findings.set(drift.path, drift);
}

/** Omits names that look like data. */
function beside(unknown: ReadonlySet<string>): string {
  const shown = [...unknown].filter((name) => /^[A-Za-z_][\w-]{0,39}$/.test(name)).slice(0, 5);
  if (unknown.size === 0) return "";
  if (shown.length === 0) return ", beside unknown fields";
  return `, beside the unknown field${shown.length === 1 ? "" : "s"} ${shown.join(", ")}`;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
}

function hasType(value: unknown, type: string): boolean {
  return type === "integer" ? Number.isInteger(value) : describeType(value) === type;
}

function describeType(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
