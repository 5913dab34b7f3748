/** A request and its response so far: a row of the page's table. */
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
  /** `failed`: the gateway closed the connection; `cancelled`: the client did. */
  state: "waiting" | "receiving" | "complete" | "failed" | "cancelled";
  status?: number;
  cacheStatus?: string;
  /** Milliseconds from the request to the first chunk of the body. */
  firstChunkMs?: number;
  /** Milliseconds from the request to the end of the body. */
  durationMs?: number;
  /** As reported by the response, else by the gateway's log. */
  inputTokens?: number;
  outputTokens?: number;
  /** US dollars. */
  cost?: number;
  /** Code of the error that the client throws for the response. */
  error?: string;
}

/** A chunk of a response body, and when it arrived. */
export interface Chunk {
  /** Milliseconds since the request. */
  ms: number;
  text: string;
}

/** What the client reads from a response, with the same code for every provider. */
export interface Reading {
  text: string;
  reasoning?: string;
  toolCalls: { name: string; argsText: string }[];
  finishReason?: string;
  warnings: string[];
  error?: { name: string; code: string; message: string; hint: string };
}

/** A whole exchange, without secrets. */
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
