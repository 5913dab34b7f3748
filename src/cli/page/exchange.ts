/** One request and its response, as far as it has come: a row of the page's table. */
export interface Exchange {
  id: number;
  /** ISO 8601. */
  startedAt: string;
  method: string;
  /** Path and query. */
  path: string;
  provider?: string;
  model?: string;
  isStream: boolean;
  /** `failed`: the gateway broke the connection; `cancelled`: the client did. */
  state: "waiting" | "receiving" | "complete" | "failed" | "cancelled";
  status?: number;
  cacheStatus?: string;
  /** Milliseconds from the request to the first chunk of the body. */
  firstChunkMs?: number;
  /** Milliseconds from the request to the end of the body. */
  durationMs?: number;
  /** As the response reports them, else as the gateway's log does; so is the cost. */
  inputTokens?: number;
  outputTokens?: number;
  /** US dollars. */
  cost?: number;
  /** Code of the error that a client makes of the response. */
  error?: string;
}

/** A chunk of a response's body, and when it came. */
export interface Chunk {
  /** Milliseconds since the request. */
  ms: number;
  text: string;
}

/** What the client reads in a response: the same code, whichever provider answered. */
export interface Reading {
  text: string;
  reasoning?: string;
  toolCalls: { name: string; argsText: string }[];
  finishReason?: string;
  warnings: string[];
  error?: { name: string; code: string; message: string; hint: string };
}

/** An exchange in full, without its secrets. */
export interface ExchangeDetails extends Exchange {
  request: { headers: [name: string, value: string][]; body: string };
  response?: { headers: [name: string, value: string][]; chunks: Chunk[]; bytes: number; isTruncated: boolean };
  /** Present once a chat's response has ended. */
  reading?: Reading;
}

/** A file of a fixture. */
export interface FixtureFile {
  /** Path below the fixtures directory. */
  name: string;
  text: string;
}
