/** How to break the handling of one row of what providers really send. */
export interface QuirkMutant {
  row: number;
  /** Relative to the repository. */
  file: string;
  /** Stands in the file exactly once. */
  search: string;
  replacement: string;
}

const accumulator = "src/response/accumulator.ts";
const tracker = "src/response/tool-call-accumulator.ts";
const sse = "src/response/sse.ts";
const thinkTags = "src/response/think-tags.ts";
const finishReason = "src/response/finish-reason.ts";
const readAnswer = "src/response/read-response.ts";
const pieces = "src/response/body-reader.ts";
const runTurn = "src/chat/request-turn.ts";
const readTurn = "src/chat/interpret-answer.ts";
const executeTool = "src/tools/execute-tool.ts";
const leakedCall = "src/tools/tool-call-in-text.ts";
const buildRequest = "src/request/build-request.ts";
const providers = "src/request/providers.ts";
const readError = "src/errors/from-response.ts";
const strict = "src/output/strict-schema.ts";
const structuredOutput = "src/output/structured-output.ts";
const usage = "src/response/usage.ts";

const mutant = (row: number, file: string, search: string, replacement: string): QuirkMutant => ({
  row,
  file,
  search,
  replacement,
});

export const quirkMutants: readonly QuirkMutant[] = [
  // Without an index there is no last open call.
  mutant(1, tracker, "index === undefined ? this.#calls.at(-1) : this.#byIndex.get(index)", "this.#byIndex.get(index ?? 0)"),
  mutant(3, tracker, "!((id || name) && inThisDelta.has(call))", "true"),
  mutant(
    2,
    tracker,
    "if (id) return !open.givenId && (index !== undefined || !name || !open.name) ? open : undefined;",
    "if (id) return open;",
  ),
  mutant(3, tracker, "!id || usedIds.has(id)", "false"),
  mutant(3, tracker, "!id || usedIds.has(id)", "!id"),
  mutant(3, tracker, "return isOver(same, name, called?.arguments) ? undefined : same;", "return same;"),
  mutant(3, tracker, "index !== undefined && named.index !== undefined && named.index !== index", "false"),
  mutant(4, tracker, "saysNothing(delta)) continue;", 'saysNothing(delta) || delta.type !== "function") continue;'),
  mutant(5, tracker, "if (!last && !(call.name && call.givenId)) return;", "if (!last && !call.givenId) return;"),
  mutant(6, tracker, " || saysNothing(delta)) continue;", ") continue;"),
  mutant(7, tracker, "call.argsText = JSON.stringify(fragment);", "call.argsText = String(fragment);"),
  mutant(8, tracker, 'argsText.trim() === "" ? "{}" : argsText', "argsText"),
  mutant(
    8,
    executeTool,
    'args: argsText, background, malformed: error instanceof Error ? error.message : "not JSON" }',
    "args: {}, background }",
  ),
  mutant(9, finishReason, "row.runsTools && hasCalls ?", 'raw === "tool_calls" && hasCalls ?'),
  mutant(
    9,
    finishReason,
    "  tool_calls: done,\n",
    '  tool_calls: { reason: "tool-calls", runsTools: true } as FinishReasonRow,\n',
  ),
  mutant(10, finishReason, 'reason: "length", runsTools: false', 'reason: "length", runsTools: true'),
  mutant(10, finishReason, 'reason: "content-filter", runsTools: false', 'reason: "content-filter", runsTools: true'),
  mutant(11, tracker, "call.extraContent = delta.extra_content;", "void delta;"),
  mutant(11, accumulator, "if (extra_content !== undefined) replay.extra_content = extra_content;", ""),
  mutant(
    12,
    accumulator,
    "if (Array.isArray(value)) this.#takeCalls(value);",
    "if (Array.isArray(value) && !fields.content) this.#takeCalls(value);",
  ),
  mutant(13, readTurn, "forcedTool !== undefined && answer.calls.length === 0", "false && forcedTool !== undefined"),
  mutant(13, leakedCall, "const given = args ?? parameters;", "const given = args;"),
  mutant(
    14,
    tracker,
    "calls.map(({ id, name, argsText, extraContent }) => ({\n    id,\n    type",
    "calls.map(({ id, name, argsText, extraContent }, index) => ({\n    index,\n    id,\n    type",
  ),
  mutant(
    14,
    buildRequest,
    "return target.row.plainContent ? instructed.map(withPlainContent) : instructed;",
    "return instructed;",
  ),
  mutant(15, tracker, "return this.#calls.map(", "return [...this.#calls].sort((a, b) => (a.index ?? 0) - (b.index ?? 0)).map("),
  mutant(16, tracker, "call.argsText += fragment;", "call.argsText += fragment.trim();"),
  mutant(20, sse, 'if (data === "") return;', ""),
  mutant(20, pieces, "decoder.decode(value, { stream: true })", "decoder.decode(value)"),
  mutant(20, readAnswer, '(type.includes("json") || !streaming)', "true"),
  mutant(21, sse, 'parser.feed("\\n\\n");', ""),
  mutant(22, runTurn, "if (whole.rawFinishReason === undefined) {", "if (false) {"),
  mutant(22, readAnswer, "if (done) await pieces.drain(grace);", "if (done && answer.finished) await pieces.drain(grace);"),
  mutant(23, readAnswer, "else if (!answer.finished)", "else if (false)"),
  mutant(23, sse, 'ending && frame.kind === "malformed"', 'false && frame.kind === "malformed"'),
  mutant(24, readAnswer, "if (done || broken) return;", "if (broken) return;"),
  mutant(25, readAnswer, "return isBody || announcesBody(response, reading)", "return !reading.streaming"),
  mutant(25, readAnswer, "const isBody = /[[{<]/.test(await pieces.firstCharacter());", "const isBody = false;"),
  mutant(26, readAnswer, 'else if (frame.kind !== "cut") broken = frame;', 'else if (frame.kind === "error") broken = frame;'),
  mutant(26, sse, "onBareLine(error.line, onFrame);", "void error;"),
  mutant(27, sse, 'if (event === "error") return { kind: "error", value };', ""),
  mutant(27, sse, "if (error) return true;", 'if (error && typeof error === "object") return true;'),
  mutant(27, sse, "return Boolean(choiceError(choices));", "return false;"),
  mutant(27, readError, "if (!delivered) return embedded;", ""),
  mutant(
    28,
    accumulator,
    'return this.#text !== "" || this.#reasoning !== "" || (this.#tracker?.size ?? 0) > 0;',
    "return true;",
  ),
  mutant(
    30,
    accumulator,
    "this.#takeCompletion(chunk as Fields);",
    "if (Array.isArray(chunk.choices) && chunk.choices.length > 0) this.#takeCompletion(chunk as Fields);",
  ),
  mutant(
    31,
    accumulator,
    'if (field === "usage") this.#usage = value as CompletionUsage;',
    'if (field === "usage") this.#usage ??= value as CompletionUsage;',
  ),
  mutant(
    32,
    accumulator,
    'if (typeof value.usage === "object" && value.usage !== null) this.#usage = value.usage as CompletionUsage;',
    "",
  ),
  mutant(32, accumulator, 'value === null || value === undefined || value === "") continue;', "value === undefined) continue;"),
  mutant(33, accumulator, 'value === undefined || value === "") continue;', "value === undefined) continue;"),
  mutant(33, accumulator, 'if (typeof choice !== "object" || choice === null) continue;', ""),
  mutant(33, accumulator, "isWhole ? (message ?? choice.delta) : (choice.delta ?? message)", "choice.delta ?? message"),
  mutant(34, accumulator, "Array.isArray(content) && content.every(isPart)", "false"),
  mutant(35, accumulator, "else this.#takeContent(JSON.stringify(content));", "else this.#takeContent(String(content));"),
  mutant(35, accumulator, "Array.isArray(content) && content.every(isPart)", "Array.isArray(content)"),
  mutant(36, accumulator, 'if (typeof value === "string" && !fields.reasoning_content) this.#takeThinking(value);', ""),
  mutant(
    36,
    accumulator,
    "this.#takeDetails(value, !fields.reasoning_content && !fields.reasoning);",
    "this.#takeDetails(value, true);",
  ),
  mutant(36, thinkTags, 'const names = ["think", "thought"] as const;', 'const names = ["thinking"] as const;'),
  mutant(36, thinkTags, "if (!this.#begun) this.#held = this.#held.trimStart();", ""),
  mutant(37, finishReason, "  model_length: cut,\n", ""),
  mutant(37, finishReason, "  function_call: done,\n", ""),
  mutant(
    37,
    finishReason,
    'const failed: FinishReasonRow = { reason: "other"',
    'const failed: FinishReasonRow = { reason: "stop"',
  ),
  mutant(38, accumulator, 'if (typeof value === "string") this.#refusal += value;', ""),
  mutant(38, accumulator, "citations: this.#citations ?? nonEmpty(this.#message.annotations),", "citations: this.#citations,"),
  mutant(38, accumulator, "for (const entry of entries) this.#logprobs[field].push(entry);", "void entries;"),
  mutant(38, accumulator, 'const grows = field === "data" || field === "transcript";', "const grows = false;"),
  mutant(39, usage, "else if (cachedWithin > prompt) input += cachedWithin;", ""),
  mutant(39, usage, "usage.prompt_cache_hit_tokens,", ""),
  mutant(39, usage, "input += (cachedBeside || 0) + (writtenBeside || 0);", ""),
  mutant(39, usage, "leftOut ? completion + thinking : completion", "completion"),
  mutant(39, usage, "Number.isFinite(value) && (value as number) >= 0", "Number.isFinite(value)"),
  mutant(40, usage, "as number | undefined) ?? Number.NaN", "as number | undefined) ?? 0"),
  mutant(
    50,
    providers,
    'const sampling = ["temperature", "topP", "frequencyPenalty", "presencePenalty"];',
    "const sampling: string[] = [];",
  ),
  mutant(50, providers, '?? rules.find((rule) => rule.maxTokensField)?.maxTokensField ?? "max_tokens"', '?? "max_tokens"'),
  mutant(51, buildRequest, "body.stream_options = { include_usage: true };", "void body;"),
  mutant(51, runTurn, "/stream_options|include_usage/i", "/never/"),
  mutant(52, buildRequest, "if (request.tools.length > 0) {", "if (request.tools) {"),
  mutant(
    53,
    buildRequest,
    "const value = options[option as keyof typeof bodyFields];",
    "const value = options[option as keyof typeof bodyFields] ?? null;",
  ),
  mutant(54, strict, "required: closed.map(([key]) => key), additionalProperties: false", "required: closed.map(([key]) => key)"),
  mutant(54, strict, "return [key, nullable(strict)];", "return [key, strict];"),
  mutant(54, structuredOutput, "(strict()?.undo ?? rooted.unwrap)(parsed.value)", "rooted.unwrap(parsed.value)"),
  mutant(55, runTurn, "target.row.toolsWithOutput !== false);", "true);"),
];
