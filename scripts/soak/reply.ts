import type { ScriptedReply, ScriptRequest } from "cf-ai-gateway/testing";
import { errandOf, longText, plainText } from "./errand.ts";

interface WireMessage {
  role: string;
  content?: unknown;
}

/** What the gateway answers to each kind of errand. */
export function createScript(): (request: ScriptRequest) => ScriptedReply {
  /** Errands that have failed once, as they should, and are to succeed next time. */
  const failedOnce = new Set<string>();

  return ({ body }) => {
    const messages = body.messages as WireMessage[];
    const errand = errandOf(String(messages.find(({ role }) => role === "user")?.content));
    const { id, kind } = errand;
    const failFirst = (failure: ScriptedReply): ScriptedReply => {
      if (failedOnce.delete(id)) return { text: plainText(errand) };
      failedOnce.add(id);
      return failure;
    };
    switch (kind) {
      case "plain":
        return { text: plainText(errand) };
      case "long":
        return { text: longText(errand) };
      case "tools":
        return nextRound(id, messages);
      case "retried-status":
        return failFirst({ status: 503, headers: { "retry-after-ms": "5" }, body: '{"error":{"message":"Overloaded"}}' });
      case "retried-reset":
        return failFirst({ fault: "reset-before-headers" });
      case "refused":
        return { error: { status: 400 } };
      case "abort":
      case "leave":
        return { text: longText(errand), delayMs: 20 };
      case "reset":
        return { fault: "reset-mid-body" };
      case "truncated":
        return { fault: "truncate" };
      case "stall":
        return { fault: "stall", afterBytes: 10 };
      default:
        return { fault: kind };
    }
  };
}

/** Two calls and one in the background, then one more, then what they returned. */
function nextRound(id: string, messages: WireMessage[]): ScriptedReply {
  const results = messages.filter(({ role }) => role === "tool").map(({ content }) => String(content));
  const echo = (n: number) => ({ name: "echo", args: { id, n } });
  if (results.length === 0) return { toolCalls: [echo(1), { name: "note", args: { id } }, echo(2)] };
  if (results.length === 3) return { toolCalls: [echo(3)] };
  return { text: `Done: ${results.filter((result) => result !== "started").join(" ")}.` };
}
