import { ConfigurationError, runTask, type SchemaIssue, type SchemaValidator, type Tool } from "../index.ts";
import { maxDelay, retryDelaySeconds } from "./retry-delay.ts";
import { readTaskMessage, type TaskMessage } from "./task-message.ts";

/** The part of a message in Cloudflare's `MessageBatch` that is used here. */
export interface QueueMessage {
  /** The queue's id for the message. */
  readonly id: string;
  /** The body as it was sent. */
  readonly body: unknown;
  /** Number of deliveries, including this one. */
  readonly attempts: number;
  /** Removes the message from the queue. */
  ack(): void;
  /** Retries the message after a delay. */
  retry(options?: { delaySeconds?: number }): void;
}

/** The part of Cloudflare's `MessageBatch` that is used here. */
export interface QueueBatch {
  /** The messages, each handled on its own. */
  readonly messages: readonly QueueMessage[];
}

/** A message that can't be run as a task, however often it is delivered, unless the Worker changes. */
export interface DeadLetter {
  /** Why it can't be run. */
  reason: "not-a-task" | "unknown-task" | "invalid-arguments";
  /** Describes the problem. */
  message: string;
  /** The body of the message. */
  body: unknown;
  /** The id of the queue's message. */
  id: string;
  /** Number of deliveries so far. */
  attempts: number;
  /** The problems of the arguments. */
  issues?: SchemaIssue[];
}

/** Options for failed tasks. */
export interface HandleTasksOptions {
  /** Seconds until the second delivery of a failed message; doubled each time, at most twelve hours. @default 10 */
  retryDelay?: number | undefined;
  /**
   * Handles a dead letter. If it resolves, the message is acknowledged; if it fails, the message is retried. Without it, a dead letter is
   * logged with `console.error` and retried until the queue's `max_retries` moves it to the `dead_letter_queue`. A queue without one then
   * drops it, so configure one.
   */
  onDeadLetter?: ((letter: DeadLetter) => void | Promise<void>) | undefined;
  /** Called for each failure of a task, before the message is retried. @default a line on `console.error` */
  onTaskError?: ((failure: TaskMessage & { error: unknown; attempts: number }) => void | Promise<void>) | undefined;
  /** Validates arguments against a JSON Schema. @default the built-in validator */
  validator?: SchemaValidator | undefined;
}

/**
 * Consumes a queue that `queueDispatcher` fills: validates each message and its arguments, runs the task, and acknowledges the message if the
 * task succeeds. The messages of a batch are handled concurrently and fail independently: a failed task is retried after a delay that
 * doubles each time, and a message that is not a task becomes a dead letter instead of being lost.
 *
 * A queue delivers at least once, so a task may run twice: make it idempotent, for example with `toolCallId`.
 *
 * ```ts
 * export default {
 *   queue: (batch) => handleTasks(batch, tasks),
 * };
 * ```
 *
 * @throws ConfigurationError if a task has no `execute`, or an option is wrong; the platform then retries the whole batch
 */
export async function handleTasks(
  batch: QueueBatch,
  tasks: Readonly<Record<string, Tool>>,
  options: HandleTasksOptions = {},
): Promise<void> {
  validate(tasks, options);
  await Promise.all(batch.messages.map((message) => handle(message, tasks, options)));
}

function validate(tasks: Readonly<Record<string, Tool>>, options: HandleTasksOptions): void {
  const issues: { option: string; message: string }[] = [];
  if (typeof tasks !== "object" || tasks === null) issues.push({ option: "tasks", message: "must be an object of tools" });
  for (const [name, task] of Object.entries(tasks ?? {}))
    if (typeof task?.execute !== "function")
      issues.push({ option: `tasks.${name}`, message: "has no execute function; add one" });
  const { retryDelay = 0, onDeadLetter, onTaskError } = options;
  if (!Number.isInteger(retryDelay) || retryDelay < 0 || retryDelay > maxDelay)
    issues.push({ option: "retryDelay", message: `must be an integer between 0 and ${maxDelay} (seconds), got ${retryDelay}` });
  for (const [option, value] of Object.entries({ onDeadLetter, onTaskError }))
    if (value !== undefined && typeof value !== "function") issues.push({ option, message: "must be a function" });
  if (issues.length > 0) throw new ConfigurationError(issues);
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
    const problems = issues.map(({ path, message }) => `${path || "/"} ${message}`).join("; ");
    return await deadLetter({
      reason: "invalid-arguments",
      message: `Invalid arguments for ${task.task}: ${problems}`,
      issues,
    });
  } catch (error) {
    await reportFailure({ ...task, error, attempts }, options);
    retry();
  }
}

/** Whether `onDeadLetter` has handled the message. */
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

/** Never rejects: a failing listener must not prevent the retry. */
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
