import type { EventEmitter } from "node:events";
import { exitCodes } from "./exit-codes.ts";
import type { ProcessIo } from "./terminal.ts";

/** Passes SIGINT to the latest subscriber: a prompt before the batch, the batch before the program. */
export function listenForInterrupts(source: EventEmitter): ProcessIo["onInterrupt"] {
  const listeners: (() => void)[] = [];
  const interrupt = () => listeners.at(-1)?.();
  return (listener) => {
    // A new function, since the same listener may subscribe twice.
    const entry = () => listener();
    if (listeners.push(entry) === 1) source.on("SIGINT", interrupt);
    return () => {
      const index = listeners.indexOf(entry);
      if (index === -1) return;
      listeners.splice(index, 1);
      if (listeners.length === 0) source.off("SIGINT", interrupt);
    };
  };
}

/** Runs work that Ctrl-C aborts; resolves with the exit code. */
export async function runUntilInterrupted(
  { onInterrupt }: Pick<ProcessIo, "onInterrupt">,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<number> {
  const controller = new AbortController();
  const unsubscribe = onInterrupt(() => controller.abort());
  try {
    await work(controller.signal);
    return exitCodes.ok;
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    return exitCodes.interrupted;
  } finally {
    unsubscribe();
  }
}
