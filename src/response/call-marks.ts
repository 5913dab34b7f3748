/** The opening marks of models' own markup for tool calls. */
export const callMarks: readonly string[] = [
  "<tool_call>",
  "<|tool_calls_section_begin|>",
  "<｜DSML｜",
  "<｜tool▁calls▁begin｜>",
  "<minimax:tool_call>",
];
/** Marks of markup that is recognized but not read. */
const otherMarks = ["[TOOL_CALLS]", "<function_calls>", "<|python_tag|>", "<|channel|>commentary to=", "<|tool_call_begin|>"];

/** Whether the text contains a tool call in some model's own markup. */
export const holdsCallMarkup = (text: string): boolean => [...callMarks, ...otherMarks].some((mark) => text.includes(mark));
