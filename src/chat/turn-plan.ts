import type { ChatDefaults, ToolChoice } from "../options/chat-options.ts";
import type { ModelId } from "../request/model-id.ts";
import type { OfferedTools } from "../tools/offered-tools.ts";
import type { Message } from "../wire.ts";

/** What a turn asks for; the request is built from it for each provider that is tried. */
export interface TurnPlan {
  /** The number of the turn, from 0. */
  readonly turn: number;
  /** The target model, followed by its fallbacks. */
  readonly targets: readonly ModelId[];
  /** The chat's options with what `prepareTurn` changes for this turn. */
  readonly options: Readonly<ChatDefaults>;
  readonly messages: readonly Message[];
  /** What the model may call, the background tasks included. */
  readonly tools: OfferedTools;
  /** Tools that the provider runs itself. */
  readonly providerTools: readonly object[] | undefined;
  readonly toolChoice: ToolChoice | undefined;
  /** The answer must be the structured output, so the tools give way to it. */
  readonly outputOnly: boolean;
  /** The last turn that is allowed. */
  readonly isLast: boolean;
  /** On the last of several turns the model must answer, so its tools are disabled. */
  readonly answerNow: boolean;
}
