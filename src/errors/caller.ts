import { GatewayError } from "./errors.ts";

/** The stack of whoever called a public function. Made into text only when an error needs it. */
export interface Caller {
  readonly stack?: string;
}

/** Remembers who called `called`, since an error comes from code that runs long after. */
export function captureCaller(called: (...args: never[]) => unknown): Caller {
  const caller: Caller = {};
  Error.captureStackTrace?.(caller, called);
  return caller;
}

/** Puts the caller's frames first in the stack of an error of ours, so that the line to look at is found. Returns the error. */
export function withCaller(error: unknown, caller: Caller): unknown {
  if (!GatewayError.is(error) || Object.isFrozen(error)) return error;
  const frames = framesOf(caller.stack);
  const own = framesOf(error.stack);
  const [first] = frames;
  if (first === undefined || own.slice(0, maxFrames).includes(first)) return error;
  error.stack = [`${error.name}: ${error.message}`, ...frames.slice(0, maxFrames), ...own.slice(0, maxFrames)].join("\n");
  return error;
}

/** Frames that are kept of the caller's stack, and of the error's own. */
const maxFrames = 4;

const framesOf = (stack = ""): string[] => stack.split("\n").filter((line) => /^\s+at /.test(line));
