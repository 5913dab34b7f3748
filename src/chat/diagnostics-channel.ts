import type { Operation, Telemetry } from "../options/telemetry.ts";

interface Channel {
  readonly hasSubscribers: boolean;
  publish(message: object): void;
  /** Publishes the message, and does the work within the stores that are bound to the channel. */
  runStores<T>(message: object, work: () => T): T;
}

/** What of Node's `TracingChannel` is used here. */
type TracingChannel = Readonly<Record<(typeof channelNames)[number], Channel>>;

const channelNames = ["start", "end", "asyncStart", "asyncEnd", "error"] as const;

let channels: Readonly<Record<Operation["kind"], TracingChannel>> | undefined;

/**
 * The tracing channel of a kind of operation (`cf-ai-gateway:chat`, `:turn`, `:tool`) as telemetry; undefined unless somebody has subscribed
 * to it. The message is the operation; `result` on it holds the attributes at its end, `error` what it failed with.
 */
export function findSubscribedChannel(kind: Operation["kind"]): Telemetry | undefined {
  channels ??= openChannels();
  const channel = channels?.[kind];
  if (channel === undefined || !channelNames.some((name) => channel[name].hasSubscribers)) return undefined;
  return { run: (operation, work) => publish(channel, operation, work) };
}

/** Node, Bun, Deno and Workers with `nodejs_compat` have the module; an import of it would break a browser. */
function openChannels(): typeof channels {
  const { tracingChannel } = globalThis.process?.getBuiltinModule?.("node:diagnostics_channel") ?? {};
  if (tracingChannel === undefined) return undefined;
  const open = (kind: Operation["kind"]): TracingChannel => tracingChannel(`cf-ai-gateway:${kind}`);
  return { chat: open("chat"), turn: open("turn"), tool: open("tool") };
}

/** By hand rather than with `tracePromise`, which would publish the end of a turn after the start of the next one. */
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
