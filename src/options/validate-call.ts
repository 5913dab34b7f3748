import { backgroundTasksOf } from "../tools/background-tasks-of.ts";
import type { ChatOptions, TurnOverrides } from "./chat-options.ts";
import { checks } from "./validate-options.ts";
import { type OptionProblem, problemOf } from "./validators.ts";

/** What is wrong with a whole call, beyond its single options. */
export function checkCall(options: ChatOptions<unknown>): OptionProblem[] {
  const problems: OptionProblem[] = [];
  if ((options.prompt === undefined) === (options.messages === undefined)) {
    problems.push({
      option: "prompt",
      message:
        options.prompt === undefined
          ? "is missing: give prompt, or messages"
          : "and messages exclude each other: give one of them",
    });
  }
  const { tasks, dispatcher } = backgroundTasksOf(options);
  for (const [name, task] of Object.entries(tasks)) {
    if (!dispatcher && (task as { execute?: unknown }).execute === undefined)
      problems.push({
        option: `backgroundTasks.${name}`,
        message: "has no execute: give it one, or a dispatcher that hands it to where it is run",
      });
  }
  return [...problems, ...checkToolNames(options)];
}

/** What `prepareTurn` may return. */
const overridable: ReadonlySet<string> = new Set(["provider", "model", "messages", "tools", "toolChoice"]);

/** What is wrong with the changes that `prepareTurn` makes to a turn of a call. */
export function checkTurnOverrides(overrides: TurnOverrides, options: ChatOptions<unknown>): OptionProblem[] {
  const problems: OptionProblem[] = [];
  for (const [option, value] of Object.entries(overrides)) {
    if (value === undefined) continue;
    const message = overridable.has(option)
      ? checks[option]?.(value)
      : `is not for a single turn: prepareTurn may return ${[...overridable].join(", ")}`;
    if (message) problems.push(problemOf(`prepareTurn.${option}`, message));
  }
  if (problems.length > 0) return problems;
  const { tools = options.tools, toolChoice } = overrides;
  return checkToolNames({ tools, toolChoice, backgroundTasks: options.backgroundTasks });
}

/** Names that stand for two things, or for none. */
function checkToolNames(options: Pick<ChatOptions<unknown>, "tools" | "backgroundTasks" | "toolChoice">): OptionProblem[] {
  const problems: OptionProblem[] = [];
  const { tasks } = backgroundTasksOf(options);
  const offered = { ...options.tools, ...tasks };
  for (const name of Object.keys(options.tools ?? {})) {
    if (Object.hasOwn(tasks, name))
      problems.push({
        option: `backgroundTasks.${name}`,
        message: "is the name of a tool as well: a name may stand in one of the two only",
      });
  }
  if (typeof options.toolChoice === "object" && !Object.hasOwn(offered, options.toolChoice.tool)) {
    problems.push({
      option: "toolChoice",
      message: `names "${options.toolChoice.tool}", which is not among the tools (${Object.keys(offered).join(", ") || "none"})`,
    });
  }
  if (options.toolChoice === "required" && Object.keys(offered).length === 0) {
    problems.push({ option: "toolChoice", message: 'is "required", but there are no tools' });
  }
  return problems;
}
