/** One way back to each fault of the reference client: a fix undone. The texts stand in the sources exactly once. */
export interface Mutant {
  /** Number of the fault, and so of the test that must fail. */
  fault: number;
  file: string;
  fix: string;
  undone: string;
}

export const arshaiMutants: readonly Mutant[] = [
  {
    fault: 1,
    file: "src/chat/chat-loop.ts",
    fix: "    else standing.kept++;\n",
    undone: "    else if (turn.toolResults.some(({ isError, background }) => !isError && !background)) standing.kept++;\n",
  },
  {
    fault: 2,
    file: "src/tools/tool-message.ts",
    fix: '{ role: "tool", tool_call_id: toolCallId, content',
    undone: '{ role: "user", content',
  },
  {
    fault: 3,
    file: "src/chat/chat-loop.ts",
    fix: "addPartial(error, conversation, progress);\n    throw error;",
    undone: "return { text: String(error) } as never;\n    throw error;",
  },
  {
    fault: 4,
    file: "src/response/accumulator.ts",
    fix: 'this.#out.push({ type: "text-delta", text });',
    undone: 'this.#out.push({ type: "text-delta", text: this.#text });',
  },
  { fault: 5, file: "src/tools/run-concurrently.ts", fix: "running.size < concurrency", undone: "running.size < 1" },
  { fault: 6, file: "src/request/build-request.ts", fix: '  topP: "top_p",\n', undone: "" },
  {
    fault: 7,
    file: "src/tools/execute-tool.ts",
    fix: "args: argsText, background, malformed: ",
    undone: "args: {}, background, note: ",
  },
  {
    fault: 8,
    file: "src/response/accumulator.ts",
    fix: "this.#usage = value as CompletionUsage;\n      else if",
    undone:
      "this.#usage = { ...(value as CompletionUsage), prompt_tokens: (this.#usage?.prompt_tokens ?? 0) + ((value as CompletionUsage).prompt_tokens ?? 0) };\n      else if",
  },
  {
    fault: 9,
    file: "src/tools/describe-tools.ts",
    fix: "parameters: schema }",
    undone:
      'parameters: { type: "object", properties: Object.fromEntries(Object.keys((schema as { properties: object }).properties).map((key) => [key, { type: "string" }])) } }',
  },
  { fault: 10, file: "src/chat/check-output.ts", fix: "if (retries > 0)", undone: "if (retries > 99)" },
  { fault: 11, file: "src/response/finish-reason.ts", fix: "content_filter: filtered", undone: "content_filter: done" },
  {
    fault: 12,
    file: "src/chat/run-tool-calls.ts",
    fix: "const noTurnLeft = answerNow ||",
    undone: "const noTurnLeft = false &&",
  },
  { fault: 13, file: "src/tools/run-tool.ts", fix: "controller.abort(new Error(`it took", undone: "void (new Error(`it took" },
];
