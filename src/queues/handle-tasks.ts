import { ConfigurationError, runTask, type SchemaIssue, type SchemaValidator, type Tool } from "../index.ts";
import { retryDelaySeconds } from "./retry-delay.ts";
import { readTaskMessage, type TaskMessage } from "./task-message.ts";

/** A message of Cloudflare's `MessageBatch`, as far as it is needed here. */
export interface QueueMessage {
  readonly id: string;
  readonly body: unknown;
  /** Counts the deliveries, this one included. */
  readonly attempts: number;
  ack(): void;
  retry(options?: { delaySeconds?: number }): void;
}

export interface QueueBatch {
  readonly messages: readonly QueueMessage[];
}

/** A message that no number of deliveries can turn into a task, unless the Worker changes. */
export interface DeadLetter {
  reason: "not-a-task" | "unknown-task" | "invalid-arguments";
  /** What is wrong with it, in words. */
  message: string;
  body: unknown;
  /** Of the queue's message. */
  id: string;
  attempts: number;
  /** What is wrong with the arguments. */
  issues?: SchemaIssue[];
}

export interface HandleTasksOptions {
  /** Seconds until the second delivery of a message that failed; doubled each time, at most twelve hours. @default 10 */
  retryDelay?: number | undefined;
  /**
   * Takes a dead letter over; when it is done the message is acknowledged, when it fails the message is delivered again. Without it a dead
   * letter is printed with `console.error` and delivered again until the queue's `max_retries` moves it to its `dead_letter_queue`: a
   * queue without one drops it then, so configure one.
   */
  onDeadLetter?: ((letter: DeadLetter) => void | Promise<void>) | undefined;
  /** Told of each failure of a task, before the message is delivered again. @default a line on `console.error` */
  onTaskError?: ((failure: TaskMessage & { error: unknown; attempts: number }) => void | Promise<void>) | undefined;
  /** Validates arguments under a JSON Schema. @default the package's own */
  validator?: SchemaValidator | undefined;
}

/**
 * The consumer of a queue that `queueDispatcher` fills: checks each message and its arguments, runs the task, and acknowledges the message
 * when the task has succeeded. The messages of a batch are handled side by side, and fail one by one: a failed task is delivered again
 * after a delay that doubles each time, and a message that is no task is a dead letter, never lost silently.
 *
 * A queue delivers at least once, so a task may run twice: make it idempotent, for example by `toolCallId`.
 *
 * ```ts
 * export default {
 *   queue: (batch) => handleTasks(batch, tasks),
 * };
 * ```
 *
 * @throws ConfigurationError when one of the tasks has no `execute`; the platform then delivers the whole batch again
 */
export async function handleTasks(
  batch: QueueBatch,
  tasks: Readonly<Record<string, Tool>>,
  options: HandleTasksOptions = {},
): Promise<void> {
  const unable = Object.keys(tasks).filter((name) => (tasks[name] as { execute?: unknown }).execute === undefined);
  if (unable.length > 0)
    throw new ConfigurationError(unable.map((name) => ({ option: `tasks.${name}`, message: "has no execute to run" })));
  await Promise.all(batch.messages.map((message) => handle(message, tasks, options)));
}

async function handle(message: QueueMessage, tasks: Readonly<Record<string, Tool>>, options: HandleTasksOptions): Promise<void> {
  const again = () => message.retry({ delaySeconds: retryDelaySeconds(message.attempts, options.retryDelay ?? 10) });
  const { id, body, attempts } = message;
  const bury = async (letter: Pick<DeadLetter, "reason" | "message" | "issues">) => {
    if (await buried({ ...letter, body, id, attempts }, options)) message.ack();
    else again();
  };

  const task = readTaskMessage(body);
  if (typeof task === "string") return bury({ reason: "not-a-task", message: `The message is no task: ${task}.` });
  const tool = Object.hasOwn(tasks, task.task) ? tasks[task.task] : undefined;
  if (!tool) {
    const known = Object.keys(tasks).join(", ") || "none";
    return bury({ reason: "unknown-task", message: `There is no task "${task.task}" here, only: ${known}.` });
  }
  try {
    const { issues } = await runTask(tool, task.args, { toolCallId: task.toolCallId, validator: options.validator });
    if (!issues) return message.ack();
    const complaints = issues.map(({ path, message }) => `${path || "/"} ${message}`).join("; ");
    return await bury({ reason: "invalid-arguments", message: `The arguments do not fit ${task.task}: ${complaints}`, issues });
  } catch (error) {
    await told(() => {
      if (options.onTaskError) return options.onTaskError({ ...task, error, attempts });
      console.error(`cf-ai-gateway: task "${task.task}" failed (delivery ${attempts}):`, error);
    });
    again();
  }
}

/** Whether somebody has taken the dead letter over. */
async function buried(letter: DeadLetter, { onDeadLetter }: HandleTasksOptions): Promise<boolean> {
  try {
    if (onDeadLetter) {
      await onDeadLetter(letter);
      return true;
    }
    console.error(`cf-ai-gateway: message ${letter.id} is a dead letter (delivery ${letter.attempts}): ${letter.message}`);
  } catch (error) {
    console.error(`cf-ai-gateway: onDeadLetter failed for message ${letter.id}:`, error);
  }
  return false;
}

/** A listener that throws must not keep the message from being delivered again. */
async function told(tell: () => void | Promise<void>): Promise<void> {
  try {
    await tell();
  } catch (error) {
    console.error("cf-ai-gateway: onTaskError threw:", error);
  }
}
