import type { GatewayOptions } from "../options/gateway-options.ts";
import type { Operation, Telemetry } from "../options/telemetry.ts";
import { findSubscribedChannel } from "./diagnostics-channel.ts";

type End = Parameters<Parameters<Telemetry["run"]>[1]>[0];

/** The parent span of a turn's request. */
export type Trace = Pick<GatewayOptions, "traceId" | "parentSpanId">;

/** Whether operations of this kind have an observer. Without one, call the work directly and skip the closures of `observe`. */
export const isObserved = (telemetry: Telemetry | undefined, kind: Operation["kind"]): boolean =>
  telemetry !== undefined || findSubscribedChannel(kind) !== undefined;

/**
 * Runs work as an operation observed by `telemetry` and by subscribers of its diagnostics channel. An observer that throws, or never
 * calls the work, does not fail the chat.
 *
 * The attributes at the start and at the end of each operation:
 * - `chat`: `provider`, `model`, `streaming`, `options`, `messages`; `result`, a `ChatResult`
 * - `turn`: its index as `turn`, the gateway's `url`, and those of the chat; `turn`, a `Turn`
 * - `tool`: `call`, a `ToolCall`; `result`, a `ToolResult`
 *
 * An observer may set `traceId` and `parentSpanId` on a turn's attributes before it calls the work; they are sent to the gateway.
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
    // The observer's return value is ignored; the chat waits only for its own work.
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
