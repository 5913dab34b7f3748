import type { ModelId } from "../../request/model-id.ts";
import type { Returnable } from "../../request/providers.ts";
import { lastUserIndex, type WireMessage } from "../read-messages.ts";
import type { ProviderMessages, ProviderProblem } from "./provider-messages.ts";

/** Returns the error for a conversation that the model's provider rejects. All providers check calls; the provider table has the other rules. */
export function checkConversation(
  messages: readonly WireMessage[],
  target: ModelId,
  errorMessages: ProviderMessages,
): ProviderProblem | undefined {
  const unpaired = checkPairs(messages, errorMessages);
  if (unpaired) return unpaired;
  for (const [at, message] of messages.entries()) {
    const problem = checkMessage(message, at, target, errorMessages);
    if (problem) return problem;
  }
  return checkSignatures(messages, target);
}

/** Each tool call must have a result right after its message, and each result must have its call. */
function checkPairs(messages: readonly WireMessage[], errorMessages: ProviderMessages): ProviderProblem | undefined {
  let open = new Set<string>();
  let calledAt = -1;
  for (const [at, message] of messages.entries()) {
    if (message.role === "tool") {
      const id = String(message.tool_call_id);
      if (!open.delete(id)) return errorMessages.orphanResult(id, at, String(messages[at - 1]?.role ?? "system"));
      continue;
    }
    if (open.size > 0) return errorMessages.unansweredCalls([...open], calledAt);
    open = new Set((message.role === "assistant" ? (message.tool_calls ?? []) : []).map(({ id }) => id));
    calledAt = at;
  }
  return open.size > 0 ? errorMessages.unansweredCalls([...open], calledAt) : undefined;
}

/** Fields of an assistant message that a provider accepts only if its row says so. */
const returnable: readonly Returnable[] = [
  ...(["reasoning_content", "reasoning", "reasoning_details", "extra_content"] as const),
  ...(["refusal", "audio", "images", "annotations"] as const),
];

function checkMessage(
  message: WireMessage,
  at: number,
  { row }: ModelId,
  errorMessages: ProviderMessages,
): ProviderProblem | undefined {
  const { accepts, unsupportedFields = [], callIds } = row;
  const unaccepted = returnable.filter((field) => accepts && !accepts.includes(field));
  const parts = Array.isArray(message.content) ? message.content : [];
  const isGiven = (field: string) =>
    [message, ...parts].some((holder) => holder?.[field] !== undefined && holder[field] !== null);
  const field = [...(message.role === "assistant" ? unaccepted : []), ...unsupportedFields].find(isGiven);
  if (field !== undefined) return errorMessages.messageField(field, at, message.role);
  const call = (message.tool_calls ?? []).find(({ id }) => callIds && !callIds.pattern.test(id));
  if (call) return errorMessages.callId(call.id, at);
  const hasMedia = parts.some((part) => part?.type === "image_url");
  if (message.role === "tool" && hasMedia && accepts && !accepts.includes("tool-media")) return errorMessages.toolMedia(at);
  return message.role === "assistant" && isEmpty(message) ? errorMessages.emptyAssistant?.(at) : undefined;
}

const isEmpty = ({ content, tool_calls }: WireMessage) =>
  !tool_calls?.length &&
  (content === undefined || content === null || content === "" || (Array.isArray(content) && content.length === 0));

/** Gemini 3 requires the signatures of the current turn's calls. */
function checkSignatures(messages: readonly WireMessage[], { row, name }: ModelId): ProviderProblem | undefined {
  if (!row.signedCalls?.test(name)) return undefined;
  const unsigned = messages.slice(lastUserIndex(messages) + 1).find(({ tool_calls, extra_content }) => {
    const holders = [{ extra_content }, ...(tool_calls ?? [])] as {
      extra_content?: { google?: { thought_signature?: string } };
    }[];
    return tool_calls?.length && !holders.some((holder) => holder.extra_content?.google?.thought_signature);
  });
  const call = unsigned?.tool_calls?.[0]?.function?.name;
  if (call === undefined) return undefined;
  return {
    message: `Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly, and missing thought_signature may lead to degraded model performance. Additional data, function call \`default_api:${call}\`, position 1.`,
  };
}
