import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { startLocalGateway } from "cf-ai-gateway/testing";
import { runCli } from "../../src/cli/run-cli.ts";
import { readArguments } from "../command-line.ts";
import { terminalSvg } from "./terminal-svg.ts";

readArguments(`
Usage: npm run docs:terminal

Runs CLI commands against a local gateway and renders their terminal output as docs/images/terminal.svg.
`);

await using local = await startLocalGateway({ storedKeys: { openai: ["default"], deepseek: ["default"] } });
local.when(
  { user: "strawberry" },
  { reasoning: "s-t-r-a-w-b-e-r-r-y: there is an r at 3, 8 and 9.", text: 'There are three r in "strawberry".' },
);

const folder = await mkdtemp(join(tmpdir(), "cf-ai-gateway-terminal-"));
const env = {
  CLOUDFLARE_GATEWAY_URL: local.url,
  CLOUDFLARE_ACCOUNT_ID: "0123456789abcdef0123456789abcdef",
  CLOUDFLARE_GATEWAY_ID: "production",
  CLOUDFLARE_GATEWAY_TOKEN: local.gatewayToken,
  XDG_STATE_HOME: folder,
};

let output = "";
const screen = () =>
  Object.assign(
    new Writable({
      decodeStrings: false,
      write(text, _encoding, callback) {
        output += String(text);
        callback();
      },
    }),
    { isTTY: true, columns: 110 },
  );

/** Shows the command as it is typed, and runs it; arguments that name files are shown without their folder. */
async function show(argv: string[]): Promise<void> {
  const quoted = argv.map((each) => (/[\s?]/.test(each) ? `"${each}"` : each.replace(`${folder}/`, "")));
  output += `\u001b[2m$\u001b[22m npx cf-ai-gateway ${quoted.join(" ")}\n`;
  const stdin = Object.assign(Readable.from([]), { isTTY: false });
  await runCli(argv, { stdin, stdout: screen(), stderr: screen(), env, onInterrupt: () => () => {} });
  output += "\n";
}

const questions = Array.from({ length: 400 }, (_, n) => ({
  id: `review-${n}`,
  prompt: `How does the customer feel? Review ${n}`,
}));
const input = join(folder, "reviews.jsonl");
await writeFile(input, questions.map((line) => `${JSON.stringify(line)}\n`).join(""));
try {
  await show(["doctor", "--provider", "openai", "--provider", "anthropic"]);
  await show(["chat", "-m", "deepseek/deepseek-reasoner", "How many r are in strawberry?"]);
  await show(["batch", input, join(folder, "answers.jsonl"), "-m", "openai/gpt-4o-mini"]);
} finally {
  await rm(folder, { recursive: true, force: true });
}
await writeFile(
  new URL("../../docs/images/terminal.svg", import.meta.url),
  terminalSvg(output, "doctor, chat and batch in a terminal"),
);
console.log("Wrote docs/images/terminal.svg.");
