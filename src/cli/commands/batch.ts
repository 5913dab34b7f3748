import { createGateway, type GatewayConfig } from "../../index.ts";
import { readOutput } from "../batch/output-file.ts";
import { type BatchPlan, planBatch } from "../batch/plan-batch.ts";
import { formatCount, summaryLines } from "../batch/progress.ts";
import type { InputFile } from "../batch/read-jobs.ts";
import { type BatchOutcome, runFileBatch } from "../batch/run-file-batch.ts";
import { readSchema } from "../chat/read-schema.ts";
import { defineCommand, type OptionSpecs } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { gatewayConfig, gatewayOptions } from "../gateway-options.ts";
import { reportError } from "../report-error.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

const options = {
  ...gatewayOptions,
  prompt: { type: "string", placeholder: "TEMPLATE", help: 'For CSV: "Translate: {{text}}"' },
  system: { type: "string", short: "s", placeholder: "TEMPLATE", help: "For CSV: the system message" },
  schema: { type: "string", placeholder: "FILE|JSON", help: "JSON Schema for every answer" },
  concurrency: { type: "string", placeholder: "N", help: "Concurrent requests. Default: 8" },
  "max-cost": { type: "string", placeholder: "DOLLARS", help: "Stop starting requests once responses report this cost" },
  "retry-failed": { type: "boolean", help: "Also run lines that failed before" },
  "dry-run": { type: "boolean", help: "Show what would run, without sending anything" },
} as const satisfies OptionSpecs;

export const batch = defineCommand({
  name: "batch",
  description:
    "Runs many chats from a file and appends a line for each answer. Run it again to resume: lines that succeeded are skipped.",
  positionals: [
    { name: "IN", help: "JSON lines ({id, prompt, …} or OpenAI's {custom_id, body}), or CSV" },
    { name: "OUT", help: "output file, with a JSON line for each answer" },
  ],
  options,
  examples: [
    "cf-ai-gateway batch questions.jsonl answers.jsonl -m openai/gpt-4o-mini --max-cost 5",
    'cf-ai-gateway batch reviews.csv out.jsonl -m openai/gpt-4o-mini --prompt "Sentiment of: {{review}}"',
    "cf-ai-gateway batch questions.jsonl answers.jsonl -m openai/gpt-4o-mini --retry-failed",
  ],
  async run({ values, positionals: [inputPath = "", output = ""] }, terminal) {
    const config = gatewayConfig(values, terminal.env);
    const gateway = createGateway(config);
    const schema = values.schema === undefined ? undefined : await readSchema(values.schema);
    const concurrency = readNumber("--concurrency", values.concurrency);
    const maxCost = readNumber("--max-cost", values["max-cost"]);
    const input: InputFile = {
      path: inputPath,
      prompt: values.prompt,
      system: values.system,
      defaults: { ...requestDefaults(config), ...(schema ? { output: schema } : {}) },
    };
    const isDryRun = values["dry-run"] ?? false;
    const recorded = await readOutput(output, { repair: !isDryRun });
    const plan = await planBatch(input, recorded, values["retry-failed"] ?? false);
    if (isDryRun) return printPlan(plan, terminal);
    if (plan.succeeded > 0 || plan.failed.size > 0) terminal.note(terminal.style.dim(resumeLine(plan)));
    const started = performance.now();
    const outcome = await runFileBatch({ gateway, input, output, plan, schema, concurrency, maxCost }, terminal);
    return report(plan, outcome, performance.now() - started, terminal);
  },
});

function readNumber(option: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  const isCount = option === "--concurrency";
  if (!(value > 0) || (isCount && !Number.isInteger(value)))
    throw new UsageError(`${option} must be ${isCount ? "an integer" : "a number"} above 0, got ${given}.`);
  return value;
}

/** The options that affect an answer, not those that select the gateway. */
function requestDefaults(config: GatewayConfig): Record<string, unknown> {
  const connection = ["accountId", "gatewayId", "gatewayToken", "apiToken", "endpoint", "baseUrl", "apiBaseUrl", "customDomain"];
  return Object.fromEntries(Object.entries(config).filter(([name]) => !connection.includes(name)));
}

const countEarlierFailures = ({ failed }: BatchPlan): number => [...failed.values()].reduce((sum, n) => sum + n, 0);

function resumeLine(plan: BatchPlan): string {
  const failed = countEarlierFailures(plan);
  const rest = failed > 0 ? `, ${failed} failed before (--retry-failed runs them again)` : "";
  return `Resuming: ${plan.succeeded} of ${plan.total} are done${rest}.`;
}

function printPlan(plan: BatchPlan, terminal: Terminal): number {
  const { total, pending, succeeded, first, estimatedTokens } = plan;
  const failed = countEarlierFailures(plan);
  const summary = { total, pending: pending.size, succeeded, failed, estimatedInputTokens: estimatedTokens };
  const firstRequest = first && { id: first.id, ...first.chat };
  if (terminal.json) terminal.print(JSON.stringify({ ...summary, first: firstRequest }));
  else {
    terminal.print(`${pending.size} of ${total} requests to send, about ${formatCount(estimatedTokens)} tokens of input.`);
    if (succeeded > 0 || failed > 0) terminal.print(resumeLine(plan));
    if (firstRequest) terminal.print(`The first:\n${JSON.stringify(firstRequest, undefined, 2)}`);
  }
  return exitCodes.ok;
}

function report(plan: BatchPlan, { tally, isInterrupted, error }: BatchOutcome, ms: number, terminal: Terminal): number {
  const failed = tally.failed + countEarlierFailures(plan);
  if (terminal.json && error === undefined) {
    const { done, tokens, cost, cacheHits, errors } = tally;
    const counts = {
      total: plan.total,
      skipped: plan.succeeded + countEarlierFailures(plan),
      answered: done - tally.failed,
      failed: tally.failed,
    };
    terminal.print(
      JSON.stringify({ ...counts, tokens, cost, cacheHits, errors: Object.fromEntries(errors), ms: Math.round(ms) }),
    );
  } else if (plan.pending.size === 0) terminal.note("Nothing is left to do.");
  else if (!terminal.json && (error === undefined || tally.done > 0))
    for (const line of summaryLines(tally, ms, terminal.style)) terminal.note(line);
  if (error !== undefined) return reportError(error, terminal);
  if (isInterrupted) return exitCodes.interrupted;
  return failed > 0 ? exitCodes.incomplete : exitCodes.ok;
}
