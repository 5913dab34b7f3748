import { type ConfigurationError, createGateway, type GatewayConfig, GatewayError } from "../../index.ts";
import type { DoctorContext, EnvironmentProblem } from "./check.ts";
import { freeRequest } from "./exchange.ts";

/** The model for live checks, unless `--model` is given: Workers AI needs no stored key. */
const defaultModel = "workers-ai/@cf/meta/llama-3.1-8b-instruct-fp8";

export interface DoctorSetup {
  config: GatewayConfig;
  providers: readonly string[];
  model: string | undefined;
  isLive: boolean;
  env: Readonly<Record<string, string | undefined>>;
  directory: string;
}

/** Throws a ConfigurationError for invalid options, but not for invalid ids and tokens, which the checks report. */
export function createContext({ config, providers, model, ...rest }: DoctorSetup): DoctorContext {
  let exchange: ReturnType<typeof freeRequest> | undefined;
  return {
    ...rest,
    config,
    providers,
    model: fullModel(providers[0], model),
    problems: environmentProblems(config),
    free: () => (exchange ??= freeRequest(config)),
  };
}

function fullModel(provider: string | undefined, model: string | undefined): string {
  if (model === undefined) return defaultModel;
  return model.includes("/") || provider === undefined ? model : `${provider}/${model}`;
}

function environmentProblems(config: GatewayConfig): EnvironmentProblem[] {
  try {
    createGateway({ ...config, model: "openai/gpt-4o-mini" });
    return [];
  } catch (error) {
    if (!isConfigurationError(error)) throw error;
    const found = error.issues.flatMap(({ option, message, env }) => (env === undefined ? [] : { option, message, env }));
    if (found.length < error.issues.length) throw error;
    return found;
  }
}

const isConfigurationError = (error: unknown): error is ConfigurationError =>
  GatewayError.is(error) && error.code === "configuration" && "issues" in error;
