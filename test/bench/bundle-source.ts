import { fileURLToPath } from "node:url";
import { type BuildResult, build, type Plugin } from "esbuild";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Bundles the package's main entry from its sources, for Node. */
export const bundleSource = (outfile: string, plugins: Plugin[] = []): Promise<BuildResult> =>
  build({
    entryPoints: [`${root}src/index.ts`],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "es2022",
    alias: { "#validator": `${root}src/output/validator-ajv.ts` },
    external: ["@valibot/to-json-schema"],
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    plugins,
    logLevel: "error",
  });
