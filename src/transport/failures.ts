/** Everything that makes errors out of failures, in one piece, because a failure seldom needs one part alone. */
export { fail } from "../make-error.ts";
export { networkError } from "./network-error.ts";
export { errorFromFrame, errorFromPayload, errorFromResponse, isHtml } from "./read-error.ts";
