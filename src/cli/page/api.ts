import { randomBytes } from "node:crypto";
import { GatewayError } from "../../index.ts";
import type { InProcessGateway, ScriptedReply } from "../../testing/index.ts";
import { describeEntry, summarizeEntry } from "./details.ts";
import { eventStream } from "./event-stream.ts";
import { createFixtureFiles } from "./fixture.ts";
import type { Journal, JournalEntry } from "./journal.ts";
import type { Fetch } from "./observe.ts";

export interface PageSetup {
  local: InProcessGateway;
  journal: Journal;
  /** Sends a request like a client of the gateway, so that it appears on the page. */
  send: Fetch;
  /** The page as one document. */
  html: string;
}

export interface PageRequest {
  method: string;
  pathname: string;
  body: string;
}

/** Serves the page at `/` and its API below `/_inspect`. Undefined if the path belongs to neither. */
export async function answerPage(request: PageRequest, setup: PageSetup): Promise<Response | undefined> {
  const { method, pathname } = request;
  if (pathname === "/" && method === "GET") return page(setup.html);
  if (!pathname.startsWith("/_inspect/")) return undefined;
  const { journal, local } = setup;
  const summary = (entry: JournalEntry) => summarizeEntry(entry, local.gatewayToken);
  const [, resource, id, action] = /^\/_inspect\/(\w+)(?:\/(\d+)(?:\/(\w+))?)?$/.exec(pathname) ?? [];
  switch (`${method} ${[resource, id && ":id", action].filter(Boolean).join("/")}`) {
    case "GET events":
      return eventStream(journal, summary);
    case "GET requests":
      return json({ requests: journal.entries().map(summary) });
    case "DELETE requests":
      journal.clear();
      return new Response(null, { status: 204 });
    case "POST replies":
      return queueReplies(request.body, local);
    case "GET requests/:id":
      return withEntry(journal, id, (entry) => json(describeEntry(entry, local.gatewayToken)));
    case "GET requests/:id/fixture":
      return withEntry(journal, id, async (entry) => json({ files: await createFixtureFiles(entry) }));
    case "POST requests/:id/replay":
      return withEntry(journal, id, (entry) => replay(entry, setup.send));
    default:
      return failure(404, `There is no ${method} ${pathname}.`);
  }
}

function page(html: string): Response {
  const nonce = randomBytes(16).toString("base64");
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
  return new Response(html.replaceAll("__NONCE__", nonce), {
    headers: { ...securityHeaders, "content-type": "text/html; charset=utf-8", "content-security-policy": policy },
  });
}

function queueReplies(body: string, local: InProcessGateway): Response {
  try {
    const replies: unknown = JSON.parse(body);
    local.reply(...((Array.isArray(replies) ? replies : [replies]) as ScriptedReply[]));
    return new Response(null, { status: 204 });
  } catch (error) {
    return failure(400, getMessage(error));
  }
}

async function withEntry(
  journal: Journal,
  id: string | undefined,
  answer: (entry: JournalEntry) => Response | Promise<Response>,
): Promise<Response> {
  const entry = journal.find(Number(id));
  if (!entry) return failure(404, "This request is not remembered any more.");
  try {
    return await answer(entry);
  } catch (error) {
    return failure(409, getMessage(error));
  }
}

/** Sends the request again with the same headers. The response appears on the page. */
async function replay({ exchange, request }: JournalEntry, send: Fetch): Promise<Response> {
  const { url, headers, body } = request;
  void send(url, { method: exchange.method, headers, ...(body === "" ? {} : { body }) })
    .then((response) => response.arrayBuffer())
    // The fault was requested, and is shown on the page.
    .catch(() => undefined);
  return new Response(null, { status: 202 });
}

const getMessage = (error: unknown): string => {
  if (GatewayError.is(error) && "issues" in error && Array.isArray(error.issues))
    return error.issues.map(({ option, message }: { option: string; message: string }) => `${option} ${message}`).join("\n");
  return error instanceof Error ? error.message : String(error);
};

const securityHeaders = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
};

const json = (value: unknown, status = 200) => Response.json(value, { status, headers: securityHeaders });

export const failure = (status: number, message: string): Response => json({ error: { message } }, status);
