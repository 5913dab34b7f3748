/** The local gateway in a process of its own, so that the soak measures the client alone. */
import { startLocalGateway } from "cf-ai-gateway/testing";
import { createScript } from "./reply.ts";

const local = await startLocalGateway({ script: createScript() });
// It remembers every request for whom asks; here nobody does.
const forget = setInterval(() => void (local.requests.length = 0), 500);
process.on("disconnect", () => {
  clearInterval(forget);
  void local.close();
});
process.send?.(local.url);
