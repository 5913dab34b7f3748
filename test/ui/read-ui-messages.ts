import type * as ai6 from "ai";

/** The last message that the AI SDK's transport reads from the stream at a URL, and its errors. */
export async function readUiMessages(
  ai: typeof ai6,
  url: string,
): Promise<{ message: ai6.UIMessage | undefined; errors: unknown[] }> {
  const transport = new ai.DefaultChatTransport({ api: url });
  const messages: ai6.UIMessage[] = [{ id: "u1", role: "user", parts: [{ type: "text", text: "Hi" }] }];
  const stream = await transport.sendMessages({
    trigger: "submit-message",
    chatId: "c1",
    messageId: undefined,
    messages,
    abortSignal: undefined,
  });
  const errors: unknown[] = [];
  let message: ai6.UIMessage | undefined;
  for await (const each of ai.readUIMessageStream({ stream, onError: (error) => errors.push(error) })) message = each;
  return { message, errors };
}
