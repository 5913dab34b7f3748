import type { ScriptedReply, ScriptRequest } from "cf-ai-gateway/testing";

/** Reads the suite's answers out of its prompt: the n-th turn of a conversation gets the n-th of them, the last one for good. */
export function scriptOfPrompt({ body }: ScriptRequest): ScriptedReply {
  const messages = body.messages as { role: string; content: string }[];
  const prompt = messages.find(({ role }) => role === "user")?.content ?? "[]";
  const script = JSON.parse(prompt) as ScriptedReply[];
  const turn = messages.filter(({ role }) => role === "assistant").length;
  return script[Math.min(turn, script.length - 1)] ?? {};
}
