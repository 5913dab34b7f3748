import { createGateway, type Logs } from "../../index.ts";
import { type CommandArguments, defineCommand, type OptionSpecs } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { gatewayConfig, gatewayOptions } from "../gateway-options.ts";
import { runUntilInterrupted } from "../interrupts.ts";
import { listLogs } from "../logs/list-logs.ts";
import { filterOptions, readConditions } from "../logs/log-filter.ts";
import { rateLogs, ratingOptions, readRating } from "../logs/rate-logs.ts";
import { showLogs } from "../logs/show-logs.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

const defaultLimit = 20;
const defaultWait = 90;

const options = {
  ...filterOptions,
  limit: { type: "string", placeholder: "N", help: `List at most this many logs. Default: ${defaultLimit}` },
  wait: {
    type: "string",
    placeholder: "SECONDS",
    help: `How long to wait for a log that has not appeared yet. Default: ${defaultWait}`,
  },
  ...ratingOptions,
  "account-id": gatewayOptions["account-id"],
  gateway: gatewayOptions.gateway,
  "base-url": { type: "string", placeholder: "URL", help: "A local gateway. Default: CLOUDFLARE_GATEWAY_URL" },
  "api-base-url": {
    type: "string",
    placeholder: "URL",
    help: "A proxy, or a local gateway's API. Default: CLOUDFLARE_GATEWAY_API_URL",
  },
} as const satisfies OptionSpecs;

type Values = CommandArguments<typeof options>["values"];

export const logs = defineCommand({
  name: "logs",
  description:
    "Lists the gateway's newest logs, or shows or rates those with the given ids. A log appears 30 to 60 seconds after its request.\n" +
    "This needs an API token (CLOUDFLARE_API_TOKEN) with the permission AI Gateway Read, or Edit to rate.",
  positionals: [{ name: "ID…", optional: true, help: "Show these logs in full; chat prints the id of its log" }],
  options,
  examples: [
    "cf-ai-gateway logs --failed --limit 50",
    "cf-ai-gateway logs --filter 'cost gt 0.01' --filter 'metadata.value eq search'",
    "cf-ai-gateway logs --limit 1000 --json | jq .cost",
    "cf-ai-gateway logs 01JADMCQQQBWH3NXZ5GCRN98DP --feedback up --score 90",
  ],
  async run({ values, positionals: ids }, terminal) {
    const rating = readRating(values);
    checkCombination(values, ids.length > 0);
    const limit = readCount("--limit", values.limit, defaultLimit);
    const waitMs = readSeconds("--wait", values.wait, defaultWait) * 1_000;
    const conditions = readConditions(values);
    const gatewayLogs = connect(values, terminal);
    if (rating) await rateLogs(gatewayLogs, ids, rating, terminal);
    else if (ids.length === 0) await listLogs(gatewayLogs, conditions, limit, terminal);
    else return runUntilInterrupted(terminal, (signal) => showLogs(gatewayLogs, ids, { waitMs, signal }, terminal));
    return exitCodes.ok;
  },
});

/** `rest` needs the same ids and the same token as the logs, so that a missing one is reported by its name. */
function connect({ provider: _, model: __, ...connection }: Values, { env }: Terminal): Logs {
  const { baseUrl, apiBaseUrl, ...config } = gatewayConfig(connection, env);
  const given = connection["base-url"];
  if (given !== undefined && connection["api-base-url"] === undefined && localApi(given) === undefined)
    throw new UsageError(
      "--base-url must be a local gateway here.",
      "Pass the address of another server's API with --api-base-url.",
    );
  const address = connection["api-base-url"] ?? localApi(given) ?? apiBaseUrl ?? localApi(baseUrl);
  return createGateway({ ...config, ...(address === undefined ? {} : { apiBaseUrl: address }), endpoint: "rest" }).logs;
}

/** The API of a gateway on this machine, at the same address. A proxy elsewhere must not receive the API token unasked. */
function localApi(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const isLocal = ["127.0.0.1", "localhost", "[::1]"].includes(new URL(url).hostname);
  return isLocal ? `${url.replace(/\/+$/, "")}/client/v4` : undefined;
}

const listing = ["provider", "model", "failed", "cached", "filter", "limit"] as const;

function checkCombination(values: Values, hasIds: boolean): void {
  const ratingOption = values.feedback === undefined ? "--score" : "--feedback";
  const rates = values.feedback !== undefined || values.score !== undefined;
  if (!hasIds && rates)
    throw new UsageError(
      `${ratingOption} needs the ids of the logs to rate.`,
      "Pass them: logs ID --feedback up. logs lists the ids.",
    );
  if (!hasIds && values.wait !== undefined)
    throw new UsageError("--wait needs the ids of the logs to wait for.", "chat prints the id of its log.");
  const unused = hasIds ? listing.find((name) => values[name] !== undefined) : undefined;
  if (unused !== undefined) throw new UsageError(`--${unused} is for the list of logs, and can't be combined with ids.`);
  if (rates && values.wait !== undefined)
    throw new UsageError(`--wait is for showing logs, and can't be combined with ${ratingOption}.`);
}

function readCount(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count < 1) throw new UsageError(`${option} must be an integer, 1 or more, got ${JSON.stringify(text)}.`);
  return count;
}

function readSeconds(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d+(\.\d+)?$/.test(text))
    throw new UsageError(`${option} must be a number of seconds, 0 or more, got ${JSON.stringify(text)}.`);
  return Number(text);
}
