import { type ConfigurationError, GatewayError } from "../index.ts";
import { exitCodes } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

export interface ErrorReport {
  code: string;
  message: string;
  hint?: string;
}

/** Reports the error that ended a command, on stderr or as JSON on stdout; returns the exit code. */
export function reportError(error: unknown, terminal: Terminal): number {
  const described = describeError(error);
  if (terminal.json) terminal.print(JSON.stringify({ error: described }));
  else terminal.note(errorLine(described, terminal));
  return exitCodeFor(error);
}

/** The message, and the hint if the message doesn't contain it. */
export const errorLine = ({ message, hint }: ErrorReport, { style }: Terminal): string =>
  `${style.red("error")} ${message}${hint === undefined || message.includes(hint) ? "" : ` ${style.dim(hint)}`}`;

export function describeError(error: unknown): ErrorReport {
  if (error instanceof UsageError) return report("usage", error.message, error.hint);
  if (isConfigurationError(error)) return report(error.code, configurationMessage(error), configurationHint(error));
  if (GatewayError.is(error)) return report(error.code, withFlagNames(error.message), withFlagNames(error.hint));
  return report("unexpected", error instanceof Error ? error.message : String(error));
}

const report = (code: string, message: string, hint?: string): ErrorReport => ({
  code,
  message,
  ...(hint === undefined ? {} : { hint }),
});

const configurationHint = ({ issues }: ConfigurationError): string | undefined =>
  issues.some(({ env }) => env !== undefined) ? "cf-ai-gateway doctor checks them all." : undefined;

function exitCodeFor(error: unknown): number {
  if (error instanceof UsageError) return exitCodes.usage;
  if (!GatewayError.is(error)) return exitCodes.failed;
  if (error.code === "configuration") return exitCodes.usage;
  return error.code === "authentication" || error.code === "permission" ? exitCodes.authentication : exitCodes.failed;
}

const isConfigurationError = (error: unknown): error is ConfigurationError =>
  GatewayError.is(error) && error.code === "configuration" && "issues" in error;

/** The client's options and their names on the command line. */
const flags: Readonly<Record<string, string>> = {
  accountId: "--account-id",
  gatewayId: "--gateway",
  baseUrl: "--base-url",
  apiBaseUrl: "--api-base-url",
  customDomain: "--custom-domain",
  endpoint: "--endpoint",
  provider: "--provider",
  model: "--model",
  concurrency: "--concurrency",
  maxCost: "--max-cost",
  waitMs: "--wait",
};

/** Replaces the client's option names in a message by those of the command line: "Check --base-url and its port". */
export const withFlagNames = (text: string): string =>
  text
    .replace(/\b(?:gatewayToken|apiToken) \((CLOUDFLARE_\w+)\)/g, "$1")
    .replace(
      /(?<![\w.])(?:accountId|gatewayId|baseUrl|apiBaseUrl|customDomain|maxCost|waitMs)\b/g,
      (option) => flags[option] ?? option,
    );

/** Uses the option names of the command line: `--account-id is missing`. Tokens can only be set in the environment. */
function configurationMessage({ issues, message }: ConfigurationError): string {
  const sentences = issues.map(({ option, message, env }) => {
    const sentence = /^[A-Z]/.test(message) ? message : `${flags[option] ?? option} ${message}`;
    return env?.endsWith("_TOKEN") ? sentence.replace("pass it or set", "set") : sentence;
  });
  if (sentences.length === 0) return message;
  return sentences.length === 1
    ? `${sentences[0]}`
    : `${sentences.length} problems with the configuration:\n- ${sentences.join("\n- ")}`;
}
