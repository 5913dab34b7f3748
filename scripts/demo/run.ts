import { createGateway, type GatewayConfig } from "cf-ai-gateway";
import { startLocalGateway } from "cf-ai-gateway/testing";
import { readArguments } from "../command-line.ts";
import { chat, configuration, streaming, switchingProviders, usageTracking } from "./chatting.ts";
import { errors } from "./errors.ts";
import { cachedAnswer, fallback, gatewayMetadata } from "./gateway-features.ts";
import { demoScript } from "./script.ts";
import type { Section, Stage } from "./stage.ts";
import { structuredOutput } from "./structured-output.ts";
import { readTarget, type Target } from "./target.ts";
import { backgroundTasks, functionCalling } from "./tools.ts";

readArguments(`
Usage: npm run demo

Runs the main use cases end to end, section by section, on the built-in local gateway. With CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_GATEWAY_ID and
CLOUDFLARE_GATEWAY_TOKEN set, it talks to that gateway instead. These variables select the models:

  DEMO_PROVIDER, DEMO_MODEL   the model of most sections (openrouter, openai/gpt-4o-mini)
  DEMO_OTHER_MODELS           two more, full ids, comma-separated (anthropic/claude-sonnet-4-5,google-ai-studio/gemini-2.0-flash)
  DEMO_REASONING_MODEL        a reasoning model, full id (none)
  DEMO_BASE_URL               a proxy in front of the gateway (https://gateway.ai.cloudflare.com)
`);

const sections: Section[] = [
  configuration,
  chat,
  streaming,
  switchingProviders,
  functionCalling,
  backgroundTasks,
  structuredOutput,
  usageTracking,
  gatewayMetadata,
  cachedAnswer,
  fallback,
  errors,
];

const isTerminal = process.stdout.isTTY === true && !process.env.NO_COLOR;
const bold = (text: string) => (isTerminal ? `\u001b[1m${text}\u001b[0m` : text);
const dim = (text: string) => (isTerminal ? `\u001b[2m${text}\u001b[0m` : text);

// `npm run demo | head` closes the pipe.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

const target = readTarget(process.env);
if (target.kind === "unclear") {
  console.error(
    `${target.missing.join(" and ")} must be set as well, for ${target.present.join(" and ")} ${target.present.length > 1 ? "name" : "names"} a real gateway.`,
  );
  console.error("Set all three to use it, or none of them to use the built-in local gateway.");
  process.exitCode = 1;
} else {
  process.exitCode = await play(target);
}

/** Runs all sections, even if one fails; the exit code says whether all succeeded. */
async function play(target: Exclude<Target, { kind: "unclear" }>): Promise<number> {
  await using local = await startLocalGateway({ script: demoScript });
  const localConnection: GatewayConfig = {
    baseUrl: local.url,
    apiBaseUrl: local.apiUrl,
    accountId: "demo",
    gatewayId: "demo",
    gatewayToken: "test-token",
    apiToken: "test-token",
  };
  const real: GatewayConfig = target.kind === "real" && target.baseUrl ? { baseUrl: target.baseUrl } : {};
  const connection = target.kind === "real" ? real : localConnection;
  const standard = { provider: "openrouter", model: "openai/gpt-4o-mini" };
  const { DEMO_PROVIDER: provider, DEMO_MODEL: name } = process.env;
  const model = provider || name ? { provider: provider || undefined, model: name || undefined } : standard;
  const options = { temperature: 0.7, maxTokens: 500 };

  console.log(target.kind === "real" ? "Using the gateway of the CLOUDFLARE_* variables." : "Using the local gateway.");
  let stage: Stage;
  try {
    stage = {
      connection,
      gateway: createGateway({ ...connection, ...model, ...options }),
      otherModels: (process.env.DEMO_OTHER_MODELS || "anthropic/claude-sonnet-4-5,google-ai-studio/gemini-2.0-flash").split(","),
      reasoningModel: process.env.DEMO_REASONING_MODEL || (target.kind === "local" ? "deepseek/deepseek-reasoner" : undefined),
      local,
      localGateway: createGateway({ ...localConnection, ...standard, ...options }),
    };
  } catch (error) {
    console.error(getMessage(error));
    return 1;
  }

  const failed: string[] = [];
  for (const section of sections) {
    console.log(`\n${bold(`## ${section.title}`)}`);
    if (section.failsOnDemand && target.kind === "real") console.log(dim("(on the local gateway, which can fail on demand)"));
    try {
      await section.play(stage);
    } catch (error) {
      failed.push(section.title);
      console.error(`This section failed. ${getMessage(error)}`);
    }
  }
  if (failed.length > 0) console.error(`\n${failed.length} of ${sections.length} sections failed: ${failed.join(", ")}.`);
  else console.log(`\nAll ${sections.length} sections succeeded.`);
  return failed.length > 0 ? 1 : 0;
}

function getMessage(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
