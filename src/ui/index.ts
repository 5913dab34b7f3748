/**
 * For browsers: reads the stream of `toResponse()`, and converts the messages of other clients.
 *
 * @module cf-ai-gateway/ui
 */

export { fromAgUi } from "./from-ag-ui.ts";
export { approvalsFromUIMessages, fromUIMessages } from "./from-ui-messages.ts";
export { EventStreamError, readEventStream } from "./read-event-stream.ts";
