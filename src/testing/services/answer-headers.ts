import type { RoutingDecision } from "./auto-router.ts";
import type { Target } from "./target.ts";

export interface AnsweredRequest {
  /** Counts the requests; ids are derived from it. */
  number: number;
  /** `undefined`: the request is not logged. */
  logId: string | undefined;
  headers: Headers;
  cacheStatus: "HIT" | "MISS";
  /** The target that answered; `undefined` if none did. */
  target: Target | undefined;
  decision: RoutingDecision | undefined;
}

/** Looks like a UUIDv7, and counts up. */
export const createLogId = (number: number): string => `019a7c52-4e1b-7c1a-9d7e-${number.toString(16).padStart(12, "0")}`;

/** The headers that the gateway adds to every response, errors included. */
export function answerHeaders({
  number,
  logId,
  headers,
  cacheStatus,
  target,
  decision,
}: AnsweredRequest): Record<string, string> {
  const id = number.toString(32).toUpperCase().padStart(10, "0");
  return {
    ...(logId === undefined ? {} : { "cf-aig-log-id": logId }),
    "cf-aig-request-id": `01JCX3W8V4Q0R6T2${id}`,
    "cf-aig-event-id": headers.get("cf-aig-event-id") ?? `01JCX3W8V5E0V1N7${id}`,
    "cf-aig-cache-status": cacheStatus,
    "cf-aig-step": "0",
    ...(target ? { "cf-aig-provider": target.provider, "cf-aig-model": target.model } : {}),
    ...(decision
      ? {
          "cf-aig-routed-model": `${decision.target.provider}/${decision.target.model}`,
          "cf-aig-routing-reason": decision.reason,
          "cf-aig-routing-decision-id": decision.id,
        }
      : {}),
    "cf-ray": createRayId(number),
  };
}

export const createRayId = (number: number): string => `8f0c2b1d${number.toString(16).padStart(8, "0")}-LOC`;
