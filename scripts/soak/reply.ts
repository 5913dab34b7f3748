import type { ScriptedReply, ScriptRequest } from "cf-ai-gateway/testing";
import { longText, parseWorkload, plainText } from "./workload.ts";

interface WireMessage {
  role: string;
  content?: unknown;
}

/** The script of the local gateway: its reply to each kind of workload. */
export function createScript(): (request: ScriptRequest) => ScriptedReply {
  /** Workloads whose first attempt has failed as planned; the next one succeeds. */
  const failedOnce = new Set<string>();

  return ({ body }) => {
    const messages = body.messages as WireMessage[];
    const workload = parseWorkload(String(messages.find(({ role }) => role === "user")?.content));
    const { id, kind } = workload;
    const failFirst = (failure: ScriptedReply): ScriptedReply => {
      if (failedOnce.delete(id)) return { text: plainText(workload) };
      failedOnce.add(id);
      return failure;
    };
    switch (kind) {
      case "plain":
        return { text: plainText(workload) };
      case "long":
        return { text: longText(workload) };
      case "tools":
        return nextRound(id, messages);
      case "retried-status":
        return failFirst({ status: 503, headers: { "retry-after-ms": "5" }, body: '{"error":{"message":"Overloaded"}}' });
      case "retried-reset":
        return failFirst({ fault: "reset-before-headers" });
      case "rejected":
        return { error: { status: 400 } };
      case "slow-reader":
        return { text: longText(workload), chunks: { size: 15 } };
      case "hanging-hook":
        // A retry, a tool call and a second turn, so that each hook is reached.
        if (failedOnce.delete(id)) return { toolCalls: [{ name: "echo", args: {} }] };
        return failFirst({ status: 503, headers: { "retry-after-ms": "1" }, body: '{"error":{"message":"Overloaded"}}' });
      case "abort":
      case "leave":
        return { text: longText(workload), delayMs: 20 };
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

/** Two tool calls and a background task, then one more call, then text that quotes the results. */
function nextRound(id: string, messages: WireMessage[]): ScriptedReply {
  const results = messages.filter(({ role }) => role === "tool").map(({ content }) => String(content));
  const echo = (n: number) => ({ name: "echo", args: { id, n } });
  if (results.length === 0) return { toolCalls: [echo(1), { name: "note", args: { id } }, echo(2)] };
  if (results.length === 3) return { toolCalls: [echo(3)] };
  return { text: `Done: ${results.filter((result) => result !== "started").join(" ")}.` };
}
