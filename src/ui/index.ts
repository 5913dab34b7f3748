export { fromAgUi } from "./from-ag-ui.ts";
export { fromUIMessages } from "./from-ui-messages.ts";
export { EventStreamError, readEventStream } from "./read-event-stream.ts";
