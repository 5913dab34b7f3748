import type { ChatDefaults, ToolChoice } from "../options/chat-options.ts";
import type { ModelId } from "../request/model-id.ts";
import type { OfferedTools } from "../tools/offered-tools.ts";
import type { Message } from "../wire.ts";

/** The plan of a turn, from which the request is built for each target that is tried. */
export interface TurnPlan {
  /** Index of the turn, starting at 0. */
  readonly turn: number;
  /** The target model, followed by its fallbacks. */
  readonly targets: readonly ModelId[];
  /** The chat's options with the overrides of `prepareTurn`. */
  readonly options: Readonly<ChatDefaults>;
  readonly messages: readonly Message[];
  /** The tools that the model may call, including background tasks. */
  readonly tools: OfferedTools;
  /** Tools that the provider runs itself. */
  readonly providerTools: readonly object[] | undefined;
  readonly toolChoice: ToolChoice | undefined;
  /** The answer must be the structured output, so it takes precedence over tools. */
  readonly outputOnly: boolean;
  /** This is the last allowed turn. */
  readonly isLast: boolean;
  /** Tools are disabled, because this is the last of several turns and the model must answer. */
  readonly mustAnswer: boolean;
}
