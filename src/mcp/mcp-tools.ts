import { ConfigurationError, type Tool, type ToolContext, tool } from "../index.ts";
import { convertResult } from "./convert-result.ts";
import { providerNames } from "./tool-names.ts";

/** Which tools of a server to use, and under which names. */
export interface McpToolsOptions {
  /** Names of the server's tools to include. @default all of them */
  include?: readonly string[] | undefined;
  /** Prefix for each name, so that the tools of several servers don't collide. @default "" */
  prefix?: string | undefined;
  /**
   * Whether calls wait for `approvals`. `"destructive"`: only for tools that the server doesn't mark as read-only or non-destructive
   * (annotations are hints; trust them only if you trust the server). @default false
   */
  needsApproval?: boolean | "destructive" | undefined;
  /** Aborts listing the tools. */
  signal?: AbortSignal | undefined;
}

interface McpTool {
  name: string;
  description?: string;
  title?: string;
  inputSchema?: Record<string, unknown>;
  annotations?: { title?: string; readOnlyHint?: boolean; destructiveHint?: boolean };
}

interface RequestOptions {
  signal?: AbortSignal;
  onprogress?: (progress: unknown) => void;
}

/** The part of both SDKs' `Client` that is used here. */
interface McpClient {
  listTools(params?: { cursor?: string }, options?: RequestOptions): Promise<{ tools: McpTool[]; nextCursor?: string }>;
  callTool(params: { name: string; arguments: unknown }, ...options: unknown[]): Promise<unknown>;
}

/** Maximum number of pages, for a server whose list never ends. */
const maxPages = 100;

/**
 * Returns the tools of an MCP server as tools for a chat. `client` is a connected `Client` of `@modelcontextprotocol/sdk` 1 or
 * `@modelcontextprotocol/client` 2. Names are converted to ones that every provider accepts; schemas are sent as the server declares them,
 * and the server validates the arguments. Images and audio are sent to the model, `isError` is a tool error, the server's progress is a
 * `tool-progress` event, and aborting the chat cancels the call.
 *
 * The list is not updated: on `tools/list_changed`, call this again.
 *
 * ```ts
 * const tools = await mcpTools(client, { prefix: "files_", needsApproval: "destructive" });
 * await gateway.chat({ prompt, tools });
 * ```
 *
 * @throws ConfigurationError if `client` is not an MCP client, or `include` names a tool that the server doesn't have
 */
export async function mcpTools(client: object, options: McpToolsOptions = {}): Promise<Record<string, Tool>> {
  if (!isClient(client)) throw invalid("client", "must be a connected MCP client with listTools() and callTool()");
  validate(options);
  const { include, prefix = "", needsApproval = false, signal } = options;
  const all = await listAll(client, signal);
  const missing = include?.filter((name) => !all.some((each) => each.name === name)) ?? [];
  if (missing.length > 0) {
    const known = all.map(({ name }) => name).join(", ") || "none";
    throw invalid("include", `names ${missing.map((name) => `"${name}"`).join(", ")}, but the server has: ${known}`);
  }
  const offered = include ? all.filter(({ name }) => include.includes(name)) : all;
  const names = providerNames(
    offered.map(({ name }) => name),
    prefix,
  );
  return Object.fromEntries(offered.map((each, index) => [names[index], toTool(client, each, needsApproval)]));
}

const invalid = (option: string, message: string) => new ConfigurationError([{ option, message }]);

const isClient = (client: object): client is McpClient =>
  typeof client === "object" &&
  client !== null &&
  "listTools" in client &&
  "callTool" in client &&
  typeof client.listTools === "function" &&
  typeof client.callTool === "function";

type Check = (value: unknown) => string | undefined;

const checks: Record<keyof McpToolsOptions, Check> = {
  include: (value) =>
    Array.isArray(value) && value.every((name) => typeof name === "string") ? undefined : "must be an array of tool names",
  prefix: (value) =>
    typeof value === "string" && /^[a-zA-Z0-9_-]{0,32}$/.test(value) ? undefined : "must be at most 32 letters, digits, _ and -",
  needsApproval: (value) =>
    typeof value === "boolean" || value === "destructive" ? undefined : 'must be a boolean or "destructive"',
  signal: (value) => (typeof (value as AbortSignal | null)?.aborted === "boolean" ? undefined : "must be an AbortSignal"),
};

function validate(options: unknown): void {
  if (typeof options !== "object" || options === null) throw invalid("options", "must be an object");
  const names = Object.keys(checks).join(", ");
  const issues = Object.entries(options).flatMap(([option, value]) => {
    const check = Object.hasOwn(checks, option) ? checks[option as keyof McpToolsOptions] : undefined;
    if (check && value === undefined) return [];
    const message = check ? check(value) : `is not an option of mcpTools; the options are ${names}`;
    return message === undefined ? [] : [{ option, message }];
  });
  if (issues.length > 0) throw new ConfigurationError(issues);
}

/** SDK 1 returns one page at a time, SDK 2 all of them. */
async function listAll(client: McpClient, signal: AbortSignal | undefined): Promise<McpTool[]> {
  const tools: McpTool[] = [];
  const cursors = new Set<string>();
  for (let cursor: string | undefined; cursors.size < maxPages; ) {
    const listing = client.listTools(cursor === undefined ? {} : { cursor }, signal ? { signal } : {});
    const page = await (signal ? untilAborted(listing, signal) : listing);
    if (!Array.isArray(page?.tools)) throw invalid("client", "answered listTools() without tools; is it an MCP client?");
    tools.push(...page.tools);
    cursor = page.nextCursor;
    if (cursor === undefined) return tools;
    if (cursors.has(cursor)) break;
    cursors.add(cursor);
  }
  throw invalid("client", `lists its tools without end: ${tools.length} tools in ${cursors.size} pages`);
}

/** Rejects when the signal aborts, even if the client ignores it. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

function toTool(
  client: McpClient,
  { name, description, title, inputSchema, annotations }: McpTool,
  approval: boolean | "destructive",
): Tool {
  const { $schema: _, ...schema } = inputSchema ?? {};
  const isHarmless = annotations?.readOnlyHint === true || annotations?.destructiveHint === false;
  return tool({
    description: description ?? title ?? annotations?.title,
    parameters: { properties: {}, ...schema, type: "object" },
    validate: false,
    needsApproval: approval === "destructive" ? !isHarmless : approval,
    execute: async (args: unknown, context: ToolContext) => convertResult(await callTool(client, name, args, context)),
  });
}

function callTool(client: McpClient, name: string, args: unknown, { signal, progress }: ToolContext): Promise<unknown> {
  const params = { name, arguments: args };
  const options: RequestOptions = { signal, onprogress: progress };
  // SDK 1 takes the schema of the result before the options; its declared parameters end there.
  return client.callTool.length < 2 ? client.callTool(params, undefined, options) : client.callTool(params, options);
}
