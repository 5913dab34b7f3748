import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { installInto, pack } from "../package/pack.ts";

const here = fileURLToPath(new URL("./", import.meta.url));

/** Creates an empty project and installs the packed package, as users do. Returns its folder. */
export function installPacked(): string {
  const folder = mkdtempSync(join(tmpdir(), "cf-ai-gateway-runtimes-"));
  installInto(folder, join(folder, pack(folder).filename));
  return folder;
}

export interface Bundle {
  files: Map<string, string>;
  /** Files of ajv in the bundle. */
  ajv: string[];
}

/** Bundles each suite to a file that imports the installed package. */
export async function bundleSuite(project: string): Promise<void> {
  await build({
    entryPoints: [join(here, "suite.ts"), join(here, "page-suite.ts")],
    outdir: project,
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    external: ["cf-ai-gateway", "cf-ai-gateway/ui"],
    tsconfigRaw: {},
  });
}

/** Bundles a program with the package for a platform, selected by export conditions. */
export async function bundleFor(project: string, conditions: string[], program: string, splitting: boolean): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: project, sourcefile: "main.js" },
    outdir: "/",
    entryNames: "main",
    bundle: true,
    splitting,
    write: false,
    metafile: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2022",
    conditions,
    external: ["@valibot/to-json-schema", "zod"],
    logLevel: "error",
  });
  return {
    files: new Map(outputFiles.map(({ path, text }) => [path, text])),
    ajv: Object.keys(metafile.inputs).filter((path) => /node_modules\/ajv\/|validator-ajv/.test(path)),
  };
}

/** Bundles a program of this folder with the clients that it imports, as one file for a browser. */
export async function bundleClients(program: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: here, sourcefile: "clients.js" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    tsconfigRaw: {},
    logLevel: "error",
  });
  return outputFiles[0]?.text ?? "";
}
