import type { StreamEvent } from "../stream-event.ts";

/** What a browser may see of a failure. */
export interface BrowserFailure {
  /** Code of the GatewayError; `"aborted"` or `"internal"` for any other failure. */
  code: string;
  /** Neutral unless `onError` says more. */
  message: string;
  retryable: boolean;
}

/** Writes the events of a stream in the wire format of a client. Each instance writes one stream. */
export interface StreamFormat {
  /** Returns the frames of an event; none if the format has no equivalent. */
  write(event: StreamEvent<unknown>): readonly object[];
  /** Returns the last frames, which report a failure; `event` is the type of the server-sent event. */
  fail(failure: BrowserFailure): readonly { event?: string; data: object }[];
  /** A non-JSON line that ends the stream, if the format has one; not sent after a failure. */
  readonly terminator?: string;
}
