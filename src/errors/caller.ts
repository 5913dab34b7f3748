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
  const [first] = frames.split("\n").filter(Boolean);
  if (first === undefined || own.includes(first)) return error;
  const header = error.stack?.slice(0, error.stack.length - own.length) ?? `${error.name}: ${error.message}`;
  error.stack = `${header}${frames}${own}`;
  return error;
}

/** The frames of a stack, from the line break before the first. */
function framesOf(stack = ""): string {
  const start = stack.search(/\n\s+at /);
  return start < 0 ? "" : stack.slice(start);
}
