import { loadCompletionShape, type Shape } from "../wire.ts";

type Fields = Readonly<Record<string, unknown>>;

/** How a completion differs from the spec. Never holds content: values are named by their type. */
export interface Drift {
  /** JSON Pointer. */
  path: string;
  /** `missing`: a required field. `renamed`: an expected field is absent, and unknown fields are beside it. `type`: a wrong type. */
  kind: "missing" | "renamed" | "type";
  message: string;
}

/** Fields of a message any of which makes it an answer. */
const answerFields = ["content", "tool_calls", "function_call", "refusal", "audio", "images", "reasoning", "reasoning_content"];

const tokenCounts = ["prompt_tokens", "completion_tokens", "total_tokens"];

/** More findings than these add no information. */
const maxFindings = 10;

/** How a completion differs from the spec, as one sentence; undefined when it does not. `streamed`: it was assembled from chunks. */
export async function responseDrift(completion: unknown, streamed: boolean): Promise<string | undefined> {
  const shape = await loadCompletionShape();
  const findings = findDrift(completion, shape, streamed).slice(0, maxFindings);
  return findings.length === 0 ? undefined : findings.map(({ path, message }) => `${path || "/"} ${message}`).join("; ");
}

export function findDrift(completion: unknown, shape: Shape, streamed: boolean): Drift[] {
  return [...compare(completion, shape, ""), ...findRenamed(completion, shape, streamed)];
}

/** Wrong types and absent required fields, at every depth that the spec describes. */
function compare(value: unknown, shape: Shape, path: string): Drift[] {
  const { types, required = [], fields, items } = shape;
  if (types && !types.some((type) => hasType(value, type)))
    return [{ path, kind: "type", message: `must be ${types.join(" or ")}, got ${typeOf(value)}` }];
  if (Array.isArray(value)) return items ? value.flatMap((item, index) => compare(item, items, `${path}/${index}`)) : [];
  if (!isFields(value) || !fields) return [];
  const missing = required
    .filter((name) => value[name] === undefined)
    .map(
      (name): Drift => ({
        path: `${path}/${name}`,
        kind: "missing",
        message: `is missing${besides(unknownFields(value, fields))}`,
      }),
    );
  const present = Object.keys(value).filter((name) => Object.hasOwn(fields, name) && value[name] !== undefined);
  return [...missing, ...present.flatMap((name) => compare(value[name], fields[name] ?? {}, `${path}/${name}`))];
}

/** Expected fields that are absent while unknown ones are present. No provider has to send them, so absence alone says nothing. */
function findRenamed(completion: unknown, shape: Shape, streamed: boolean): Drift[] {
  if (!isFields(completion)) return [];
  const choiceShape = shape.fields?.choices?.items;
  const choices = Array.isArray(completion.choices) ? completion.choices : [];
  return [
    ...(streamed && choices.length === 0 ? renamed({ ...completion, choices: undefined }, ["choices"], shape, "") : []),
    ...renamed(completion, ["usage"], shape, ""),
    ...renamed(completion.usage, tokenCounts, shape.fields?.usage, "/usage"),
    ...choices.flatMap((choice, index) => renamedInChoice(choice, choiceShape, `/choices/${index}`, streamed)),
  ];
}

function renamedInChoice(choice: unknown, shape: Shape | undefined, path: string, streamed: boolean): Drift[] {
  const message = isFields(choice) ? choice.message : undefined;
  if (!isFields(choice) || !isFields(message)) return [];
  const inMessage = renamed(message, answerFields, shape?.fields?.message, `${path}/message`);
  if (inMessage.length > 0 || !streamed || !answerFields.every((name) => isAbsent(message, name))) return inMessage;
  // The message of a stream is assembled from deltas; when there were none, their new name is a field of the choice.
  const unknown = unknownFields(choice, shape?.fields);
  return unknown.length === 0 ? [] : [{ path: `${path}/delta`, kind: "renamed", message: `is missing${besides(unknown)}` }];
}

/** `names`: one of them is expected; the first gives the path. */
function renamed(value: unknown, names: readonly string[], shape: Shape | undefined, path: string): Drift[] {
  if (!isFields(value) || !names.every((name) => isAbsent(value, name))) return [];
  const unknown = unknownFields(value, shape?.fields);
  return unknown.length === 0 ? [] : [{ path: `${path}/${names[0]}`, kind: "renamed", message: `is missing${besides(unknown)}` }];
}

/** Null is how an assembled message says that a field never came; providers send it for counts that they do not make. */
const isAbsent = (holder: Fields, name: string): boolean =>
  holder[name] === undefined || (holder[name] === null && answerFields.includes(name));

const unknownFields = (value: Fields, fields: Shape["fields"] = {}): string[] =>
  Object.keys(value).filter((name) => !Object.hasOwn(fields, name) && value[name] !== undefined && value[name] !== null);

/** Names that look like data are not shown. */
function besides(names: readonly string[]): string {
  const shown = names.filter((name) => /^[A-Za-z_][\w-]{0,39}$/.test(name)).slice(0, 5);
  if (names.length === 0) return "";
  return shown.length === 0 ? ", beside unknown fields" : `, beside the unknown fields ${shown.join(", ")}`;
}

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

function hasType(value: unknown, type: string): boolean {
  return type === "integer" ? Number.isInteger(value) : typeOf(value) === type;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
