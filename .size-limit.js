import { readdirSync, readFileSync } from "node:fs";

const dist = new URL("dist/", import.meta.url);
const imports = /\bfrom\s*"\.\/([^"]+)"|\bimport\s*"\.\/([^"]+)"|\bimport\(\s*"\.\/([^"]+)"\s*\)/g;

/** The files that a file of dist/ loads with itself, and those that it loads when it needs them. */
function importsOf(file) {
  const matches = [...readFileSync(new URL(file, dist), "utf8").matchAll(imports)];
  return {
    now: matches.flatMap(([, from, bare]) => from ?? bare ?? []),
    later: matches.flatMap(([, , , lazy]) => lazy ?? []),
  };
}

function reachable(file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const next of importsOf(file).now) reachable(next, seen);
  return seen;
}

const statics = reachable("index.js");
const lazies = new Set();
for (const queue = [...statics]; queue.length > 0; ) {
  for (const file of importsOf(queue.pop()).later) {
    if (statics.has(file) || lazies.has(file)) continue;
    lazies.add(file);
    queue.push(...reachable(file));
  }
}

const external = (files) => ["#validator", "@valibot/to-json-schema", "zod", ...[...files].map((file) => `./${file}`)];
const common = { gzip: true, path: "dist/index.js", ignore: external(lazies) };
/** Chunks carry a hash in their name. */
const nameOf = (file) => file.replace(/-[\w-]{8}\.js$/, "").replace(/\.js$/, "");

export default [
  { ...common, name: "createGateway: chat, stream, tools and errors", import: "{ createGateway }", limit: "65.5 kB" },
  {
    ...common,
    name: "createGateway with all that is loaded on first use, the validator apart",
    import: "{ createGateway }",
    ignore: external([]),
    limit: "88 kB",
  },
  { ...common, name: "createGatewayFetchClient alone", import: "{ createGatewayFetchClient }", limit: "4 kB" },
  // Each further entry alone: what it adds to the main one.
  ...Object.entries({ "ai-sdk": "4.5 kB", ui: "4.5 kB", otel: "3.5 kB", mcp: "2.5 kB", batch: "2.5 kB", queues: "1.5 kB" }).map(
    ([entry, limit]) => ({
      gzip: true,
      name: `cf-ai-gateway/${entry}`,
      path: `dist/${entry}.js`,
      ignore: external(["index.js"]).concat("@opentelemetry/api"),
      limit,
    }),
  ),
  {
    gzip: true,
    name: "readEventStream in a page",
    path: "dist/ui.js",
    import: "{ readEventStream }",
    ignore: external([]),
    limit: "2.5 kB",
  },
  ...[...lazies].map((file) => ({
    gzip: true,
    name: `later, when needed: ${nameOf(file)}`,
    path: `dist/${file}`,
    ignore: external([...statics, ...[...lazies].filter((other) => other !== file)]),
  })),
  ...readdirSync(dist)
    .filter((file) => /^validator-.*\.js$/.test(file))
    .map((file) => ({
      gzip: true,
      name: `later, with the first schema: ${nameOf(file)}${file.includes("interpreting") ? " (Workers, pages)" : ""}`,
      path: `dist/${file}`,
      limit: file.includes("interpreting") ? "9.5 kB" : "41.5 kB",
    })),
];
