/** Observes chats, turns and tools. It may run the work in its own context, and must call `work` exactly once. */
export interface Telemetry {
  /** Runs `work` and returns its return value. `work` calls `end` once, when the operation is over, with the final attributes. */
  run<T>(
    operation: { kind: "chat" | "turn" | "tool"; attributes: Record<string, unknown> },
    work: (end: (attributes: Record<string, unknown>, error?: unknown) => void) => T,
  ): T;
}

/** A chat, a turn or a tool call, as passed to an observer. */
export type Operation = Parameters<Telemetry["run"]>[0];
