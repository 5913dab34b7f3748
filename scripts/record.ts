/**
 * Records a fixture: runs a scenario of record-scenarios/ against the gateway that CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_GATEWAY_ID and
 * CLOUDFLARE_GATEWAY_TOKEN name, or without them against the local one, and writes its request, its answer byte for byte and meta.json
 * into test/fixtures, secrets redacted.
 *
 *     npm run record -- --case tool-call --provider groq --model llama-3.3-70b-versatile --stream
 *
 * --case       name of the fixture, and of the scenario unless --scenario says otherwise
 * --scenario   a scenario's name; where neither names one, `chat`
 * --provider   default openai
 * --model      default the scenario's, else gpt-4o-mini
 * --stream     ask for a stream
 * --options    further chat options, as JSON
 * --out        another folder
 */
import { access } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { startLocalGateway } from "../src/testing/index.ts";
import { type FixtureFiles, fixtureFolder, readFixtureFiles, writeFixture } from "./fixture-files.ts";
import { record } from "./fixture-recorder.ts";
import { readScenario, scenarioNames } from "./fixture-scenario.ts";

const { values } = parseArgs({
  options: {
    case: { type: "string" },
    scenario: { type: "string" },
    provider: { type: "string", default: "openai" },
    model: { type: "string" },
    stream: { type: "boolean", default: false },
    options: { type: "string", default: "{}" },
    out: { type: "string" },
  },
});

const names = await scenarioNames();
if (values.case === undefined) throw new Error(`--case is missing. There are scenarios ${names.join(", ")}.`);
const named = values.scenario ?? values.case.replace(/-stream$/, "");
const scenarioName = values.scenario !== undefined || names.includes(named) ? named : "chat";
const scenario = await readScenario(scenarioName);
const folder = values.out === undefined ? fixtureFolder : pathToFileURL(`${resolve(values.out)}/`);
const { CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_GATEWAY_ID, CLOUDFLARE_GATEWAY_TOKEN, CLOUDFLARE_API_TOKEN } = process.env;
const isReal = CLOUDFLARE_ACCOUNT_ID && CLOUDFLARE_GATEWAY_ID && CLOUDFLARE_GATEWAY_TOKEN;

await using local = isReal ? undefined : await startLocalGateway();
const account = isReal
  ? { accountId: CLOUDFLARE_ACCOUNT_ID, gatewayId: CLOUDFLARE_GATEWAY_ID, gatewayToken: CLOUDFLARE_GATEWAY_TOKEN }
  : { accountId: "local-account", gatewayId: "local-gateway", gatewayToken: "test-token" };

const stream = values.stream || scenario.stream === true;
const fixtures = await record(
  {
    case: await freeName(
      values.provider,
      values.stream && !scenario.stream && !/-stream$/.test(values.case) ? `${values.case}-stream` : values.case,
    ),
    scenario: scenarioName,
    stream,
    provider: values.provider,
    model: values.model ?? scenario.model ?? "gpt-4o-mini",
    options: JSON.parse(values.options) as Record<string, unknown>,
    target: isReal ? "cloudflare" : "local",
  },
  local ? { ...account, baseUrl: local.url } : account,
  {
    accountId: account.accountId,
    gatewayId: account.gatewayId,
    tokens: [account.gatewayToken, CLOUDFLARE_API_TOKEN ?? ""].filter(Boolean),
  },
);
for (const fixture of fixtures) for (const path of await writeFixture(fixture, folder)) console.log(path);
if (folder === fixtureFolder) console.log("Now name it in docs/provider-matrix.md.");

/** A fixture that was authored stays: a recording comes to stand beside it. */
async function freeName(provider: string, name: string): Promise<string> {
  const isThere = await access(folder).then(
    () => true,
    () => false,
  );
  const present: FixtureFiles[] = isThere ? await readFixtureFiles(folder) : [];
  const taken = present.find((fixture) => fixture.name === `${provider}/${name}`);
  return taken?.meta.provenance === "authored" ? `${name}-recorded` : name;
}
