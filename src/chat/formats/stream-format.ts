import type { StreamEvent } from "../stream-event.ts";

/** What a browser may know of a failure. */
export interface BrowserFailure {
  /** Of the GatewayError; `"aborted"` or `"internal"` where the chat failed otherwise. */
  code: string;
  /** Neutral unless `onError` says more. */
  message: string;
  retryable: boolean;
}

/** Writes the events of a stream in the wire format of a client. Each instance writes one stream. */
export interface StreamFormat {
  /** The frames of an event; none where the format has no place for it. */
  write(event: StreamEvent<unknown>): readonly object[];
  /** The frames of a failure, which are the last ones; `event` names the type of the server-sent event. */
  fail(failure: BrowserFailure): readonly { event?: string; data: object }[];
  /** A last line of the stream that is no JSON, where the format has one; not sent after a failure. */
  readonly terminator?: string;
}
