import { type Environment, variables } from "./environment.ts";
import type { GatewayConfig } from "./gateway-config.ts";
import { describe, type OptionProblem } from "./validators.ts";

/** An id from the options or the environment. */
export interface ResolvedId {
  id: string | undefined;
  problems: OptionProblem[];
}

/** Limits the characters of an id: it becomes a segment of the URL's path and must not be able to change the rest. */
export function resolveId(
  option: "accountId" | "gatewayId",
  config: GatewayConfig,
  environment: Environment,
  isRequired: boolean,
): ResolvedId {
  const env = variables[option];
  const value: unknown = config[option] ?? environment[option];
  if (value === undefined)
    return { id: undefined, problems: isRequired ? [{ option, message: `is missing: pass it or set ${env}`, env }] : [] };
  if (typeof value === "string" && /^[\w-]{1,64}$/.test(value)) return { id: value, problems: [] };
  const got = typeof value === "string" && value !== "" ? "a string with other characters or another length" : describe(value);
  return {
    id: undefined,
    problems: [{ option, message: `must be 1 to 64 letters, digits, _ and -, got ${got}; pass it or set ${env}`, env }],
  };
}
