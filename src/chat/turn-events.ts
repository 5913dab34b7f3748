import type { PartialOutput } from "../output/structured-output.ts";
import { relay } from "./relay.ts";
import { type Call, runTurn, type TurnAnswer, type TurnPlan } from "./request-turn.ts";
import type { AnswerEvent, StreamEvent } from "./stream-event.ts";

/** Runs a turn and passes its events on, with its start before the first and the structured output beside its text. */
export function deliverTurn(plan: TurnPlan, turn: number, call: Call): AsyncGenerator<StreamEvent<unknown>[], TurnAnswer> {
  let started = false;
  let partial: PartialOutput | undefined;
  /** Ids of the calls that are the output, not calls of the conversation. */
  const outputCalls: string[] = [];

  function dress(events: AnswerEvent[]): StreamEvent<unknown>[] {
    const { asking } = call;
    let batch: StreamEvent<unknown>[] = events;
    if (!started) {
      started = true;
      // By now the strategy is settled: nothing of a refused one is delivered.
      partial = asking?.createPartial();
      batch.unshift({ type: "turn-start", turn });
    }
    if (partial && asking) {
      let grown = false;
      for (const event of batch) {
        if (event.type === "tool-call-start" && event.name === asking.toolName) outputCalls.push(event.id);
        else if (event.type === "text-delta" && asking.strategy !== "tool") grown = partial.push(event.text) || grown;
        else if (event.type === "tool-call-delta" && outputCalls.includes(event.id))
          grown = partial.push(event.argsText) || grown;
      }
      if (outputCalls.length > 0) batch = batch.filter((event) => !("id" in event && outputCalls.includes(event.id)));
      if (grown) batch.push({ type: "partial-output", value: partial.value });
    }
    return batch;
  }

  return relay((tell) => runTurn(plan, call, tell), dress);
}
