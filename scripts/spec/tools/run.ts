import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import ts from "typescript";
import { exitWithUsageError, readArguments } from "../../command-line.ts";

const { positionals: wanted } = readArguments(
  `
Usage: npm run spec:tools [-- <tool> ...]

Runs third-party tools on spec/openapi.yaml: swagger-parser, hey-api, orval and openapi-zod-client. Generated code is type-checked.
Exits with status 1 if a tool reports a problem. The tools are installed next to this script.
`,
  {},
  true,
);

const folder = fileURLToPath(new URL("./", import.meta.url));
const spec = fileURLToPath(new URL("../../../spec/openapi.yaml", import.meta.url));
const bin = (name: string) => join(folder, "node_modules", ".bin", name);

/** Runs a tool on the spec, given a folder for its output; returns its findings. */
type Tool = (output: string) => Promise<string[]>;

const tools: Readonly<Record<string, Tool>> = {
  "swagger-parser": async () => {
    const parser: { validate(file: string): Promise<unknown> } = createRequire(`${folder}package.json`)(
      "@apidevtools/swagger-parser",
    );
    await parser.validate(spec);
    return [];
  },
  "hey-api": async (output) => {
    await run("openapi-ts", ["--input", spec, "--output", output, "--plugins", "@hey-api/typescript", "--silent"], output);
    return compile(join(output, "types.gen.ts"));
  },
  orval: async (output) => {
    await run("orval", ["--input", spec, "--output", join(output, "client.ts"), "--client", "fetch"], output);
    return compile(join(output, "client.ts"));
  },
  "openapi-zod-client": async (output) => {
    const file = join(output, "schemas.ts");
    await run("openapi-zod-client", [spec, "--output", file, "--export-schemas"], output);
    return [...compile(file), ...unknownConstants(file)];
  },
};

for (const name of wanted)
  if (!(name in tools)) exitWithUsageError(`No tool ${name}; there are ${Object.keys(tools).join(", ")}`);
if (!process.env.SKIP_CI)
  execFileSync("npm", ["ci", "--ignore-scripts", "--silent", "--no-audit", "--no-fund", "--prefer-offline"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });

for (const [name, tool] of Object.entries(tools)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const output = mkdtempSync(join(folder, "output-"));
  const findings = await tool(output).catch((error: unknown) => [String(error)]);
  rmSync(output, { recursive: true });
  console.log(`${findings.length === 0 ? "ok   " : "FAIL "} ${name}`);
  for (const finding of findings) console.error(`  ${finding}`);
  if (findings.length > 0) process.exitCode = 1;
}

async function run(command: string, parameters: string[], cwd: string): Promise<void> {
  await promisify(execFile)(bin(command), parameters, { cwd, maxBuffer: 1e8, timeout: 300_000 });
}

/** The type errors in a file that a generator wrote. */
function compile(file: string): string[] {
  const program = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  });
  return ts.getPreEmitDiagnostics(program).map(({ messageText, file: source, start = 0 }) => {
    const line = source ? source.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `line ${line}: ${ts.flattenDiagnosticMessageText(messageText, " ").slice(0, 200)}`;
  });
}

/** A constant must stay one: if it became unknown, a union allows anything. */
function unknownConstants(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const roles = ["developer", "system", "user", "assistant", "tool"].filter((role) => !text.includes(`z.literal("${role}")`));
  return roles.map((role) => `the role ${role} is no literal`);
}
