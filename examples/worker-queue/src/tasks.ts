import { tool } from "cf-ai-gateway";

/** What the model may start without anybody waiting for it. */
export function createTasks(tickets: KVNamespace) {
  return {
    file_ticket: tool({
      description: "File a ticket for a person to look at. Call it when the question can't be answered from the handbook.",
      parameters: {
        type: "object",
        properties: { title: { type: "string" }, urgent: { type: "boolean" } },
        required: ["title", "urgent"],
        additionalProperties: false,
      },
      async execute({ title, urgent }, { toolCallId }) {
        // The same call writes the same key, however often the queue delivers it.
        await tickets.put(`ticket:${toolCallId}`, JSON.stringify({ title, urgent }));
      },
    }),
  };
}
