import { GatewayError } from "./errors.ts";

/** The stack of a public function's caller, formatted only if an error needs it. */
export interface Caller {
  readonly stack?: string;
}

/** Captures the caller of `called`, since errors are thrown by code that runs much later. */
export function captureCaller(called: (...args: never[]) => unknown): Caller {
  const caller: Caller = {};
  Error.captureStackTrace?.(caller, called);
  return caller;
}

/** Puts the caller's frames first in the stack of one of our errors, so that it points to the caller's line. Returns the error. */
export function withCaller(error: unknown, caller: Caller): unknown {
  if (!GatewayError.is(error) || Object.isFrozen(error)) return error;
  const frames = splitFrames(caller.stack).slice(0, maxFrames);
  if (frames.length === 0) return error;
  // Where invalid options were detected doesn't help to fix them.
  const own = error.code === "configuration" ? [] : splitFrames(error.stack).filter((frame) => !frames.includes(frame));
  error.stack = [`${error.name}: ${error.message}`, ...frames, ...own.slice(0, maxOwnFrames)].join("\n");
  return error;
}

/** Runs a public function; our errors that it throws show the caller's line. */
export function withCallerStack<T>(called: (...args: never[]) => unknown, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw withCaller(error, captureCaller(called));
  }
}

/** Number of frames kept of the caller's stack, and of the error's own. */
const maxFrames = 4;
const maxOwnFrames = 2;

const splitFrames = (stack = ""): string[] => stack.split("\n").filter((line) => /^\s+at /.test(line));
