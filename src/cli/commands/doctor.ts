import { type CommandArguments, defineCommand, type OptionSpecs } from "../command.ts";
import type { Check, CheckResult, DoctorContext } from "../doctor/check.ts";
import { checksFor } from "../doctor/checks.ts";
import { createContext } from "../doctor/create-context.ts";
import { printAdvice, printResult, summary } from "../doctor/print-results.ts";
import { renderReport } from "../doctor/report.ts";
import { runChecks } from "../doctor/run-checks.ts";
import { exitCodes } from "../exit-codes.ts";
import { gatewayConfig, gatewayOptions } from "../gateway-options.ts";
import { createStatusLine } from "../status-line.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

const options = {
  ...gatewayOptions,
  provider: {
    type: "string",
    multiple: true,
    placeholder: "NAME",
    help: "Check the stored key of this provider; may be repeated",
  },
  model: { type: "string", short: "m", placeholder: "NAME", help: "Model for live checks. Default: one of Workers AI" },
  live: { type: "boolean", help: "Also make requests that cost a fraction of a cent: cache, streaming, billing" },
  "list-checks": { type: "boolean", help: "List the checks and stop" },
  verbose: { type: "boolean", help: "Show the duration and facts of each check" },
  report: { type: "boolean", help: "Print Markdown for an issue, without tokens, ids and names" },
} as const satisfies OptionSpecs;

export const doctor = defineCommand({
  name: "doctor",
  description: "Checks everything between a program and its models, and says what to fix. Without --live, it costs nothing.",
  positionals: [{ name: "CHECK…", optional: true, help: "Only these checks, by id" }],
  options,
  examples: [
    "cf-ai-gateway doctor",
    "cf-ai-gateway doctor --provider openai --provider anthropic --live",
    "cf-ai-gateway doctor token gateway --json",
  ],
  async run({ values, positionals }, terminal) {
    const providers = [...new Set(values.provider ?? [])];
    const checks = selectChecks(checksFor(providers), positionals);
    if (values["list-checks"]) return listChecks(checks, terminal);
    const { provider: _, model, ...connection } = values;
    const context = createContext({
      config: gatewayConfig(connection, terminal.env),
      providers,
      model,
      isLive: values.live ?? false,
      env: terminal.env,
      directory: process.cwd(),
    });
    const results = await runAndPrint(checks, context, values, terminal);
    return exitCode(results);
  },
});

function selectChecks(all: readonly Check[], ids: readonly string[]): readonly Check[] {
  const unknown = ids.find((id) => !all.some((check) => check.id === id));
  if (unknown !== undefined) {
    const provider = /^key:(.+)$/.exec(unknown)?.[1];
    const hint = provider ? `Add --provider ${provider}.` : `The checks are ${all.map(({ id }) => id).join(", ")}.`;
    throw new UsageError(`Unknown check ${JSON.stringify(unknown)}.`, hint);
  }
  return ids.length === 0 ? all : all.filter(({ id }) => ids.includes(id));
}

function listChecks(checks: readonly Check[], terminal: Terminal): number {
  const listed = checks.map(({ id, title, about, isLive = false }) => ({ id, title, about, live: isLive }));
  const width = Math.max(...checks.map(({ id }) => id.length));
  if (terminal.json) terminal.print(JSON.stringify(listed));
  else for (const { id, about, live } of listed) terminal.print(`${id.padEnd(width)}  ${about}${live ? " (--live)" : ""}`);
  return exitCodes.ok;
}

async function runAndPrint(
  checks: readonly Check[],
  context: DoctorContext,
  { verbose = false, report = false }: CommandArguments<typeof options>["values"],
  terminal: Terminal,
): Promise<CheckResult[]> {
  const started = performance.now();
  const isPlain = !terminal.json && !report;
  const status = createStatusLine(terminal);
  const width = Math.max(...checks.map(({ title }) => title.length));
  const results: CheckResult[] = [];
  status.show(terminal.style.dim("Checking …"));
  for await (const result of runChecks(checks, context)) {
    results.push(result);
    if (!isPlain) continue;
    status.clear();
    printResult(result, width, verbose, terminal);
    if (results.length < checks.length) status.show(terminal.style.dim("Checking …"));
  }
  status.clear();
  if (terminal.json) terminal.print(JSON.stringify({ ok: isHealthy(results), checks: results.map(toJson) }));
  else if (report) terminal.print(renderReport(results, context));
  else {
    printAdvice(results, terminal);
    terminal.print(`\n${summary(results, performance.now() - started)}`);
  }
  return results;
}

const toJson = ({ id, title, status, detail, advice, durationMs, facts }: CheckResult) => ({
  id,
  title,
  status,
  detail,
  advice,
  durationMs,
  facts,
});

const isHealthy = (results: readonly CheckResult[]) => results.every(({ status }) => status !== "fail");

function exitCode(results: readonly CheckResult[]): number {
  if (isHealthy(results)) return exitCodes.ok;
  return results.some(({ status, isRejected }) => status === "fail" && isRejected) ? exitCodes.authentication : exitCodes.failed;
}
