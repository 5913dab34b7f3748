import { ConfigurationError } from "../errors/errors.ts";
import type { Awaitable } from "../options/chat-options.ts";
import { checkReplies } from "./check-replies.ts";
import { isDirectory } from "./fixtures/read-fixtures.ts";
import type { ScriptedReply, ScriptRequest } from "./scripted-reply.ts";

/** Options of the local gateway. */
export interface LocalGatewayOptions {
  /**
   * A directory of fixtures to replay. Without a `script`, the response to a request without a fixture is a 501 with the differences from the
   * nearest one. Needs a file system.
   */
  fixtures?: string | URL | undefined;
  /** Port on 127.0.0.1. @default 0, any free one */
  port?: number | undefined;
  /** The token that requests must carry: as gateway token on `compat`, as API token on `rest` and for logs. @default "test-token" */
  token?: string | undefined;
  /**
   * Replies in the order of the requests, followed by the built-in answer. Or a function that is called for each request that passes the
   * gateway's checks and has no reply from `reply`, `when` or a fixture; `n` counts these from 0.
   */
  script?: ScriptedReply[] | ((request: ScriptRequest, n: number) => Awaitable<ScriptedReply>) | undefined;
  /** How many chat requests a gateway id accepts within `windowMs` milliseconds; more get 429 with code 2003. @default no limit */
  rateLimit?: { requests: number; windowMs: number } | undefined;
  /**
   * The aliases of the stored keys of each provider. With `{ openai: ["default", "team-b"] }`, no other provider has a key.
   * @default every provider has a key with the alias "default"
   */
  storedKeys?: Record<string, string[]> | undefined;
  /** `true`: requests to providers without a stored key are billed through Cloudflare, unless a request forbids that. @default false */
  unifiedBilling?: boolean | undefined;
  /** The ids of the gateways that exist; requests to others are rejected with code 2001. @default every id exists */
  gateways?: string[] | undefined;
  /** `false`: Authenticated Gateway is disabled, and requests without a token are accepted. @default true */
  authenticated?: boolean | undefined;
  /** `false`: nothing is cached, even if a request asks for it. @default true */
  cache?: boolean | undefined;
  /** `false`: the account has no logs API, like newer Cloudflare accounts. @default true */
  logs?: boolean | undefined;
}

export const defaultToken = "test-token";

type Check = (value: unknown) => string | undefined;

const isPositive = (value: unknown) => typeof value === "number" && Number.isInteger(value) && value > 0;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const boolean: Check = (value) => (typeof value === "boolean" ? undefined : "must be true or false");

const checks: Record<keyof LocalGatewayOptions, Check> = {
  fixtures: (value) => (isDirectory(value) ? undefined : "must be a path or a file: URL"),
  port: (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 65_535
      ? undefined
      : "must be an integer between 0 and 65535",
  token: (value) => (typeof value === "string" && value !== "" ? undefined : "must be a non-empty string"),
  script: (value) => {
    if (typeof value === "function") return undefined;
    return Array.isArray(value) ? checkReplies(value) : "must be an array of replies or a function";
  },
  rateLimit: (value) =>
    isRecord(value) && isPositive(value.requests) && isPositive(value.windowMs)
      ? undefined
      : "must be { requests, windowMs }, two positive integers",
  storedKeys: (value) =>
    isRecord(value) && Object.values(value).every((aliases) => Array.isArray(aliases))
      ? undefined
      : 'must hold a list of aliases for each provider, as in { openai: ["default"] }',
  unifiedBilling: boolean,
  gateways: (value) =>
    Array.isArray(value) && value.every((id) => typeof id === "string") ? undefined : "must be a list of gateway ids",
  authenticated: boolean,
  cache: boolean,
  logs: boolean,
};

/** Throws a ConfigurationError that lists everything wrong with the options. */
export function checkLocalGatewayOptions(options: LocalGatewayOptions): void {
  if (!isRecord(options)) throw new ConfigurationError([{ option: "options", message: "must be an object" }]);
  const names = Object.keys(checks);
  const issues = Object.entries(options).flatMap(([option, value]) => {
    const check = Object.hasOwn(checks, option) ? checks[option as keyof LocalGatewayOptions] : undefined;
    const message = check
      ? value === undefined
        ? undefined
        : check(value)
      : `is not an option of the local gateway; the options are ${names.join(", ")}`;
    return message === undefined ? [] : [{ option, message }];
  });
  if (issues.length > 0) throw new ConfigurationError(issues);
}
