import { ConfigurationError, GatewayError } from "../errors/errors.ts";
import { networkError } from "../errors/from-network.ts";
import { errorFromResponse } from "../errors/from-response.ts";
import type { Redact } from "../errors/redact.ts";
import type { AiBinding } from "../options/connection.ts";
import type { Settings } from "../options/settings.ts";
import { errorResponse } from "../transport/binding.ts";
import { withTimeLimits } from "./api-request.ts";
import { logsTarget } from "./log-errors.ts";
import type { LogSource } from "./log-source.ts";

type BoundLogs = Required<ReturnType<AiBinding["gateway"]>>;

/** The logs of a Worker's binding, which can't list them. */
export const createBindingLogs = (settings: Settings, redact: Redact): LogSource => ({
  read: (id, signal) => throughBinding(settings, redact, "getLog", (gateway) => gateway.getLog(id), signal),
  async patch(id, feedback) {
    await throughBinding(settings, redact, "patchLog", (gateway) => gateway.patchLog(id, feedback));
  },
});

/** Calls a log method of the binding within the time limits, and converts its errors. */
async function throughBinding<T>(
  { binding, gatewayId, defaults }: Settings,
  redact: Redact,
  method: "getLog" | "patchLog",
  run: (gateway: BoundLogs) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const exchange = { limits: defaults.timeout ?? {}, target: logsTarget };
  return withTimeLimits(
    async (cancellation) => {
      try {
        const gateway = binding?.gateway(gatewayId as string);
        if (!gateway?.[method])
          throw new ConfigurationError([{ option: "binding", message: `has no ${method}, which this needs` }]);
        return await cancellation.race(run(gateway as BoundLogs));
      } catch (error) {
        if (cancellation.aborted || GatewayError.is(error)) throw error;
        const response = errorResponse(error);
        if (response) throw errorFromResponse(response, await response.text(), logsTarget, redact);
        throw networkError(error, "", redact, "connect");
      }
    },
    signal,
    exchange,
  );
}
