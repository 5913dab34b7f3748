import type { WireToolCall } from "../wire.ts";
import type { AccumulatedCall, AccumulatedCalls } from "./answer.ts";
import type { EventSink } from "./answer-event.ts";
import { readCallId, uniqueCallId } from "./call-id.ts";
import { isObject } from "./json.ts";
import { ToolCallArguments } from "./tool-call-arguments.ts";
import { WellFormedText } from "./well-formed.ts";

/** A piece of a call, with the fields that could be read. */
interface CallPiece {
  id: string;
  index: number | undefined;
  name: string;
  args: string;
  /** Whether the arguments arrived as a parsed value, not as a piece of JSON text. */
  isWhole: boolean;
  extraContent: unknown;
}

interface OpenCall {
  /** The provider's id, `""` until it arrives. */
  receivedId: string;
  /** The id in the conversation, `""` until the call has been emitted. */
  id: string;
  index: number | undefined;
  name: string;
  args: ToolCallArguments;
  emitted: WellFormedText;
  /** Arguments held back until the call has been emitted. */
  waiting: string;
  extraContent: unknown;
  /** Number of the list of calls that last contained it. */
  lastListed: number;
}

/** For answers in which every call kept its id. */
export const noRenamedIds: ReadonlyMap<string, string> = new Map();

/**
 * Assembles tool calls from deltas, however a provider uses ids and indexes: a delta belongs to the call with its id, else with its index,
 * else to the last open call. A call that is sent again, in pieces or as a whole, is still one call. Calls keep the order in which they first
 * appeared.
 */
export class ToolCallAccumulator {
  readonly #calls: OpenCall[] = [];
  readonly #byId = new Map<string, OpenCall>();
  #byIndex: Map<number, OpenCall> | undefined;
  readonly #usedIds: Set<string>;
  /** Number of lists of calls received. */
  #lists = 0;

  /** `usedIds` are the call ids of the conversation so far; those of this answer are added. */
  constructor(usedIds: Set<string>) {
    this.#usedIds = usedIds;
  }

  get size(): number {
    return this.#calls.length;
  }

  /** Adds the `tool_calls` of a delta; `isSnapshot` if they are from a whole message, which may repeat earlier calls. */
  add(calls: readonly unknown[], isSnapshot: boolean, out: EventSink): void {
    this.#lists++;
    const pieces = calls.map(readPiece);
    const mayRepeat = isSnapshot && this.#calls.length > 0;
    const repeated = mayRepeat ? undefined : this.#findRepeatedList(pieces);
    pieces.forEach((piece, at) => {
      if (piece === undefined) return;
      if (mayRepeat) piece.isWhole = true;
      const known = mayRepeat ? this.#findInSnapshot(piece, at) : (repeated?.[at] ?? this.#find(piece));
      this.#take(known ?? this.#open(piece), piece, known !== undefined, out);
    });
  }

  /** Ends the answer: every call gets its id, and held-back arguments are emitted. */
  finish(out: EventSink): AccumulatedCalls {
    const calls: AccumulatedCall[] = [];
    let renamed: Map<string, string> | undefined;
    for (const call of this.#calls) {
      // An id without a name or arguments is not a call.
      if (call.name === "" && call.args.text === "" && call.extraContent === undefined) continue;
      const { text, rest } = call.args.end();
      call.waiting += rest;
      this.#announce(call, out);
      emitText(call, call.emitted.end(), out);
      if (call.receivedId && call.receivedId !== call.id && !renamed?.has(call.receivedId)) {
        renamed ??= new Map();
        renamed.set(call.receivedId, call.id);
      }
      calls.push({ id: call.id, name: call.name, argsText: text, extraContent: call.extraContent });
    }
    return { calls, renamed: renamed ?? noRenamedIds };
  }

  /** The calls that a list without ids and indexes repeats one by one; undefined if it contains anything new. */
  #findRepeatedList(pieces: readonly (CallPiece | undefined)[]): OpenCall[] | undefined {
    if (this.#calls.length === 0 || pieces.length > this.#calls.length) return undefined;
    const last = this.#calls.slice(-pieces.length);
    const isRepeated = pieces.every((piece, at) => {
      const call = last[at];
      if (!piece || !call || piece.id || piece.index !== undefined || piece.name === "" || piece.name !== call.name) return false;
      return call.args.isComplete && call.args.repeats(piece.args);
    });
    return isRepeated ? last : undefined;
  }

  /** The call that an entry of a whole message repeats: the one with its id, else the one at its position. */
  #findInSnapshot({ id, name }: CallPiece, at: number): OpenCall | undefined {
    const isSame = (call: OpenCall | undefined) =>
      call && call.lastListed < this.#lists && (!name || !call.name || call.name === name);
    return [this.#byId.get(id), this.#calls[at]].find(isSame);
  }

  #find(piece: CallPiece): OpenCall | undefined {
    const { id, index, name } = piece;
    // Within one list, entries with an id or a name are separate calls.
    const isFree = (call: OpenCall | undefined) =>
      call && !((id || name) && call.lastListed === this.#lists) ? call : undefined;
    const open = isFree(index === undefined ? this.#calls.at(-1) : this.#byIndex?.get(index));
    if (id) {
      const sameId = isFree(this.#byId.get(id));
      // The same id with two indexes is two calls.
      const hasOtherIndex = sameId?.index !== undefined && index !== undefined && sameId.index !== index;
      const same = sameId && !hasOtherIndex ? sameId : open?.receivedId === id ? open : undefined;
      if (same) return startsNewCall(same, piece) ? undefined : same;
    }
    if (!open) return undefined;
    if (id && !open.receivedId) return index !== undefined || !name || !open.name ? open : undefined;
    // A new id is a new call, unless it arrives in the middle of one: some servers put a different id into each piece.
    if (id) return !name && open.name && !open.args.isComplete ? open : undefined;
    if (!name || !open.name) return open;
    // Without an id, a name starts a new call once the arguments of the open one are complete.
    if (name !== open.name) return undefined;
    const isUnfinished = open.args.text !== "" && !open.args.isComplete;
    return isUnfinished || (index !== undefined && !startsNewCall(open, piece)) ? open : undefined;
  }

  #open({ id, index, name }: CallPiece): OpenCall {
    const call: OpenCall = {
      receivedId: id,
      id: "",
      index,
      name,
      args: new ToolCallArguments(),
      emitted: new WellFormedText(),
      waiting: "",
      extraContent: undefined,
      lastListed: 0,
    };
    this.#calls.push(call);
    if (index !== undefined) {
      this.#byIndex ??= new Map();
      this.#byIndex.set(index, call);
    }
    return call;
  }

  #take(call: OpenCall, piece: CallPiece, isKnown: boolean, out: EventSink): void {
    call.lastListed = this.#lists;
    if (piece.id) {
      call.receivedId ||= piece.id;
      if (!isKnown || !this.#byId.has(piece.id)) this.#byId.set(piece.id, call);
    }
    call.name ||= piece.name;
    if (piece.extraContent !== undefined) call.extraContent = piece.extraContent;
    if (piece.args !== "") call.waiting += piece.isWhole ? call.args.addWhole(piece.args) : call.args.add(piece.args);
    // A call without an id waits, since the id may arrive later.
    if (call.name && call.receivedId) this.#announce(call, out);
  }

  #announce(call: OpenCall, out: EventSink): void {
    if (call.id === "") {
      call.id = uniqueCallId(call.receivedId, this.#usedIds);
      out.push({ type: "tool-call-start", id: call.id, name: call.name.toWellFormed() });
    }
    const waiting = call.waiting;
    call.waiting = "";
    emitArguments(call, waiting, out);
  }
}

function emitArguments(call: OpenCall, text: string, out: EventSink): void {
  if (text !== "") emitText(call, call.emitted.push(text), out);
}

function emitText({ id }: OpenCall, argsText: string, out: EventSink): void {
  if (argsText !== "") out.push({ type: "tool-call-delta", id, argsText });
}

/** Reads a piece of a call; undefined if it is empty, like the null-filled piece with which some servers close a call. */
function readPiece(value: unknown): CallPiece | undefined {
  if (!isObject(value)) return undefined;
  // Workers AI's own format has no `function` around the name and the arguments.
  const called = isObject(value.function) ? value.function : value;
  const { name, arguments: args = called.parameters ?? called.input } = called;
  const isText = typeof args === "string";
  const index = typeof value.index === "string" ? Number(value.index) : value.index;
  const piece: CallPiece = {
    id: readCallId(value.id),
    index: typeof index === "number" ? index : undefined,
    name: typeof name === "string" || typeof name === "number" ? String(name).trim() : "",
    args: isText ? args : args === undefined || args === null ? "" : JSON.stringify(args),
    isWhole: !isText,
    extraContent: value.extra_content ?? undefined,
  };
  const isEmpty = piece.id === "" && piece.name === "" && piece.args === "" && piece.extraContent === undefined;
  return isEmpty ? undefined : piece;
}

/** Whether a piece with the id or index of this call starts another one: by another name, or by arguments after the end of these. */
function startsNewCall({ name, args }: OpenCall, piece: CallPiece): boolean {
  if (!piece.name || !name) return false;
  if (piece.name !== name) return true;
  return piece.args.trim() !== "" && !args.isPlaceholder && args.isComplete && !args.repeats(piece.args);
}

/** The calls of an assistant message to send back, with only the fields of a request message. */
export function wireToolCalls(calls: readonly AccumulatedCall[]): WireToolCall[] {
  return calls.map(({ id, name, argsText, extraContent }) => {
    const call: WireToolCall = { id, type: "function", function: { name, arguments: argsText } };
    if (extraContent !== undefined) call.extra_content = extraContent;
    return call;
  });
}
