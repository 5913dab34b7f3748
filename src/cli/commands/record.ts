import { createGateway, type GatewayConfig } from "../../index.ts";
import { defineCommand, type OptionSpecs } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { gatewayConfig, gatewayOptions } from "../gateway-options.ts";
import { cases, type RecordCase } from "../record/cases.ts";
import { type Recording, recordCase } from "../record/record-case.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

const options = {
  ...gatewayOptions,
  out: { type: "string", placeholder: "FOLDER", help: "Folder for the fixtures. Default: fixtures" },
  prompt: { type: "string", placeholder: "TEXT", help: "Record this prompt, under your own name" },
  stream: { type: "boolean", help: "Stream the answer to --prompt" },
} as const satisfies OptionSpecs;

const names = Object.keys(cases);

export const record = defineCommand({
  name: "record",
  description:
    "Records fixtures from a gateway, to test against real answers: the request, and the response byte for byte. Tokens, keys and ids are redacted; a response that still contains a secret is not written.",
  positionals: [{ name: "CASE…", help: `${names.join(", ")}, or your own name with --prompt` }],
  options,
  examples: [
    "cf-ai-gateway record chat tool-call-stream -m openai/gpt-4o-mini",
    'cf-ai-gateway record greeting --prompt "Say hello." --stream -m anthropic/claude-sonnet-4-5 --out test/fixtures',
  ],
  async run({ values, positionals }, terminal) {
    const chosen = chooseCases(positionals, values.prompt, values.stream ?? false);
    const config = gatewayConfig(values, terminal.env);
    const folder = values.out ?? "fixtures";
    const gateway = createGateway(config);
    if (!terminal.json) terminal.note(`Asking ${describeGateway(gateway.options)}.`);
    const recordings: Recording[] = [];
    for (const [name, each] of chosen) {
      const provider = getProvider(config);
      const target = each.model === undefined ? config : { ...config, provider, model: each.model };
      const recording = await recordCase(target, `${provider}/${name}`, each, folder);
      recordings.push(recording);
      if (!terminal.json) printRecording(recording, terminal);
    }
    if (terminal.json) terminal.print(JSON.stringify({ recordings }));
    return exitCodes.ok;
  },
});

function chooseCases(
  given: readonly string[],
  prompt: string | undefined,
  isStream: boolean,
): [name: string, each: RecordCase][] {
  if (prompt === undefined && isStream)
    throw new UsageError("--stream needs --prompt; the built-in streaming cases end in -stream.");
  if (prompt !== undefined) {
    const [name = "", ...others] = given;
    if (others.length > 0) throw new UsageError("--prompt records one case.");
    if (!/^[\w-]{1,64}$/.test(name))
      throw new UsageError(`${JSON.stringify(name)} must be letters, digits, _ and -: it names a file.`);
    return [[name, { about: "", options: { prompt }, ...(isStream ? { isStream } : {}) }]];
  }
  return given.map((name) => {
    const each = Object.hasOwn(cases, name) ? cases[name] : undefined;
    if (!each)
      throw new UsageError(
        `Unknown case ${JSON.stringify(name)}.`,
        `The cases are ${names.join(", ")}; --prompt records your own.`,
      );
    return [name, each];
  });
}

/** The folder of a model's fixtures. */
const getProvider = ({ provider, model = "" }: GatewayConfig): string =>
  (provider ?? model.split("/", 1)[0] ?? "").replace(/[^\w.-]/g, "-") || "gateway";

function describeGateway({ gatewayId, accountId, customDomain, baseUrl }: GatewayConfig): string {
  if (customDomain !== undefined) return `the gateway at ${customDomain}`;
  const place = baseUrl === undefined ? "" : ` at ${new URL(baseUrl).host}`;
  return `gateway ${gatewayId} of account ${accountId}${place}`;
}

function printRecording({ name, files, error }: Recording, { print, note, style }: Terminal): void {
  note(`${style.green("✔")} ${name}${error === undefined ? "" : style.dim(` (the response is an error: ${error})`)}`);
  for (const file of files) print(file);
}
