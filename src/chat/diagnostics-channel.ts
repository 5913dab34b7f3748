import type { Operation, Telemetry } from "../options/telemetry.ts";

interface Channel {
  readonly hasSubscribers: boolean;
  publish(message: object): void;
  /** Publishes the message and runs `work` within the stores bound to the channel. */
  runStores<T>(message: object, work: () => T): T;
}

/** The part of Node's `TracingChannel` that is used here. */
type TracingChannel = Readonly<Record<"start" | "end" | "asyncStart" | "asyncEnd" | "error", Channel>>;

let channels: Readonly<Record<Operation["kind"], TracingChannel>> | undefined;

/**
 * Wraps the tracing channel of an operation (`cf-ai-gateway:chat`, `:turn`, `:tool`) as telemetry; undefined if it has no subscribers. The
 * message is the operation; at the end, `result` holds its attributes or `error` its error.
 */
export function findSubscribedChannel(kind: Operation["kind"]): Telemetry | undefined {
  channels ??= openChannels();
  const channel = channels?.[kind];
  if (channel === undefined || !hasSubscribers(channel)) return undefined;
  return { run: (operation, work) => publish(channel, operation, work) };
}

const hasSubscribers = ({ start, end, asyncStart, asyncEnd, error }: TracingChannel): boolean =>
  start.hasSubscribers || end.hasSubscribers || asyncStart.hasSubscribers || asyncEnd.hasSubscribers || error.hasSubscribers;

/** Node, Bun, Deno and Workers with `nodejs_compat` have this module; importing it would fail in a browser. */
function openChannels(): typeof channels {
  const { tracingChannel } = globalThis.process?.getBuiltinModule?.("node:diagnostics_channel") ?? {};
  if (tracingChannel === undefined) return undefined;
  const open = (kind: Operation["kind"]): TracingChannel => tracingChannel(`cf-ai-gateway:${kind}`);
  return { chat: open("chat"), turn: open("turn"), tool: open("tool") };
}

/** Not `tracePromise`, which would publish the end of a turn after the start of the next one. */
function publish<T>(
  { start, end, asyncStart, asyncEnd, error }: TracingChannel,
  operation: Operation,
  work: Parameters<Telemetry["run"]>[1],
): T {
  const message: Operation & { result?: object; error?: unknown } = operation;
  return start.runStores(message, () => {
    const running = work((result, failure) => {
      if (failure === undefined) message.result = result;
      else {
        message.error = failure;
        error.publish(message);
      }
      asyncStart.runStores(message, () => asyncEnd.publish(message));
    });
    end.publish(message);
    return running as T;
  });
}
