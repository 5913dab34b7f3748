import { checkReplies } from "./check-replies.ts";
import { type FixtureStore, isMiss } from "./fixtures/fixture-store.ts";
import type { ScriptedReply, ScriptRequest } from "./scripted-reply.ts";
import type { ChatRoute } from "./services/route.ts";
import type { Session } from "./session.ts";
import { jsonReply, type WireReply, wireReply } from "./wire/wire-reply.ts";

/** The answer to a request: a reply to write in the provider's format, or a complete response. */
export type Choice = { reply: ScriptedReply } | { response: WireReply };

/** In this order: `reply`, `when`, fixtures, `script`, the built-in answer. */
export async function chooseReply(
  request: ScriptRequest,
  route: ChatRoute,
  session: Session,
  { fixtures, hasScript }: { fixtures: FixtureStore | undefined; hasScript: boolean },
): Promise<Choice> {
  const index = session.nextIndex();
  const scripted = session.scriptedReply(request);
  if (scripted) return { reply: scripted };
  const { headers, body } = request;
  const found = await fixtures?.find({ endpoint: route.endpoint, headers, body }, session.fixturePositions);
  if (found && !isMiss(found)) {
    const { status, headers, pieces } = found;
    return { response: { ...wireReply(status, headers, []), pieces } };
  }
  if (found && !hasScript) return { response: noFixture(found.message) };
  return nextOfScript(request, index, session);
}

async function nextOfScript(request: ScriptRequest, index: number, session: Session): Promise<Choice> {
  const reply = (await session.nextOfScript(request, index)) ?? {};
  const problem = checkReplies([reply]);
  if (problem !== undefined) throw new Error(`the script ${problem}`);
  return { reply };
}

/** The response to a request without a fixture. */
export const noFixture = (message: string): WireReply =>
  jsonReply(501, { error: { message, type: "no_fixture", param: null, code: null } });
