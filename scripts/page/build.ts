import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const source = fileURLToPath(new URL("../../src/cli/page/browser/", import.meta.url));

/** Builds the page of the local gateway as one document with inlined styles and script. The server replaces `__NONCE__` with a nonce. */
export async function buildPage(): Promise<string> {
  const [html, style, script] = await Promise.all([
    readFile(`${source}page.html`, "utf8"),
    minified("styles/index.css", "esnext"),
    minified("main.ts", "es2022"),
  ]);
  return html
    .replace(/>\s*\n\s*</g, "><")
    .replace("</style>", () => `${style}</style>`)
    .replace(/<\/script>(?![\s\S]*<\/script>)/, () => `${script}</script>`);
}

async function minified(file: string, target: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [source + file],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target,
    legalComments: "none",
    tsconfigRaw: {},
  });
  return (outputFiles[0]?.text ?? "").trim();
}
