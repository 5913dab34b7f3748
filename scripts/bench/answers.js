/** The answers that every client gets, made once. Shared by the server and by the checks that a client read them right. */

export const chunksPerStream = 2_000;
const bytesPerChunk = 200;
const contentPerChunk = "abcdefghijklmnop";

const usage = { prompt_tokens: 20, completion_tokens: 10, total_tokens: 30 };
const completion = (message, finish_reason) => ({
  id: "chatcmpl-bench-0123456789",
  object: "chat.completion",
  created: 1_760_000_000,
  model: "gpt-4o-mini-2024-07-18",
  choices: [{ index: 0, message: { role: "assistant", content: null, ...message }, finish_reason }],
  usage,
});

export const text = "The capital of France is Paris. ".repeat(12).trim();
export const chat = JSON.stringify(completion({ content: text }, "stop"));

export const output = {
  title: "Report",
  rows: Array.from({ length: 24 }, (_, index) => ({
    id: index,
    name: `Row number ${index}`,
    amount: index * 1.5,
    tags: ["a", "b"],
    open: index % 2 === 0,
  })),
};
export const outputSchema = {
  type: "object",
  properties: {
    title: { type: "string" },
    rows: {
      type: "array",
      items: {
        type: "object",
        properties: {
          id: { type: "integer" },
          name: { type: "string" },
          amount: { type: "number" },
          tags: { type: "array", items: { type: "string" } },
          open: { type: "boolean" },
        },
        required: ["id", "name", "amount", "tags", "open"],
        additionalProperties: false,
      },
    },
  },
  required: ["title", "rows"],
  additionalProperties: false,
};
export const structured = JSON.stringify(completion({ content: JSON.stringify(output) }, "stop"));

export const toolNames = ["weather", "time", "population"];
export const toolParameters = {
  type: "object",
  properties: { city: { type: "string" } },
  required: ["city"],
  additionalProperties: false,
};
export const runTool = (name, { city }) => ({ name, city, value: 42 });
/** Four turns that call all three tools, then the answer. */
export const loopTurns = 5;
export function loopAnswer(turn) {
  if (turn === loopTurns - 1) return chat;
  const tool_calls = toolNames.map((name, index) => ({
    id: `call_${turn}_${index}`,
    type: "function",
    function: { name, arguments: JSON.stringify({ city: "Paris" }) },
  }));
  return JSON.stringify(completion({ tool_calls }, "tool_calls"));
}

const event = (delta, finish_reason = null, more = {}) => {
  const chunk = {
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 1_760_000_000,
    model: "gpt-4o-mini",
    choices: [{ index: 0, delta, finish_reason }],
    ...more,
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
};
/** An event of exactly 200 bytes. */
const chunk = () => {
  const bare = event({ content: contentPerChunk }, null, { p: "" });
  return event({ content: contentPerChunk }, null, { p: "x".repeat(bytesPerChunk - bare.length) });
};
export const streamEvents = [
  event({ role: "assistant", content: "" }),
  ...Array(chunksPerStream).fill(chunk()),
  event({}, "stop"),
  `data: ${JSON.stringify({ id: "chatcmpl-1", object: "chat.completion.chunk", created: 1_760_000_000, model: "gpt-4o-mini", choices: [], usage })}\n\n`,
  "data: [DONE]\n\n",
];
export const streamedText = contentPerChunk.repeat(chunksPerStream);

/** Texts of any length, for the cases that look at growth. */
export const longText = (chunks) => [streamEvents[0], ...Array(chunks).fill(streamEvents[1]), ...streamEvents.slice(-3)].join("");
export const longArguments = (chunks) =>
  [
    event({
      role: "assistant",
      tool_calls: [{ index: 0, id: "call_1", type: "function", function: { name: "weather", arguments: '{"city":"' } }],
    }),
    ...Array(chunks).fill(event({ tool_calls: [{ index: 0, function: { arguments: "abcdefghij" } }] })),
    event({ tool_calls: [{ index: 0, function: { arguments: '"}' } }] }),
    event({}, "tool_calls"),
    "data: [DONE]\n\n",
  ].join("");
export const longOutput = (chunks) =>
  [
    event({ role: "assistant", content: '{"title":"t","rows":[' }),
    ...Array(chunks).fill(event({ content: '{"id":1,"name":"n","amount":1.5,"tags":["a"],"open":true},' })),
    event({ content: '{"id":1,"name":"n","amount":1.5,"tags":["a"],"open":true}]}' }),
    event({}, "stop"),
    "data: [DONE]\n\n",
  ].join("");
