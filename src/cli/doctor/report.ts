import { createRedact } from "../../errors/redact.ts";
import { version } from "../../request/user-agent.ts";
import type { CheckResult, DoctorContext } from "./check.ts";

/** Formats the results as Markdown for an issue, without the user's tokens, ids, hosts and names. */
export function renderReport(results: readonly CheckResult[], context: DoctorContext): string {
  const { config, env } = context;
  const redact = createReportRedact(context);
  const facts: [name: string, value: string][] = [
    ["cf-ai-gateway", version],
    ["Node", `${process.versions.node} on ${process.platform} ${process.arch}`],
    ["endpoint", config.endpoint ?? "compat"],
    [
      "address",
      config.customDomain ? "a custom domain" : config.baseUrl || config.apiBaseUrl ? "its own base URL" : "Cloudflare's",
    ],
    [
      "variables",
      Object.keys(env)
        .filter((name) => /^CLOUDFLARE_(ACCOUNT|GATEWAY|API)_/.test(name) && env[name])
        .join(", ") || "none",
    ],
  ];
  const cell = (text: string) => redact(text).replaceAll("\n", " ").replaceAll("|", "\\|");
  return [
    "### cf-ai-gateway doctor",
    "",
    ...facts.map(([name, value]) => `- ${name}: ${redact(value)}`),
    "",
    "| check | status | seen | ms |",
    "| --- | --- | --- | --- |",
    ...results.map(({ id, status, detail, durationMs }) => `| ${cell(id)} | ${status} | ${cell(detail)} | ${durationMs} |`),
  ].join("\n");
}

/** What may identify a person, an account or a key in a server's message. */
const identifying: readonly [RegExp, string][] = [
  [/\b[\w.+-]+@[\w-]+(\.[\w-]+)+\b/g, "[email]"],
  [/\b(?:sk|pk|org|proj|key|user|acct|req|AIza|gsk|xai)[-_][\w-]{6,}/g, "[id]"],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "[id]"],
  [/\b(?=\w*\d)[0-9A-Za-z_]{24,}\b/g, "[id]"],
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g, "[address]"],
  [/(?:\/(?:home|Users|root)\b|[A-Z]:\\)[^\s|"')]*/g, "[path]"],
];

function createReportRedact({ config, env }: DoctorContext): (text: string) => string {
  const hosts = [config.baseUrl, config.apiBaseUrl].flatMap((url) => {
    if (url === undefined || !URL.canParse(url)) return [];
    const { host, hostname } = new URL(url);
    return [url, host, hostname];
  });
  const proxies = Object.entries(env).flatMap(([name, value]) => (/_proxy$/i.test(name) ? (value ?? []) : []));
  const known = [
    config.accountId,
    config.gatewayId,
    config.gatewayToken,
    config.apiToken,
    config.customDomain,
    ...hosts,
    ...proxies,
  ];
  const redact = createRedact(known.filter((value) => typeof value === "string"));
  return (text) => identifying.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), redact(text));
}
