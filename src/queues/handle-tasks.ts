import { ConfigurationError, runTask, type SchemaIssue, type SchemaValidator, type Tool } from "../index.ts";
import { retryDelaySeconds } from "./retry-delay.ts";
import { readTaskMessage, type TaskMessage } from "./task-message.ts";

/** The part of a message in Cloudflare's `MessageBatch` that is used here. */
export interface QueueMessage {
  /** The queue's own id of the message. */
  readonly id: string;
  /** What was put into the queue. */
  readonly body: unknown;
  /** Number of deliveries, including this one. */
  readonly attempts: number;
  /** Removes the message from the queue. */
  ack(): void;
  /** Delivers it again, after a delay. */
  retry(options?: { delaySeconds?: number }): void;
}

/** The part of Cloudflare's `MessageBatch` that is used here. */
export interface QueueBatch {
  /** The messages, each handled on its own. */
  readonly messages: readonly QueueMessage[];
}

/** A message that can't be run as a task however often it is delivered, unless the Worker changes. */
export interface DeadLetter {
  /** Why it can't be run. */
  reason: "not-a-task" | "unknown-task" | "invalid-arguments";
  /** What is wrong with it, in words. */
  message: string;
  /** What the message held. */
  body: unknown;
  /** The id of the queue's message. */
  id: string;
  /** Number of deliveries so far. */
  attempts: number;
  /** What is wrong with the arguments. */
  issues?: SchemaIssue[];
}

/** What to do when a task fails. */
export interface HandleTasksOptions {
  /** Seconds until the second delivery of a failed message; doubled each time, at most twelve hours. @default 10 */
  retryDelay?: number | undefined;
  /**
   * Takes over a dead letter. When it resolves, the message is acknowledged; when it fails, the message is delivered again. Without it, a
   * dead letter is printed with `console.error` and delivered again until the queue's `max_retries` moves it to the `dead_letter_queue`. A
   * queue without one drops it then, so configure one.
   */
  onDeadLetter?: ((letter: DeadLetter) => void | Promise<void>) | undefined;
  /** Called for each failure of a task, before the message is delivered again. @default a line on `console.error` */
  onTaskError?: ((failure: TaskMessage & { error: unknown; attempts: number }) => void | Promise<void>) | undefined;
  /** Validates arguments against a JSON Schema. @default the package's own */
  validator?: SchemaValidator | undefined;
}

/**
 * The consumer of a queue that `queueDispatcher` fills: validates each message and its arguments, runs the task, and acknowledges the message
 * when the task has succeeded. The messages of a batch are handled concurrently, and fail independently: a failed task is delivered again
 * after a delay that doubles each time, and a message that is not a task becomes a dead letter, never lost silently.
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
  const notRunnable = Object.entries(tasks).filter(([, { execute }]) => execute === undefined);
  if (notRunnable.length > 0)
    throw new ConfigurationError(
      notRunnable.map(([name]) => ({ option: `tasks.${name}`, message: "has no execute function; add one" })),
    );
  await Promise.all(batch.messages.map((message) => handle(message, tasks, options)));
}

async function handle(message: QueueMessage, tasks: Readonly<Record<string, Tool>>, options: HandleTasksOptions): Promise<void> {
  const { id, body, attempts } = message;
  const retry = () => message.retry({ delaySeconds: retryDelaySeconds(attempts, options.retryDelay ?? 10) });
  const deadLetter = async (letter: Pick<DeadLetter, "reason" | "message" | "issues">) => {
    if (await isDeadLettered({ ...letter, body, id, attempts }, options)) message.ack();
    else retry();
  };

  const task = readTaskMessage(body);
  if (typeof task === "string") return deadLetter({ reason: "not-a-task", message: `The message is not a task: ${task}.` });
  const tool = Object.hasOwn(tasks, task.task) ? tasks[task.task] : undefined;
  if (!tool) {
    const known = Object.keys(tasks).join(", ") || "none";
    return deadLetter({ reason: "unknown-task", message: `Unknown task "${task.task}". Known tasks: ${known}.` });
  }
  try {
    const { issues } = await runTask(tool, task.args, { toolCallId: task.toolCallId, validator: options.validator });
    if (!issues) return message.ack();
    const complaints = issues.map(({ path, message }) => `${path || "/"} ${message}`).join("; ");
    return await deadLetter({
      reason: "invalid-arguments",
      message: `Invalid arguments for ${task.task}: ${complaints}`,
      issues,
    });
  } catch (error) {
    await reportFailure({ ...task, error, attempts }, options);
    retry();
  }
}

/** Whether `onDeadLetter` has taken the message over. */
async function isDeadLettered(letter: DeadLetter, { onDeadLetter }: HandleTasksOptions): Promise<boolean> {
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

/** Never rejects: a failing listener must not keep the message from being delivered again. */
async function reportFailure(
  failure: TaskMessage & { error: unknown; attempts: number },
  { onTaskError }: HandleTasksOptions,
): Promise<void> {
  try {
    if (onTaskError) await onTaskError(failure);
    else console.error(`cf-ai-gateway: task "${failure.task}" failed (delivery ${failure.attempts}):`, failure.error);
  } catch (error) {
    console.error("cf-ai-gateway: onTaskError threw:", error);
  }
}
