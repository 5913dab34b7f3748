import { describe, expect, test } from "vitest";
import { specVersion } from "../../scripts/fixtures/check.ts";
import { type FixtureFiles, readFixtureFiles } from "../../scripts/fixtures/fixture-files.ts";
import { replay, replayWith } from "../../scripts/fixtures/fixture-replay.ts";
import { answerProblems, specProblems } from "../../scripts/fixtures/fixture-spec.ts";
import { byteByByte, cutAt, eventByEvent, places, toBody } from "./pieces.ts";
import { readPurely } from "./read-purely.ts";

const fixtures = await readFixtureFiles();
const byName = new Map(fixtures.map((fixture) => [fixture.name, fixture]));
const named = (list: FixtureFiles[]): [string, FixtureFiles][] => list.map((fixture) => [fixture.name, fixture]);
/** The fixtures that are the last of a call; the others precede them. */
const endings = fixtures.filter(({ meta }) => meta.result !== undefined);
const version = await specVersion();

describe.each(named(fixtures))("%s", (_, fixture) => {
  const { meta, isStream } = fixture;

  test("states its provenance", () => {
    if (meta.provenance === "authored") expect(meta.shape).toMatch(/^https:\/\/\S+$/);
    else {
      expect(meta).toMatchObject({ provenance: "recorded", client: expect.any(String) });
      expect(meta.recordedAt).toMatch(/^\d{4}-\d\d-\d\dT/);
      expect(meta.target).toMatch(/^(cloudflare|local)$/);
    }
    expect(meta.spec).toBe(version);
    expect(meta.headers["content-type"]).toContain(isStream ? "text/event-stream" : "application/json");
  });

  test("has a request and an answer that match the spec", () => {
    expect(specProblems("ChatCompletionRequest", fixture.request)).toEqual([]);
    expect(answerProblems(fixture)).toEqual([]);
  });
});

describe.each(named(fixtures.filter(({ meta }) => meta.status === 200)))("%s", (_, { body, isStream }) => {
  test("is read the same whole, event by event, byte by byte and split in two anywhere", () => {
    const whole = readPurely([body], isStream);
    if (isStream) expect(readPurely(eventByEvent(body), true)).toEqual(whole);
    expect(readPurely(byteByByte(body), isStream)).toEqual(whole);
    const expected = JSON.stringify(whole.answer);
    for (const at of places(body.length)) {
      const { answer } = readPurely(cutAt(body, at), isStream);
      // Comparing strings takes a tenth of the time; when they differ, expect() shows the difference.
      if (JSON.stringify(answer) !== expected) expect(answer, `cut at byte ${at}`).toEqual(whole.answer);
    }
  });
});

describe.each(named(endings))("the client, when the response is %s", (_, fixture) => {
  const { meta, body, isStream } = fixture;
  const before = (meta.after ?? []).map((name) => byName.get(name) as FixtureFiles);
  const response = ({ meta, body }: FixtureFiles) => new Response(body.slice(), { status: meta.status, headers: meta.headers });

  test("sends its request, which matches the spec, and reads its result", async () => {
    const { sent, result } = await replay(fixture);
    for (const request of sent) expect(specProblems("ChatCompletionRequest", request)).toEqual([]);
    expect(sent).toEqual([...before, fixture].map(({ request }) => request));
    expect(result).toEqual(meta.result);
  });

  test("reads the same result however it is split into pieces", async () => {
    for (const pieces of [[body], isStream ? eventByEvent(body) : cutAt(body, body.length >> 1), byteByByte(body)]) {
      const last = () => new Response(toBody(pieces), { status: meta.status, headers: meta.headers });
      expect(await replayWith(meta, [...before.map((each) => () => response(each)), last])).toEqual(meta.result);
    }
  });
});
