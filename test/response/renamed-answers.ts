/** Answers of a provider that changed its API: completions, and streams as arrays of chunks. */

/** The model's output, which no report of a difference may contain. */
export const secret = "nobody may read this";

const usage = { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 };
const message = { role: "assistant", content: secret };
const choice = { index: 0, message, finish_reason: "stop" };
const completion = { id: "1", object: "chat.completion", choices: [choice], usage };
const { choices: _, ...withoutChoices } = completion;

const whole = (changes: object) => ({ ...completion, choices: [{ ...choice, ...changes }] });
const call = { id: "c1", type: "function", function: { name: "look", arguments: JSON.stringify({ at: secret }) } };
const wholeCall = (changes: object) =>
  whole({ message: { role: "assistant", content: null, tool_calls: [{ ...call, ...changes }] }, finish_reason: "tool_calls" });

const chunk = (fields: object) => ({ id: "1", choices: [{ index: 0, finish_reason: null, ...fields }] });
const said = chunk({ delta: { content: secret } });
const end = chunk({ delta: {}, finish_reason: "stop" });
const callEnd = chunk({ delta: {}, finish_reason: "tool_calls" });
const callChunk = (changes: object) => chunk({ delta: { tool_calls: [{ index: 0, ...call, ...changes }] } });

export const fitting: readonly (readonly [name: string, body: unknown])[] = [
  ["a completion", completion],
  ["a completion with tool calls", wholeCall({})],
  ["a stream", [said, end, { id: "1", choices: [], usage }]],
  ["a stream of tool calls", [callChunk({}), callEnd]],
];

type Row = readonly [name: string, body: unknown, path: string, words: string];

const completions: readonly Row[] = [
  ["choices as options", { ...withoutChoices, options: [choice] }, "/choices", "is missing, beside the unknown field options"],
  ["choices as candidates", { candidates: [choice] }, "/choices", "is missing, beside the unknown field candidates"],
  ["choices that became one object", { ...withoutChoices, choices: choice }, "/choices", "must be array, got object"],
  ["choices that became null", { ...withoutChoices, choices: null, data: secret }, "/choices", "must be array, got null"],
  [
    "choices inside of result",
    { success: true, result: completion, errors: [] },
    "/choices",
    "is missing, beside the unknown fields",
  ],
  ["choices inside of data", { data: completion }, "/choices", "is missing, beside the unknown field data"],
  ["a list of completions", [completion], "/", "must be object, got array"],
  ["a string", secret, "/", "must be object, got string"],
  ["Anthropic's own message", { type: "message", content: [{ type: "text", text: secret }] }, "/choices", "is missing"],
  [
    "message as reply",
    whole({ message: undefined, reply: message }),
    "/choices/0/message",
    "is missing, beside the unknown field reply",
  ],
  ["message that became a string", whole({ message: secret }), "/choices/0/message", "must be object, got string"],
  ["content as text", whole({ message: { role: "assistant", text: secret } }), "/choices/0/message/content", "is missing"],
  [
    "content as text beside an empty one",
    whole({ message: { content: "", text: secret } }),
    "/choices/0/message/content",
    "is missing",
  ],
  [
    "tool_calls as calls",
    whole({ message: { content: null, calls: [call] }, finish_reason: "tool_calls" }),
    "/choices/0/message/tool_calls",
    "is missing",
  ],
  [
    "function as fn",
    wholeCall({ function: undefined, fn: call.function }),
    "/choices/0/message/tool_calls/0/function",
    "is missing",
  ],
  ["a call's id as call_id", wholeCall({ id: undefined, call_id: "c1" }), "/choices/0/message/tool_calls/0/id", "is missing"],
  [
    "name as tool",
    wholeCall({ function: { tool: "look", arguments: "{}" } }),
    "/choices/0/message/tool_calls/0/function/name",
    "is missing",
  ],
  [
    "arguments as input",
    wholeCall({ function: { name: "look", input: secret } }),
    "/choices/0/message/tool_calls/0/function/arguments",
    "is missing",
  ],
  ["finish_reason as stop_cause", whole({ finish_reason: null, stop_cause: "stop" }), "/choices/0/finish_reason", "is missing"],
  [
    "index as position",
    whole({ index: undefined, position: 0 }),
    "/choices/0/index",
    "is missing, beside the unknown field position",
  ],
  ["usage as token_usage", { ...completion, usage: undefined, token_usage: usage }, "/usage", "is missing"],
  ["all token counts", { ...completion, usage: { tokens_in: 3, tokens_out: 1 } }, "/usage/prompt_tokens", "is missing"],
  [
    "one token count",
    { ...completion, usage: { ...usage, completion_tokens: undefined, tokens_out: 1 } },
    "/usage/completion_tokens",
    "is missing, beside the unknown field tokens_out",
  ],
];

const streams: readonly Row[] = [
  ["choices as options", [{ id: "1", options: said.choices }], "/choices", "is missing, beside the unknown field options"],
  ["choices that became one object", [{ id: "1", choices: said.choices[0] }], "/choices", "must be array or null, got object"],
  ["choices inside of data", [{ data: said }, { data: end }], "/choices", "is missing, beside the unknown field data"],
  [
    "choices inside of data, behind empty ones",
    [{ choices: [], data: said }],
    "/choices",
    "is missing, beside the unknown field data",
  ],
  ["lists of chunks", [[said], [end]], "/", "must be object, got array"],
  ["strings", [secret], "/", "must be object, got string"],
  ["Anthropic's own events", [{ type: "content_block_delta", block: { text: secret } }], "/choices", "is missing"],
  [
    "delta as diff",
    [chunk({ diff: { content: secret } }), chunk({ diff: {}, finish_reason: "stop" })],
    "/choices/0/delta",
    "is missing",
  ],
  [
    "delta as diff, without any finish reason",
    [{ choices: [{ index: 0, diff: { content: secret } }] }],
    "/choices/0/delta",
    "is missing",
  ],
  ["delta that became a string", [chunk({ delta: secret }), end], "/choices/0/delta", "must be object or null, got string"],
  [
    "content as text",
    [chunk({ delta: { content: "" } }), chunk({ delta: { text: secret } }), end],
    "/choices/0/delta/content",
    "is missing",
  ],
  ["tool_calls as calls", [chunk({ delta: { calls: [call] } }), callEnd], "/choices/0/delta/tool_calls", "is missing"],
  [
    "function as fn",
    [callChunk({ function: undefined, fn: call.function }), callEnd],
    "/choices/0/delta/tool_calls/0/function",
    "is missing",
  ],
  [
    "arguments as input",
    [callChunk({ function: { name: "look", input: secret } }), callEnd],
    "/choices/0/delta/tool_calls/0/function/arguments",
    "is missing",
  ],
  ["finish_reason as stop_cause", [said, chunk({ delta: {}, stop_cause: "stop" })], "/choices/0/finish_reason", "is missing"],
  ["usage as token_usage", [said, end, { id: "1", choices: [], token_usage: usage }], "/usage", "is missing"],
  [
    "a token count",
    [said, end, { choices: [], usage: { prompt_tokens: 3, tokens_out: 1, total_tokens: 4 } }],
    "/usage/completion_tokens",
    "is missing",
  ],
];

interface RenamedAnswer {
  title: string;
  streaming: boolean;
  body: unknown;
  /** The expected path in the report. */
  path: string;
  /** The expected description of the difference. */
  words: string;
}

const toAnswer =
  (streaming: boolean) =>
  ([name, body, path, words]: Row): RenamedAnswer => ({
    title: `a ${streaming ? "stream" : "completion"} with ${name}`,
    streaming,
    body,
    path,
    words,
  });

export const renamedAnswers: readonly RenamedAnswer[] = [...completions.map(toAnswer(false)), ...streams.map(toAnswer(true))];
