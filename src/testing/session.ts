import { ConfigurationError } from "../errors/errors.ts";
import { checkReplies } from "./check-replies.ts";
import type { SequencePositions } from "./fixtures/fixture-store.ts";
import type { LocalGatewayOptions } from "./options.ts";
import { checkCondition, matches, type RequestCondition, specificity } from "./request-matcher.ts";
import type { ScriptedReply, ScriptRequest } from "./scripted-reply.ts";
import { AutoRouter } from "./services/auto-router.ts";
import { LogBook } from "./services/log-book.ts";
import { RateWindow } from "./services/rate-window.ts";
import { ResponseCache } from "./services/response-cache.ts";

/** Maximum number of requests in the journal. */
const maxRequests = 1_000;

interface Rule {
  condition: RequestCondition;
  replies: readonly ScriptedReply[];
  used: number;
}

/** State shared by the requests with one token: replies, rules, the journal, and the gateway's services. */
export interface Session {
  readonly token: string;
  readonly requests: ScriptRequest[];
  readonly cache: ResponseCache;
  readonly logs: LogBook;
  readonly rate: RateWindow;
  readonly router: AutoRouter;
  readonly fixturePositions: SequencePositions;
  /** Counts chat requests from 1; the ids of answers are derived from it. */
  nextNumber(): number;
  record(request: ScriptRequest): void;
  reply(...replies: ScriptedReply[]): void;
  when(condition: RequestCondition, ...replies: ScriptedReply[]): void;
  /** The next reply that `reply` queued, or that a matching rule has. */
  scriptedReply(request: ScriptRequest): ScriptedReply | undefined;
  /** Counts the requests that are to be answered, from 0. */
  nextIndex(): number;
  /** The script's reply; `undefined` without a script, and after the last reply of a list. */
  nextOfScript(request: ScriptRequest, index: number): Promise<ScriptedReply | undefined>;
  reset(): void;
}

export function createSession(token: string, { script, rateLimit }: LocalGatewayOptions): Session {
  const requests: ScriptRequest[] = [];
  const queue: ScriptedReply[] = [];
  const rules: Rule[] = [];
  const fixturePositions: SequencePositions = new Map();
  const memory = {
    fixturePositions,
    cache: new ResponseCache(),
    logs: new LogBook(),
    rate: new RateWindow(rateLimit),
    router: new AutoRouter(),
  };
  let chats = 0;
  let answered = 0;
  let scripted = 0;

  return {
    token,
    requests,
    ...memory,
    nextNumber: () => ++chats,
    record(request) {
      requests.push(request);
      if (requests.length > maxRequests) requests.shift();
    },
    reply(...replies) {
      assertValid("reply", replies);
      queue.push(...replies);
    },
    when(condition, ...replies) {
      checkCondition(condition);
      if (replies.length === 0) throw new ConfigurationError([{ option: "when", message: "needs a reply after its condition" }]);
      assertValid("when", replies);
      rules.push({ condition, replies, used: 0 });
    },
    scriptedReply: (request) => queue.shift() ?? nextOfRule(bestRule(rules, request)),
    nextIndex: () => answered++,
    nextOfScript: async (request, index) => (typeof script === "function" ? script(request, index) : script?.[scripted++]),
    reset() {
      requests.length = 0;
      queue.length = 0;
      rules.length = 0;
      answered = 0;
      scripted = 0;
      for (const each of Object.values(memory)) each.clear();
    },
  };
}

/** The rule with the most specific condition; among equals the newest, so that a test can override shared setup. */
function bestRule(rules: readonly Rule[], request: ScriptRequest): Rule | undefined {
  let best: Rule | undefined;
  for (const rule of rules) {
    if (!matches(rule.condition, request)) continue;
    if (!best || specificity(rule.condition) >= specificity(best.condition)) best = rule;
  }
  return best;
}

/** In order; the last one repeats. */
const nextOfRule = (rule: Rule | undefined): ScriptedReply | undefined =>
  rule?.replies[Math.min(rule.used++, rule.replies.length - 1)];

function assertValid(option: string, replies: readonly unknown[]): void {
  const message = checkReplies(replies);
  if (message !== undefined) throw new ConfigurationError([{ option, message }]);
}
