/** Runs the local gateway in its own process, so that the soak test measures only the client. */
import { startLocalGateway } from "cf-ai-gateway/testing";
import { createScript } from "./reply.ts";

const local = await startLocalGateway({ script: createScript() });
// The gateway keeps a journal of requests, which is not needed here.
const forget = setInterval(() => void (local.requests.length = 0), 500);
process.on("disconnect", () => {
  clearInterval(forget);
  void local.close();
});
process.send?.(local.url);
