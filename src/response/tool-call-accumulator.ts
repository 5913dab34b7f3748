import type { ChunkToolCall, WireToolCall } from "../wire.ts";
import type { AnswerEvent } from "./answer-event.ts";

/** A call as the model made it; its arguments are text still. */
export interface AccumulatedCall {
  id: string;
  name: string;
  argsText: string;
  /** Google's thought signature, to be sent back unchanged. */
  extraContent: unknown;
}

interface OpenCall extends AccumulatedCall {
  /** The id as the provider wrote it, `""` until it does. */
  givenId: string;
  index: number | undefined;
  announced: boolean;
  /** How much of the arguments has been told in events. */
  told: number;
  /** What has not. Kept beside the whole text, for cutting it from that would copy the text for each delta. */
  untold: string;
  /** The last character of the arguments, kept for the same reason. */
  end: string;
}

/**
 * Puts tool calls together from deltas, whatever a provider does with ids and indexes: the id says which call a delta belongs to, else the
 * index, else it is the call last open. Calls stay in the order in which they first appeared.
 */
export class ToolCallTracker {
  readonly #calls: OpenCall[] = [];
  readonly #byId = new Map<string, OpenCall>();
  readonly #byIndex = new Map<number, OpenCall>();
  readonly #usedIds: Set<string>;

  /** `usedIds` are the ids of the conversation so far; the ids of this answer's calls are added to them. */
  constructor(usedIds: Set<string>) {
    this.#usedIds = usedIds;
  }

  get size(): number {
    return this.#calls.length;
  }

  /** Takes the `tool_calls` of one delta, or of a whole message. */
  add(deltas: readonly ChunkToolCall[], out: AnswerEvent[]): void {
    const inThisDelta = new Set<OpenCall>();
    for (const delta of deltas) {
      if (typeof delta !== "object" || delta === null || saysNothing(delta)) continue;
      const call = this.#callOf(delta, inThisDelta);
      inThisDelta.add(call);
      this.#append(call, delta);
      this.#tell(call, out, false);
    }
  }

  /** Ends the answer: every call gets its id, and what was held back is told. */
  finish(out: AnswerEvent[]): AccumulatedCall[] {
    for (const call of this.#calls) this.#tell(call, out, true);
    return this.#calls.map(({ id, name, argsText, extraContent }) => ({
      id,
      name,
      argsText: argsText.trim() === "" ? "{}" : argsText,
      extraContent,
    }));
  }

  #callOf(delta: ChunkToolCall, inThisDelta: ReadonlySet<OpenCall>): OpenCall {
    const id = delta.id || "";
    const index = delta.index ?? undefined;
    const known = this.#find(id, index, delta, inThisDelta);
    if (known) {
      if (id && !known.givenId) {
        known.givenId = id;
        this.#byId.set(id, known);
      }
      return known;
    }
    const call: OpenCall = {
      id: "",
      givenId: id,
      index,
      name: "",
      argsText: "",
      extraContent: undefined,
      announced: false,
      told: 0,
      untold: "",
      end: "",
    };
    this.#calls.push(call);
    if (id) this.#byId.set(id, call);
    if (index !== undefined) this.#byIndex.set(index, call);
    return call;
  }

  #find(
    id: string,
    index: number | undefined,
    { function: called }: ChunkToolCall,
    inThisDelta: ReadonlySet<OpenCall>,
  ): OpenCall | undefined {
    const name = called?.name || "";
    const fits = (call: OpenCall | undefined) => (call && !((id || name) && inThisDelta.has(call)) ? call : undefined);
    const open = fits(index === undefined ? this.#calls.at(-1) : this.#byIndex.get(index));
    if (id) {
      const named = fits(this.#byId.get(id));
      // One id under two indexes is two calls.
      const isElsewhere = named && index !== undefined && named.index !== undefined && named.index !== index;
      const same = named && !isElsewhere ? named : open?.givenId === id ? open : undefined;
      if (same) return isOver(same, name, called?.arguments) ? undefined : same;
    }
    if (!open) return undefined;
    if (id) return !open.givenId && (index !== undefined || !name || !open.name) ? open : undefined;
    // Without an id, a name begins a call anew unless the open one still lacks its name or its arguments' end.
    return name && open.name && (name !== open.name || isComplete(open)) ? undefined : open;
  }

  #append(call: OpenCall, delta: ChunkToolCall): void {
    const { name, arguments: fragment } = delta.function ?? {};
    if (name && !call.name) call.name = name;
    if (typeof fragment === "string") {
      call.argsText += fragment;
      call.untold += fragment;
    } else if (fragment !== undefined && fragment !== null) {
      call.argsText = JSON.stringify(fragment);
      call.untold = call.argsText.slice(call.told);
    }
    call.end = call.untold.at(-1) ?? call.end;
    if (delta.extra_content !== undefined && delta.extra_content !== null) call.extraContent = delta.extra_content;
  }

  /** Tells what is known; a call without an id is held back, for its id may come late. */
  #tell(call: OpenCall, out: AnswerEvent[], last: boolean): void {
    if (!call.announced) {
      if (!last && !(call.name && call.givenId)) return;
      call.id = uniqueId(call.givenId, this.#usedIds);
      call.announced = true;
      out.push({ type: "tool-call-start", id: call.id, name: call.name });
    }
    if (call.untold === "") return;
    out.push({ type: "tool-call-delta", id: call.id, argsText: call.untold });
    call.told += call.untold.length;
    call.untold = "";
  }
}

/** The provider's id unless the conversation holds it already; else one of ours: nine letters and digits, which is what Mistral insists on. */
export function uniqueId(given: string, usedIds: Set<string>): string {
  let id = given;
  for (let n = usedIds.size; !id || usedIds.has(id); n++) id = `call${n.toString(36).padStart(5, "0")}`;
  usedIds.add(id);
  return id;
}

/** A delta in which every field is empty closes a call that there may not even be. */
const saysNothing = ({ id, function: called, extra_content }: ChunkToolCall): boolean =>
  !id && !called?.name && !called?.arguments && (extra_content === undefined || extra_content === null);

/** Whether a delta with the id of this call begins another: it has another name, or arguments though these have ended. */
const isOver = (call: OpenCall, name: string, fragment: unknown): boolean =>
  Boolean(name && call.name) && (name !== call.name || Boolean(call.argsText && fragment && isComplete(call)));

/** Whether a fragment-less call is over. Asked only when a name comes again, and parsed only when the text ends like an object. */
function isComplete({ argsText, end }: OpenCall): boolean {
  if (end !== "}") return argsText === "";
  try {
    JSON.parse(argsText);
    return true;
  } catch {
    return false;
  }
}

/** The calls of an assistant message, for sending it back: only fields of a request message. */
export function wireToolCalls(calls: readonly AccumulatedCall[]): WireToolCall[] {
  return calls.map(({ id, name, argsText, extraContent }) => ({
    id,
    type: "function",
    function: { name, arguments: argsText },
    ...(extraContent === undefined ? undefined : { extra_content: extraContent }),
  })) as WireToolCall[];
}
