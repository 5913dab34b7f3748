import type { ExchangeDetails, FixtureFile } from "../exchange.ts";

/** Headers that curl or the connection adds. */
const automatic = /^(host|connection|content-length|accept-encoding|accept-language|sec-.*|user-agent)$/;

/** Shell variables for the redacted values. */
const variables: Readonly<Record<string, string>> = {
  authorization: "CLOUDFLARE_API_TOKEN",
  "cf-aig-authorization": "CLOUDFLARE_GATEWAY_TOKEN",
};

/** A command that sends the same request. Tokens are shell variables. */
export function toCurl({ method, path, isStream, request }: ExchangeDetails, origin: string): string {
  const headers = request.headers.filter(([name]) => !automatic.test(name));
  return [
    `curl ${isStream ? "-N " : ""}${method === "POST" ? "" : `-X ${method} `}${quote(origin + path)}`,
    ...headers.map((header) => `-H ${headerArgument(header)}`),
    ...(request.body === "" ? [] : [`--data-binary ${quote(request.body)}`]),
  ].join(" \\\n  ");
}

function headerArgument([name, value]: [name: string, value: string]): string {
  if (!value.includes("[redacted]")) return quote(`${name}: ${value}`);
  const variable = variables[name] ?? name.toUpperCase().replace(/[^A-Z0-9]/g, "_");
  return `"${name}: ${value.replace("[redacted]", `$${variable}`).replace(/["`\\]/g, "\\$&")}"`;
}

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** A shell script that writes the files of a fixture. */
export function toFixtureScript(files: readonly FixtureFile[]): string {
  const folders = [...new Set(files.map(({ name }) => `fixtures/${name}`.replace(/\/[^/]*$/, "")))];
  const write = ({ name, text }: FixtureFile) =>
    `cat > ${quote(`fixtures/${name}`)} <<'END_OF_FIXTURE'\n${text.endsWith("\n") ? text : `${text}\n`}END_OF_FIXTURE`;
  return [...folders.map((folder) => `mkdir -p ${quote(folder)}`), ...files.map(write), ""].join("\n");
}

/** A scripted reply that reproduces the response. */
export function toReply({ status = 200, state, response, reading }: ExchangeDetails): object {
  if (!response) return { fault: state === "cancelled" ? "stall" : "reset-before-headers" };
  if (state === "failed") return { fault: "reset-mid-body", afterBytes: response.bytes };
  const body = response.chunks.map(({ text }) => text).join("");
  if (!reading || reading.error) return errorReply(status, response.headers, body);
  const { text, reasoning, toolCalls, finishReason } = reading;
  const usual = toolCalls.length > 0 ? /^(tool-calls|tool_calls|tool_use)$/ : /^(stop|end_turn)$/i;
  return {
    ...(text === "" && toolCalls.length > 0 ? {} : { text }),
    ...(reasoning ? { reasoning } : {}),
    ...(toolCalls.length > 0 ? { toolCalls: toolCalls.map(({ name, argsText }) => ({ name, args: parsed(argsText) })) } : {}),
    ...(finishReason === undefined || usual.test(finishReason) ? {} : { finishReason }),
  };
}

/** The gateway's code if there is one, else the provider's body, or the exact response if it is not JSON. */
function errorReply(status: number, headers: readonly [string, string][], body: string): object {
  const kept = headers.filter(([name]) => /^(content-type|retry-after)$/.test(name));
  const content = parsed(body) as { error?: unknown; errors?: unknown } | string | null;
  if (status < 400 || kept.some(([name]) => name === "retry-after") || typeof content !== "object" || content === null)
    return { status, headers: Object.fromEntries(kept), body };
  const [problem] = [content.error, content.errors].flat() as [{ code?: unknown } | undefined];
  const isGateways = "success" in content && typeof problem?.code === "number";
  return { error: isGateways ? { gatewayCode: problem.code } : { status, body: content } };
}

/** Malformed arguments stay a string, which is sent unchanged. */
function parsed(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "string" ? json : value;
  } catch {
    return json;
  }
}

export const toReplySource = (reply: unknown): string =>
  `local.reply(${(Array.isArray(reply) ? reply : [reply]).map((each) => toSource(each)).join(", ")});`;

/** A value as TypeScript, on one line if it fits. */
function toSource(value: unknown, indent = ""): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const entries = Array.isArray(value)
    ? value.map((each) => toSource(each, inner))
    : Object.entries(value).map(([name, each]) => `${toKey(name)}: ${toSource(each, inner)}`);
  const [open, close, pad] = Array.isArray(value) ? ["[", "]", ""] : ["{", "}", entries.length > 0 ? " " : ""];
  const line = `${open}${pad}${entries.join(", ")}${pad}${close}`;
  if (line.length + indent.length <= 90 && !line.includes("\n")) return line;
  return `${open}\n${entries.map((entry) => `${inner}${entry},\n`).join("")}${indent}${close}`;
}

const toKey = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
