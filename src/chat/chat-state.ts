import type { Logs } from "../logs/logs.ts";
import type { ChatOptions } from "../options/chat-options.ts";
import type { ModelId } from "../request/model-id.ts";
import type { BackgroundTaskRegistry, StartedTask } from "../tools/background-tasks.ts";
import type { Message } from "../wire.ts";
import type { Call, TurnAnswer, TurnPlan } from "./request-turn.ts";
import type { Turn, Warning } from "./result.ts";

/** What the loop works with, prepared from the options of a call. */
export interface Conversation {
  call: Call;
  options: ChatOptions<unknown>;
  background: BackgroundTaskRegistry;
  /** Whom to ask where a turn does not want otherwise. */
  standardTargets: ModelId[];
  /** Resolves a provider and a model to whom to ask, with the fallbacks behind. Throws a ConfigurationError. */
  targetsOf(provider: string | undefined, model: string | undefined): ModelId[];
  outputOf: TurnPlan["outputOf"];
  logs: Logs;
  warnings: Warning[];
}

/** Everything the loop has gathered; an error takes it along as `partial`. */
export interface Progress {
  messages: Message[];
  turns: Turn[];
  last: TurnAnswer | undefined;
  tasks: StartedTask[];
}
