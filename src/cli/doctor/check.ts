import type { GatewayConfig } from "../../index.ts";
import type { Exchange } from "./exchange.ts";

/** `skip`: not run, or without a result because another check failed. */
export type CheckStatus = "ok" | "warn" | "fail" | "skip";

/** The result of a check, and what to do about it. */
export interface Finding {
  status: CheckStatus;
  detail: string;
  advice?: string;
  /** Additional facts, shown with `--verbose`. */
  facts?: Readonly<Record<string, string | number | undefined>>;
  /** The failure is a rejected token. */
  isRejected?: boolean;
}

export interface CheckResult extends Finding {
  id: string;
  title: string;
  durationMs: number;
}

export interface Check {
  id: string;
  title: string;
  /** For `--list-checks`. */
  about: string;
  /** Makes requests that cost money; runs only with `--live`. */
  isLive?: true;
  run(context: DoctorContext): Finding | Promise<Finding>;
}

/** A problem with an id or token in the environment. */
export interface EnvironmentProblem {
  option: string;
  message: string;
  env: string;
}

export interface DoctorContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly config: GatewayConfig;
  readonly problems: readonly EnvironmentProblem[];
  /** The providers whose stored keys are checked. */
  readonly providers: readonly string[];
  /** The full id of the model for live checks. */
  readonly model: string;
  readonly isLive: boolean;
  /** The folder whose installed packages are checked. */
  readonly directory: string;
  /** A request that reaches no model, so that it costs nothing; sent once and shared. */
  free(): Promise<Exchange>;
}

export const ok = (detail: string, facts?: Finding["facts"]): Finding => ({ status: "ok", detail, ...(facts && { facts }) });
export const skip = (detail: string): Finding => ({ status: "skip", detail });
export const warn = (detail: string, advice: string): Finding => ({ status: "warn", detail, advice });
export const fail = (detail: string, advice: string): Finding => ({ status: "fail", detail, advice });
