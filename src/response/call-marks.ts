/** The marks with which a model's own notation for tool calls opens. */
export const callMarks: readonly string[] = [
  "<tool_call>",
  "<|tool_calls_section_begin|>",
  "<｜DSML｜",
  "<｜tool▁calls▁begin｜>",
  "<minimax:tool_call>",
];
/** Marks of notations that are recognised, but not read. */
const furtherMarks = ["[TOOL_CALLS]", "<function_calls>", "<|python_tag|>", "<|channel|>commentary to=", "<|tool_call_begin|>"];

/** Whether a tool call in some model's own notation stands in the text. */
export const holdsCallMarkup = (text: string): boolean => [...callMarks, ...furtherMarks].some((mark) => text.includes(mark));
