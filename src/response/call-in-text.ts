import { isObject, type JsonObject, parseJson } from "./json.ts";

/** A call that a model wrote as text instead of making a tool call. */
export interface CallInText {
  name: string;
  argsText: string;
}

/** Calls that replace an answer's text. */
export interface FoundCalls {
  calls: readonly CallInText[];
  /** Whether it is the call of the one tool that the model had to call. */
  isForced: boolean;
  /** The text that they were found in. */
  text: string;
}

/**
 * Reads a forced call that the model wrote as JSON: its bare arguments, `{"name", "arguments"}`, `{"type", "name", "parameters"}`, or either
 * of them inside `function`. Undefined if the text is none of these.
 */
export function readForcedCall(text: string, forcedTool: string): CallInText | undefined {
  const value = parseObject(text);
  if (value === undefined) return undefined;
  const call = isObject(value.function) ? value.function : value;
  const args = call.arguments ?? call.parameters;
  if (call.name !== forcedTool || args === undefined) return { name: forcedTool, argsText: text };
  return { name: forcedTool, argsText: typeof args === "string" ? args : JSON.stringify(args) };
}

/**
 * Reads the calls of a text that consists only of complete calls in a model's own markup; undefined for any other text. Supports Hermes and
 * Qwen (`<tool_call>`), Kimi, DeepSeek (its tokens, and DSML) and MiniMax.
 */
export function readCallMarkup(text: string): CallInText[] | undefined {
  const trimmed = text.trim();
  for (const read of [readHermes, readKimi, readDeepSeek, readDsml, readMiniMax]) {
    const calls = read(trimmed);
    if (calls?.length) return calls;
  }
  return undefined;
}

function readHermes(text: string): CallInText[] | undefined {
  const blocks = splitBlocks(text, "<tool_call>", "</tool_call>");
  return readAll(blocks, (block) => {
    if (block.startsWith("<function=")) return readQwenXml(block);
    const value = parseObject(block);
    if (typeof value?.name !== "string") return undefined;
    return { name: value.name, argsText: toArgsText(value.arguments ?? value.parameters ?? {}) };
  });
}

/** `<function=name><parameter=city>Paris</parameter></function>`, as Qwen's coding models write it. */
function readQwenXml(block: string): CallInText | undefined {
  const name = /^<function=([^>\s]+)>/.exec(block);
  if (!name?.[1] || !block.endsWith("</function>")) return undefined;
  const inner = block.slice(name[0].length, -"</function>".length);
  const fields = readAll(splitBlocks(inner.trim(), "<parameter=", "</parameter>"), (parameter) => {
    const end = parameter.indexOf(">");
    return end < 1 ? undefined : ([parameter.slice(0, end), readLooseValue(trimNewline(parameter.slice(end + 1)))] as const);
  });
  return fields && { name: name[1], argsText: JSON.stringify(Object.fromEntries(fields)) };
}

function readKimi(text: string): CallInText[] | undefined {
  const section = unwrap(text, "<|tool_calls_section_begin|>", "<|tool_calls_section_end|>");
  if (section === undefined) return undefined;
  return readAll(splitBlocks(section, "<|tool_call_begin|>", "<|tool_call_end|>"), (block) => {
    const [id = "", args, ...others] = block.split("<|tool_call_argument_begin|>");
    const name = /^(?:functions\.)?(.+?)(?::\d+)?$/.exec(id.trim())?.[1];
    return name && args !== undefined && others.length === 0 ? { name, argsText: args.trim() } : undefined;
  });
}

function readDeepSeek(text: string): CallInText[] | undefined {
  const section = unwrap(text, "<｜tool▁calls▁begin｜>", "<｜tool▁calls▁end｜>");
  if (section === undefined) return undefined;
  return readAll(splitBlocks(section, "<｜tool▁call▁begin｜>", "<｜tool▁call▁end｜>"), (block) => {
    const [first = "", second, ...others] = block.split("<｜tool▁sep｜>");
    if (second === undefined || others.length > 0) return undefined;
    // Up to V3: `function<sep>name`, and the arguments in a code fence; since V3.1: `name<sep>arguments`.
    const fenced = /^([^\n]+)\n```json\n([\s\S]*)\n```$/.exec(second.trim());
    return fenced?.[1] && fenced[2] !== undefined
      ? { name: fenced[1].trim(), argsText: fenced[2] }
      : { name: first.trim(), argsText: second.trim() };
  });
}

function readDsml(text: string): CallInText[] | undefined {
  const section =
    unwrap(text, "<｜DSML｜function_calls>", "</｜DSML｜function_calls>") ??
    unwrap(text, "<｜DSML｜tool_calls>", "</｜DSML｜tool_calls>");
  return section === undefined ? undefined : readInvocations(section, "｜DSML｜");
}

function readMiniMax(text: string): CallInText[] | undefined {
  const section = unwrap(text, "<minimax:tool_call>", "</minimax:tool_call>");
  return section === undefined ? undefined : readInvocations(section, "");
}

/** `<invoke name="…"><parameter name="…">…</parameter></invoke>`, the tags with a prefix. */
function readInvocations(section: string, prefix: string): CallInText[] | undefined {
  return readAll(splitBlocks(section, `<${prefix}invoke `, `</${prefix}invoke>`), (block) => {
    const head = /^name="([^"]+)"\s*>/.exec(block);
    if (!head?.[1]) return undefined;
    const inner = block.slice(head[0].length).trim();
    const fields = readAll(splitBlocks(inner, `<${prefix}parameter `, `</${prefix}parameter>`), (parameter) => {
      const start = /^name="([^"]+)"(?:\s+string="(true|false)")?\s*>/.exec(parameter);
      if (!start?.[1]) return undefined;
      const value = parameter.slice(start[0].length);
      return [start[1], start[2] === "true" ? value : readLooseValue(value)] as const;
    });
    return fields && { name: head[1], argsText: JSON.stringify(Object.fromEntries(fields)) };
  });
}

/** The text between the marks, which must enclose the whole text. */
function unwrap(text: string, open: string, close: string): string | undefined {
  if (!text.startsWith(open) || !text.endsWith(close) || text.length < open.length + close.length) return undefined;
  return text.slice(open.length, -close.length).trim();
}

/** The contents of the blocks that make up the whole text, with nothing but white space between them. */
function splitBlocks(text: string, open: string, close: string): string[] | undefined {
  const blocks: string[] = [];
  for (let at = 0; at < text.length; ) {
    if (!text.startsWith(open, at)) return undefined;
    const end = text.indexOf(close, at + open.length);
    if (end < 0) return undefined;
    blocks.push(text.slice(at + open.length, end).trim());
    at = end + close.length;
    while (/\s/.test(text[at] ?? "")) at++;
  }
  return blocks;
}

/** Reads all blocks; undefined if one of them can't be read. */
function readAll<T>(blocks: readonly string[] | undefined, read: (block: string) => T | undefined): T[] | undefined {
  if (blocks === undefined) return undefined;
  const values: T[] = [];
  for (const block of blocks) {
    const value = read(block);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

const toArgsText = (args: unknown): string => (typeof args === "string" ? args : JSON.stringify(args));

const trimNewline = (text: string): string => text.replace(/^\n/, "").replace(/\n$/, "");

/** Parses JSON, or returns plain text. */
function readLooseValue(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value = parseJson(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
