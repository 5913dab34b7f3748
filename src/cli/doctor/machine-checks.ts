import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { version } from "../../request/user-agent.ts";
import { type Check, type DoctorContext, type Finding, fail, ok, warn } from "./check.ts";

const variables: readonly [name: string, meaning: string][] = [
  ["CLOUDFLARE_ACCOUNT_ID", "account"],
  ["CLOUDFLARE_GATEWAY_ID", "gateway"],
  ["CLOUDFLARE_GATEWAY_TOKEN", "gateway token"],
  ["CLOUDFLARE_API_TOKEN", "API token"],
];

export const environmentCheck: Check = {
  id: "environment",
  title: "Environment",
  about: "ids and tokens are set and look correct",
  run({ problems, env, config }) {
    if (problems.length > 0) {
      const detail = problems.map(({ env, message }) => `${env} ${message.replace(/[:;] pass it or set \S+$/, "")}`).join("; ");
      return fail(detail, `Set ${problems.map(({ env }) => env).join(", ")}, as in the quick start of the README.`);
    }
    const mistake = findLikelyMistake(config.accountId, env);
    if (mistake) return mistake;
    const set = variables.flatMap(([name, meaning]) => (env[name] ? meaning : []));
    return ok(set.length > 0 ? `${set.join(", ")} set` : "nothing set, and nothing needed");
  },
};

/** Finds values that the client accepts but that are probably mistakes. */
function findLikelyMistake(accountId: string | undefined, env: DoctorContext["env"]): Finding | undefined {
  const token = env.CLOUDFLARE_GATEWAY_TOKEN ?? "";
  if (/^(sk-|xai-|gsk_|AIza)/.test(token))
    return warn(
      "CLOUDFLARE_GATEWAY_TOKEN looks like a provider's key",
      "Set the gateway's token there, and store the provider's key in the gateway (dashboard: AI Gateway > Provider Keys).",
    );
  if (/^["']|["']$/.test(token)) return warn("CLOUDFLARE_GATEWAY_TOKEN starts or ends with a quote", "Set it without quotes.");
  if (accountId !== undefined && !/^[0-9a-f]{32}$/.test(accountId))
    return warn(
      "The account id is not 32 hexadecimal digits, as Cloudflare's are",
      "Copy it from the dashboard's URL: https://dash.cloudflare.com/{account id}.",
    );
  return undefined;
}

export const nodeCheck: Check = {
  id: "node",
  title: "Node and fetch",
  about: "Node is 20.20 or newer and has fetch",
  run() {
    const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
    if (major < 20 || (major === 20 && minor < 20)) return fail(`Node ${process.versions.node}`, "Install Node 20.20 or newer.");
    if (typeof globalThis.fetch !== "function")
      return fail("there is no global fetch", "Remove --no-experimental-fetch from NODE_OPTIONS.");
    return ok(`Node ${process.versions.node}`);
  },
};

export const packagesCheck: Check = {
  id: "packages",
  title: "Installed copies",
  about: "one version of the package is installed",
  run({ directory }) {
    const installed = installedVersions(directory);
    const versions = [...new Set([...installed, version])];
    if (versions.length > 1)
      return warn(
        `this is ${version}, installed here ${installed.length === 1 ? "is" : "are"} ${installed.join(" and ")}`,
        "Install one version: npm ls cf-ai-gateway shows which package depends on another.",
      );
    return ok(installed.length === 0 ? `${version}, not installed in this folder` : version);
  },
};

/** Finds the versions in the `node_modules` of a folder, its parents, and the packages there. */
function installedVersions(directory: string): string[] {
  const found = new Set<string>();
  for (let at = directory; ; at = dirname(at)) {
    const modules = join(at, "node_modules");
    for (const holder of ["", ...packagesIn(modules).map((name) => join(name, "node_modules"))]) {
      const installed = versionIn(join(modules, holder, "cf-ai-gateway", "package.json"));
      if (installed !== undefined) found.add(installed);
    }
    if (dirname(at) === at) return [...found];
  }
}

function packagesIn(modules: string): string[] {
  const list = (folder: string): string[] => {
    try {
      return readdirSync(folder);
    } catch {
      return [];
    }
  };
  return list(modules).flatMap((name) =>
    name.startsWith("@") ? list(join(modules, name)).map((each) => join(name, each)) : name,
  );
}

function versionIn(path: string): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(path, "utf8")) as { version?: unknown };
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}

export const proxyCheck: Check = {
  id: "proxy",
  title: "Proxy variables",
  about: "no proxy is configured that Node's fetch would ignore",
  run({ env }) {
    const names = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"].flatMap((name) => [name, name.toLowerCase()]);
    const set = names.filter((name) => env[name]);
    if (set.length === 0) return ok("none set");
    const isUsed = env.NODE_USE_ENV_PROXY === "1" || /--use-env-proxy\b/.test(env.NODE_OPTIONS ?? "");
    if (isUsed && Number(process.versions.node.split(".")[0]) >= 24) return ok(`${set.join(", ")}, used by Node`);
    return warn(
      `${set.join(", ")} set, which Node's fetch ignores`,
      "If requests must use the proxy, set NODE_USE_ENV_PROXY=1 on Node 24 or newer, or pass your own fetch to createGateway.",
    );
  },
};

/** Node's fetch times out after this long, waiting for headers or between two pieces of a body. */
const nodeTimeoutMs = 300_000;

export const timeoutsCheck: Check = {
  id: "timeouts",
  title: "Time limits",
  about: "no time limit is longer than what Node's fetch allows",
  run({ config: { timeout } }) {
    if (!timeout) return ok("the defaults");
    const long = (["firstByte", "idle", "chunk"] as const).filter((name) => (timeout[name] ?? 0) > nodeTimeoutMs);
    if (long.length === 0) return ok("within the 300 s of Node's fetch");
    return warn(
      `${long.map((name) => `timeout.${name}`).join(" and ")} above 300 s, after which Node's fetch times out`,
      "Use stream(), so that long answers start early, or pass a fetch with longer limits to createGateway.",
    );
  },
};
