import type { GatewayOptions } from "../options/gateway-options.ts";
import type { Operation, Telemetry } from "../options/telemetry.ts";
import { findSubscribedChannel } from "./diagnostics-channel.ts";

type End = Parameters<Parameters<Telemetry["run"]>[1]>[0];

/** The span that a turn's request to the gateway belongs to. */
export type Trace = Pick<GatewayOptions, "traceId" | "parentSpanId">;

/** Whether operations of this kind have an observer. Without one, call the work directly and skip the closures of `observe`. */
export const isObserved = (telemetry: Telemetry | undefined, kind: Operation["kind"]): boolean =>
  telemetry !== undefined || findSubscribedChannel(kind) !== undefined;

/**
 * Runs work as an operation that is observed by `telemetry`, and by the subscribers of its diagnostics channel. Unobserved, it is the work
 * alone. An observer that throws, or that never calls the work, does not fail the chat.
 *
 * The attributes at the start, and those at the end, by kind of operation:
 * - `chat`: `provider`, `model`, `streaming`, `options`, `messages`; `result`, a `ChatResult`
 * - `turn`: its number as `turn`, the gateway's `url`, and the same as of the chat; `turn`, a `Turn`
 * - `tool`: `call`, a `ToolCall`; `result`, a `ToolResult`
 *
 * An observer may put `traceId` and `parentSpanId` on the attributes of a turn before it calls the work: they go to the gateway.
 */
export function observe<T>(
  telemetry: Telemetry | undefined,
  kind: Operation["kind"],
  attributes: () => Operation["attributes"],
  work: (trace: Trace | undefined) => Promise<T>,
  outcome: (value: T) => Operation["attributes"],
): Promise<T> {
  const channel = findSubscribedChannel(kind);
  if (telemetry === undefined && channel === undefined) return work(undefined);
  const operation: Operation = { kind, attributes: attributes() };
  const traced = () => work(readTrace(operation));
  const observed = telemetry ? () => observeWith(telemetry, operation, traced, outcome) : traced;
  return channel ? observeWith(channel, operation, observed, outcome) : observed();
}

function observeWith<T>(
  observer: Telemetry,
  operation: Operation,
  work: () => Promise<T>,
  outcome: (value: T) => Operation["attributes"],
): Promise<T> {
  let running: Promise<T> | undefined;
  const start = (end?: End): Promise<T> => {
    if (running) return running;
    running = work();
    running.then(
      (value) => guard(() => end?.(outcome(value))),
      (error: unknown) => guard(() => end?.({}, error)),
    );
    return running;
  };
  guard(() => {
    // What `run` returns is the observer's own; the chat waits for its work alone.
    Promise.resolve(observer.run(operation, start)).catch(() => {});
  });
  return start();
}

function readTrace({ attributes: { traceId, parentSpanId } }: Operation): Trace | undefined {
  if (typeof traceId !== "string" || typeof parentSpanId !== "string") return undefined;
  return { traceId, parentSpanId };
}

function guard(notify: () => void): void {
  try {
    notify();
  } catch (error) {
    console.error("cf-ai-gateway: telemetry threw:", error);
  }
}
