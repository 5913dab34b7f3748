import type { Cancellation } from "../abort.ts";
import type { RequestTarget } from "../errors/errors.ts";
import type { Redact } from "../errors/redact.ts";
import type { ChatCompletionRequest } from "../wire.ts";

/** Sends chats to the gateway. Retries and timeouts are handled by the caller. */
export interface Transport {
  /** Sends a chat request and resolves with its response, body unread. Rejects with a GatewayError for any status other than 2xx. */
  send(request: ChatRequest, target: RequestTarget, cancellation: Cancellation): Promise<{ response: Response }>;
  /** Redacts the secrets of this chat from a string or a body. */
  readonly redact: Redact;
}

export interface ChatRequest {
  body: ChatCompletionRequest;
  headers: Record<string, string>;
}
