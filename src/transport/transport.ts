import type { Cancellation } from "../abort.ts";
import type { RequestTarget } from "../errors/errors.ts";
import type { Redact } from "../errors/redact.ts";
import type { ChatCompletionRequest } from "../wire.ts";

/** Sends chats to the gateway. Retries and time limits are the caller's. */
export interface Transport {
  /** Sends a chat request and resolves with its response, the body unread. Rejects with a GatewayError on anything but a 2xx. */
  send(request: ChatRequest, target: RequestTarget, cancellation: Cancellation): Promise<{ response: Response }>;
  /** Redacts the tokens in use from a string or a body. */
  readonly redact: Redact;
}

export interface ChatRequest {
  body: ChatCompletionRequest;
  headers: Record<string, string>;
}
