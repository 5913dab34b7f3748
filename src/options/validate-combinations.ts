import { getBackgroundTasks } from "./background-tasks-option.ts";
import type { ChatOptions, TurnOverrides } from "./chat-options.ts";
import { runCheck } from "./run-check.ts";
import { checks, modelOptionNames } from "./validate-options.ts";
import { describe, isObject, type OptionProblem, plainObject, toOptionProblem } from "./validators.ts";

/** Checks options in combination; `checks` covers each option alone. */
export function checkCombinations(options: ChatOptions<unknown>): OptionProblem[] {
  const problems: OptionProblem[] = [];
  if (options.prompt === undefined && options.messages === undefined)
    problems.push({ option: "prompt", message: "is missing: pass prompt or messages" });
  if (options.prompt !== undefined && options.messages !== undefined)
    problems.push({ option: "prompt", message: "and messages are mutually exclusive; pass one of them" });
  if (options.backgroundTasks !== undefined) problems.push(...runCheck("backgroundTasks", () => checkBackgroundTasks(options)));
  if (options.tools !== undefined || options.backgroundTasks !== undefined || options.toolChoice !== undefined)
    problems.push(...runCheck("tools", () => checkToolNames(options)));
  return problems;
}

function checkBackgroundTasks(options: ChatOptions<unknown>): OptionProblem[] {
  const problems: OptionProblem[] = [];
  const { tasks, dispatcher } = getBackgroundTasks(options);
  for (const [name, task] of Object.entries<unknown>(tasks)) {
    if (!isObject(task)) continue;
    const option = `backgroundTasks.${name}`;
    if (!dispatcher && task.execute === undefined)
      problems.push({ option, message: "has no execute function; add one or pass a dispatcher" });
    if (task.needsApproval !== undefined && task.needsApproval !== false)
      problems.push({ option, message: "must not set needsApproval: a background task can't wait for it; use tools instead" });
  }
  return problems;
}

/** The options that `prepareTurn` may return. */
const listOverridable = (): readonly string[] => [
  ...(["provider", "model"] satisfies (keyof TurnOverrides)[]),
  ...modelOptionNames,
  ...(["extraBody", "messages", "tools", "providerTools", "toolChoice"] satisfies (keyof TurnOverrides)[]),
];

/** Checks the overrides that `prepareTurn` returned. */
export function checkTurnOverrides(overrides: TurnOverrides, options: ChatOptions<unknown>): OptionProblem[] {
  const problems = runCheck("prepareTurn", () =>
    plainObject(overrides)
      ? [{ option: "prepareTurn", message: `must return nothing or an object of overrides, got ${describe(overrides)}` }]
      : Object.keys(overrides).flatMap((option) => checkOverride(overrides, option)),
  );
  return problems.length > 0 ? problems : runCheck("prepareTurn", () => checkToolNames({ ...options, ...overrides }));
}

function checkOverride(overrides: TurnOverrides, option: string): OptionProblem[] {
  const name = `prepareTurn.${option}`;
  return runCheck(name, () => {
    const value: unknown = Reflect.get(overrides, option);
    if (value === undefined) return [];
    const overridable = listOverridable();
    if (!overridable.includes(option))
      return [{ option: name, message: `can't change per turn; prepareTurn may return ${overridable.join(", ")}` }];
    const problem = checks[option]?.(value);
    return problem ? [toOptionProblem(name, problem)] : [];
  });
}

type Tools = Pick<ChatOptions<unknown>, "tools" | "providerTools" | "backgroundTasks" | "toolChoice">;

/** Finds tool names that are used twice, and a tool choice without its tool. */
function checkToolNames(options: Tools): OptionProblem[] {
  const problems: OptionProblem[] = [];
  const { tasks } = getBackgroundTasks(options);
  const offered = { ...options.tools, ...tasks };
  for (const name of Object.keys(options.tools ?? {})) {
    if (Object.hasOwn(tasks ?? {}, name))
      problems.push({
        option: `backgroundTasks.${name}`,
        message: "is also defined in tools; names must be unique across tools and backgroundTasks",
      });
  }
  const { toolChoice } = options;
  if (isObject(toolChoice) && !Object.hasOwn(offered, toolChoice.tool)) {
    const names = Object.keys(offered).join(", ") || "none";
    problems.push({ option: "toolChoice", message: `names "${toolChoice.tool}", which is not among the tools (${names})` });
  }
  if (toolChoice === "required" && Object.keys(offered).length === 0 && !options.providerTools?.length)
    problems.push({ option: "toolChoice", message: 'is "required", but there are no tools' });
  return problems;
}
