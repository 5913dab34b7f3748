import { GatewayError } from "./errors.ts";

/** The stack of a public function's caller. Formatted only when an error needs it. */
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
  const frames = framesOf(caller.stack).slice(0, maxFrames);
  if (frames.length === 0) return error;
  // Where wrong options were found doesn't help to correct them.
  const own = error.code === "configuration" ? [] : framesOf(error.stack).filter((frame) => !frames.includes(frame));
  error.stack = [`${error.name}: ${error.message}`, ...frames, ...own.slice(0, maxOwnFrames)].join("\n");
  return error;
}

/** Runs a public function; errors of ours that it throws show the line that called it. */
export function withCallerStack<T>(called: (...args: never[]) => unknown, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw withCaller(error, captureCaller(called));
  }
}

/** Frames that are kept of the caller's stack, and of the error's own. */
const maxFrames = 4;
const maxOwnFrames = 2;

const framesOf = (stack = ""): string[] => stack.split("\n").filter((line) => /^\s+at /.test(line));
