import type { FixtureStore } from "./fixtures/fixture-store.ts";
import type { LocalGatewayOptions } from "./options.ts";
import type { ScriptRequest } from "./scripted-reply.ts";
import { matchRoute } from "./services/route.ts";
import { parseTarget } from "./services/target.ts";

/** A request, received by any server. */
export interface ReceivedRequest {
  method: string;
  /** Path and query. */
  path: string;
  headers: Headers;
  /** `""` without one. */
  body: string;
}

/** What all sessions share. */
export interface GatewaySetup {
  options: LocalGatewayOptions;
  fixtures: FixtureStore | undefined;
}

/** The request as scripts and conditions see it: with its body parsed if it is JSON, and its provider and model. */
export function readRequest({ method, path, headers, body: text }: ReceivedRequest): ScriptRequest {
  const route = matchRoute(getPathname(path), headers);
  const body = parse(text);
  const model = route?.kind === "chat" ? (body as { model?: unknown } | undefined)?.model : undefined;
  const target = route?.kind === "chat" && typeof model === "string" ? parseTarget(model, route.endpoint) : undefined;
  return { method, path, headers, body, ...target };
}

export const getPathname = (path: string): string => path.replace(/[?#].*$/s, "");

function parse(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
