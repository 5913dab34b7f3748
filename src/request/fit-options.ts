import type { Warning } from "../chat/warning.ts";
import type { ChatDefaults, ModelOptions } from "../options/chat-options.ts";
import type { RequestField } from "../wire.ts";
import type { ModelId } from "./model-id.ts";
import { type ModelRow, rowsFor } from "./model-rules.ts";

/** The body field that each model option is sent as. */
export const bodyFields = {
  temperature: "temperature",
  topP: "top_p",
  stop: "stop",
  seed: "seed",
  frequencyPenalty: "frequency_penalty",
  presencePenalty: "presence_penalty",
  reasoningEffort: "reasoning_effort",
  parallelToolCalls: "parallel_tool_calls",
  maxTokens: "max_tokens",
} as const satisfies Record<keyof ModelOptions, RequestField>;

type BodyOption = keyof typeof bodyFields;
const isBodyOption = (name: string): name is BodyOption => Object.hasOwn(bodyFields, name);

/** A field for the body. */
interface Field {
  /** The caller's option: `topP`, `extraBody.top_k`. */
  option: string;
  value: unknown;
}

export interface FittedOptions {
  /** Fields of the body, by wire name. */
  fields: Record<string, unknown>;
  warnings: Warning[];
}

/**
 * Converts options to body fields that the model accepts: those that it rejects are omitted, renamed or changed, each with a warning.
 * `learned` are rows learned from rejected requests. Unset options are absent.
 */
export function fitOptions(
  options: ChatDefaults,
  target: ModelId,
  { hasTools, learned = [] }: { hasTools: boolean; learned?: readonly ModelRow[] },
): FittedOptions {
  const known = rowsFor(target);
  const rows = learned.length > 0 ? [...known, ...learned] : known;
  if (rows.length === 0 && !setsFields(options)) return { fields: {}, warnings: [] };
  const fields = new Map<string, Field>();
  const warnings: Warning[] = [];
  let option: BodyOption;
  for (option in bodyFields) {
    const value = options[option];
    if (value === undefined || (option === "parallelToolCalls" && !hasTools)) continue;
    fields.set(bodyFields[option], { option, value });
  }
  if (options.extraBody) {
    for (const [field, value] of Object.entries<unknown>(options.extraBody)) {
      if (value !== undefined) fields.set(field, { option: `extraBody.${field}`, value });
    }
  }
  const change = { target, fields, warnings };
  for (const row of rows) setValues(change, row, hasTools);
  if (fields.size > 0) removeUnsupported(change, rows, hasTools);
  const body: Record<string, unknown> = {};
  for (const [field, { value }] of fields) body[field] = value;
  return { fields: body, warnings };
}

/** Omits or renames what the model rejects. */
function removeUnsupported(change: Change, rows: readonly ModelRow[], hasTools: boolean): void {
  const { row: provider } = change.target;
  const unsupported = [
    ...(provider.unsupported ?? []),
    ...rows.flatMap((row) => [...(row.unsupported ?? []), ...((hasTools && row.withTools?.unsupported) || [])]),
  ];
  for (const name of new Set(unsupported)) drop(change, name);
  for (const row of rows) if (row.exclusive) dropExclusive(change, row.exclusive);
  for (const [name, field] of Object.entries(renames(change.target, rows))) rename(change, name, field);
}

function setsFields(options: ChatDefaults): boolean {
  let option: BodyOption;
  for (option in bodyFields) if (options[option] !== undefined) return true;
  return options.extraBody !== undefined;
}

interface Change {
  target: ModelId;
  fields: Map<string, Field>;
  warnings: Warning[];
}

/** The body field that an option is sent as; other names are already fields. */
export const wireName = (name: string) => (isBodyOption(name) ? bodyFields[name] : name);

function setValues({ target, fields, warnings }: Change, row: ModelRow, hasTools: boolean): void {
  const withTools = hasTools ? row.withTools : undefined;
  const { set = {} } = row;
  const setWithTools = withTools?.set ?? {};
  for (const [name, value] of Object.entries({ ...set, ...withTools?.replace, ...setWithTools })) {
    const field = wireName(name);
    const given = fields.get(field);
    const adds = Object.hasOwn(set, name) || Object.hasOwn(setWithTools, name);
    if ((given === undefined && !adds) || JSON.stringify(given?.value) === JSON.stringify(value)) continue;
    fields.set(field, { option: given?.option ?? name, value });
    const why = `${target.model} needs ${field} ${JSON.stringify(value)}${hasTools && row.withTools ? " together with tools" : ""}`;
    const consequence = row.consequence ? `, ${row.consequence}` : "";
    if (given !== undefined)
      warnings.push({
        code: "option-changed",
        option: given.option,
        message: `${why}; ${given.option} was changed from ${JSON.stringify(given.value)}${consequence}.`,
      });
    else if (Object.hasOwn(setWithTools, name))
      warnings.push({ code: "option-added", option: name, message: `${why}; it was added${consequence}.` });
  }
}

function dropExclusive(change: Change, [kept, dropped]: readonly [string, string]): void {
  const { target, fields, warnings } = change;
  const field = wireName(dropped);
  const given = fields.get(field);
  if (!given || !fields.has(wireName(kept))) return;
  fields.delete(field);
  const message = `${target.model} accepts only one of ${wireName(kept)} and ${field}; ${given.option} was left out.`;
  warnings.push({ code: "option-dropped", option: given.option, message });
}

/** Omits an option, or a field of the caller's `extraBody` (named `extraBody.top_k` or `top_k`). */
function drop({ target, fields, warnings }: Change, name: string): void {
  const field = wireName(name.replace(/^extraBody\./, ""));
  const given = fields.get(field);
  if (!given) return;
  fields.delete(field);
  warnings.push({
    code: "option-dropped",
    option: given.option,
    message: `${target.model} rejects ${field}; ${given.option} was left out.`,
  });
}

/** The `maxTokensField` of the provider's row takes precedence over the model's rules. */
function renames({ row }: ModelId, rows: readonly ModelRow[]): Record<string, string> {
  const all: Record<string, string> = Object.assign({}, ...rows.map((each) => each.rename));
  return row.maxTokensField ? { ...all, maxTokens: row.maxTokensField } : all;
}

function rename({ target, fields, warnings }: Change, name: string, to: string): void {
  const from = wireName(name);
  const given = fields.get(from);
  if (!given || from === to) return;
  fields.delete(from);
  // A field of extraBody that already has the new name takes precedence.
  if (fields.has(to)) return;
  fields.set(to, given);
  warnings.push({
    code: "option-renamed",
    option: given.option,
    message: `${target.model} rejects ${from}; ${given.option} was sent as ${to}.`,
  });
}
