import { type Dialect, frame } from "./dialect.ts";
import { openai, openaiError } from "./openai.ts";

const unfiltered = { filtered: false, severity: "safe" };
const filterResults = { hate: unfiltered, self_harm: unfiltered, sexual: unfiltered, violence: unfiltered };
const prompt_filter_results = [{ prompt_index: 0, content_filter_results: filterResults }];

/** OpenAI's models on Azure, and routers in front of them: the first chunk contains only the content filter's findings. */
export const azure: Dialect = {
  completion: (answer) => ({ ...openai.completion(answer), prompt_filter_results }),
  frames(answer) {
    const first = { choices: [], created: 0, id: "", model: "", object: "", prompt_filter_results };
    return [frame(first), ...openai.frames(answer)];
  },
  error: openaiError,
};
