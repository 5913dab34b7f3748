import type { GatewayConfig } from "../../index.ts";
import type { Exchange } from "./exchange.ts";

/** `skip`: not run, or without a result because something else is in the way. */
export type CheckStatus = "ok" | "warn" | "fail" | "skip";

/** What a check saw, and what to do about it. */
export interface Finding {
  status: CheckStatus;
  detail: string;
  advice?: string;
  /** Further facts, shown with `--verbose`. */
  facts?: Readonly<Record<string, string | number | undefined>>;
  /** The failure is a refused token. */
  isRefusal?: boolean;
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
  /** Makes calls that cost; runs with `--live` only. */
  isLive?: true;
  run(context: DoctorContext): Finding | Promise<Finding>;
}

/** What is wrong with the ids and tokens of the environment. */
export interface EnvironmentProblem {
  option: string;
  message: string;
  env: string;
}

export interface DoctorContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly config: GatewayConfig;
  readonly problems: readonly EnvironmentProblem[];
  /** Whose stored keys are checked. */
  readonly providers: readonly string[];
  /** The full id of the model that live calls ask. */
  readonly model: string;
  readonly isLive: boolean;
  /** The folder whose installed packages are looked at. */
  readonly directory: string;
  /** A request that no model answers, so that it costs nothing; sent once and shared. */
  free(): Promise<Exchange>;
}

export const ok = (detail: string, facts?: Finding["facts"]): Finding => ({ status: "ok", detail, ...(facts && { facts }) });
export const skip = (detail: string): Finding => ({ status: "skip", detail });
export const warn = (detail: string, advice: string): Finding => ({ status: "warn", detail, advice });
export const fail = (detail: string, advice: string): Finding => ({ status: "fail", detail, advice });
