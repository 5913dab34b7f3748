import type { ScriptedReply, ScriptRequest } from "cf-ai-gateway/testing";

/** Reads the scripted replies from the prompt: the nth turn of a conversation gets the nth reply, and later turns the last one. */
export function scriptOfPrompt({ body }: ScriptRequest): ScriptedReply {
  const messages = body.messages as { role: string; content: string }[];
  const prompt = messages.find(({ role }) => role === "user")?.content ?? "[]";
  const script = JSON.parse(prompt) as ScriptedReply[];
  const turn = messages.filter(({ role }) => role === "assistant").length;
  return script[Math.min(turn, script.length - 1)] ?? {};
}
