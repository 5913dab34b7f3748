import type { WireReply } from "./wire-reply.ts";

/** Creates the response of an in-process `fetch`: a connection failure rejects it or fails its body, and the signal ends every wait. */
export async function toResponse(reply: WireReply, signal?: AbortSignal): Promise<Response> {
  await pause(reply.delayMs, signal);
  if (reply.stopsAt === "before-headers") {
    if (reply.ending === "hang") return aborted(signal);
    throw new TypeError("fetch failed", { cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }) });
  }
  const hasBody = reply.pieces.length > 0 || reply.ending !== "close";
  return new Response(hasBody ? createBody(reply, signal) : null, { status: reply.status, headers: reply.headers });
}

/**
 * A body whose clones are independent. Clones of a plain stream share it, and cancelling one waits for all others, which never ends if one
 * stays unread, as in MSW.
 */
function createBody(reply: WireReply, signal: AbortSignal | undefined): ReadableStream<Uint8Array> {
  const stream = createStream(reply, signal);
  return Object.assign(stream, {
    tee: (): [ReadableStream<Uint8Array>, ReadableStream<Uint8Array>] => [createBody(reply, signal), createBody(reply, signal)],
  });
}

function createStream({ pieces, pauses, ending }: WireReply, signal: AbortSignal | undefined): ReadableStream<Uint8Array> {
  let at = 0;
  const cancelled = new AbortController();
  const end = signal ? AbortSignal.any([signal, cancelled.signal]) : cancelled.signal;
  return new ReadableStream(
    {
      async pull(controller) {
        const piece = pieces[at];
        if (piece) {
          await pause(pauses[at++] ?? 0, end);
          controller.enqueue(piece.slice());
          return;
        }
        if (ending === "close") return controller.close();
        if (ending === "reset") throw new TypeError("terminated");
        await aborted(end);
      },
      cancel: () => cancelled.abort(),
    },
    { highWaterMark: 0 },
  );
}

/** Rejects with the signal's reason as soon as there is one. */
function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  if (ms <= 0) return;
  await new Promise<void>((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      // A response has many pauses, but one signal.
      signal?.removeEventListener("abort", abort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", abort, { once: true });
  });
}
