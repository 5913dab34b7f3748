/** Everything that makes errors out of failures, in one piece, because a failure seldom needs one part alone. */
export { fail } from "../errors/create-error.ts";
export { networkError } from "../errors/from-network.ts";
export { errorFromFrame, errorFromPayload, errorFromResponse, isHtml } from "../errors/from-response.ts";
