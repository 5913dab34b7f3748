import { createGateway, type Gateway, type GatewayConfig, OutputValidationError, type StreamEvent, tool } from "cf-ai-gateway";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { grew } from "../output/growth.ts";

const encoder = new TextEncoder();
const frame = (delta: object, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
const inText = (pieces: readonly string[]) => [...pieces.map((content) => frame({ content })), frame({}, "stop")];
const inCall = (pieces: readonly string[], name = "output") => [
  frame({ tool_calls: [{ index: 0, id: "c1", type: "function", function: { name, arguments: "" } }] }),
  ...pieces.map((piece) => frame({ tool_calls: [{ index: 0, function: { arguments: piece } }] })),
  frame({}, "tool_calls"),
];

/** A gateway that sends these answers, each frame as a separate network chunk. */
function answering(answers: readonly (readonly string[] | Response)[], config: GatewayConfig = {}): Gateway {
  const rest = [...answers];
  return createGateway({
    accountId: "account",
    gatewayId: "gateway",
    gatewayToken: "token",
    model: "openai/gpt-4o-mini",
    fetch: async () => {
      const frames = rest.shift();
      if (frames === undefined) throw new Error("one request too many");
      if (frames instanceof Response) return frames;
      const pieces = [...frames, "data: [DONE]\n\n"].map((text) => encoder.encode(text));
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          const piece = pieces.shift();
          if (piece) controller.enqueue(piece);
          else controller.close();
        },
      });
      return new Response(body, { headers: { "content-type": "text/event-stream" } });
    },
    ...config,
  });
}

async function collectEvents<O>(stream: AsyncIterable<StreamEvent<O>>): Promise<StreamEvent<O>[]> {
  const events: StreamEvent<O>[] = [];
  for await (const event of stream) events.push(event);
  return events;
}
const partials = (events: readonly StreamEvent<unknown>[]) =>
  events.flatMap((event) => (event.type === "partial-output" ? [event.value] : []));
const letters = (text: string) => [...text];

const city = z.object({ city: z.string(), days: z.number() });
const rome = { city: "Rome", days: 3 };

describe("partial output", () => {
  it.each([
    ["json-schema", inText],
    ["tool", inCall],
    ["json-object", inText],
    ["prompt", inText],
  ] as const)(
    "shows the value as it is written, with the strategy %s, and the validated one at the end",
    async (outputStrategy, write) => {
      const gateway = answering([write(letters(JSON.stringify(rome)))], { outputStrategy });
      const output = city.transform(({ city, days }) => `${city}: ${days}`);
      const events = await collectEvents(gateway.stream({ prompt: "Go.", output }));
      expect(partials(events)).toEqual([
        {},
        { city: "" },
        { city: "R" },
        { city: "Ro" },
        { city: "Rom" },
        { city: "Rome" },
        rome,
      ]);
      expect(events.at(-1)).toMatchObject({ type: "finish", result: { output: "Rome: 3" } });
    },
  );

  it("emits no tool events for the output tool", async () => {
    const gateway = answering([inCall(letters(JSON.stringify(rome)))], { outputStrategy: "tool" });
    const events = await collectEvents(gateway.stream({ prompt: "Go.", output: city }));
    expect(new Set(events.map(({ type }) => type))).toEqual(
      new Set(["turn-start", "response", "partial-output", "turn-end", "finish"]),
    );
  });

  it("shows the elements of a root array one by one", async () => {
    const pieces = ['{"value": [', '{"city": "Rome", "days": 3}, ', '{"city": "Bonn", ', '"days": 1}', "]}"];
    const gateway = answering([inText(pieces)]);
    const stream = gateway.stream({ prompt: "Go.", output: z.array(city) });
    const shown: unknown[] = [];
    for await (const value of stream.partialOutput) shown.push(value);
    expect(shown.slice(0, 4)).toEqual([[], [rome], [rome, { city: "Bonn" }], [rome, { city: "Bonn", days: 1 }]]);
    expect((await stream.result).output).toEqual([rome, { city: "Bonn", days: 1 }]);
  });

  it("only grows, whatever the value and wherever the text is split, and ends as the written value", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue({ maxDepth: 4 }),
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1 }),
        fc.constantFrom("json-schema" as const, "tool" as const),
        async (value, lengths, outputStrategy) => {
          const text = JSON.stringify({ value });
          const pieces: string[] = [];
          for (let at = 0, n = 0; at < text.length; n++) {
            const length = lengths[n % lengths.length] ?? 1;
            pieces.push(text.slice(at, at + length));
            at += length;
          }
          const gateway = answering([outputStrategy === "tool" ? inCall(pieces) : inText(pieces)], { outputStrategy });
          const events = await collectEvents(
            gateway.stream({ prompt: "Go.", output: { $ref: "#/$defs/any", $defs: { any: {} } } }),
          );
          const shown = partials(events);
          for (const [index, later] of shown.entries()) if (index > 0) expect(grew(shown[index - 1], later)).toBe(true);
          const written = JSON.parse(text).value;
          if (typeof written === "object" && written !== null) expect(shown.at(-1)).toEqual(written);
          expect(events.at(-1)).toMatchObject({ type: "finish", result: { output: written } });
        },
      ),
      { numRuns: 60 },
    );
  });

  it("copies a number of members proportional to the length of the answer", async () => {
    const copied = async (elements: number) => {
      const text = JSON.stringify({ value: Array.from({ length: elements }, (_, n) => ({ city: `City ${n}`, days: n })) });
      const gateway = answering([inText(text.match(/[\s\S]{1,5}/g) ?? [])]);
      const seen = new Set<object>();
      let members = 0;
      const count = (value: unknown): void => {
        if (typeof value !== "object" || value === null || seen.has(value)) return;
        seen.add(value);
        const inner = Object.values(value);
        members += inner.length;
        // Only the last member can have changed; completed ones are shared with the snapshot before.
        for (const each of inner.slice(-2)) count(each);
      };
      for (const value of partials(await collectEvents(gateway.stream({ prompt: "Go.", output: z.array(city) })))) count(value);
      return members / text.length;
    };
    const [short, long] = [await copied(50), await copied(1600)];
    expect(long).toBeLessThan(12);
    // If it were quadratic, thirty times the length would cost thirty times as much per character.
    expect(long).toBeLessThan(short * 4);
  });

  it("emits nothing for a strategy that was rejected", async () => {
    const refusal = Response.json({ error: { message: "response_format is not supported" } }, { status: 400 });
    const gateway = answering([refusal, inCall(letters(JSON.stringify(rome)))]);
    const events = await collectEvents(gateway.stream({ prompt: "Go.", output: city }));
    expect(partials(events).at(-1)).toEqual(rome);
    expect(events.filter(({ type }) => type === "turn-start")).toHaveLength(1);
  });

  it("starts over with the turn that corrects an invalid answer", async () => {
    const gateway = answering([inText(['{"city": 1', "}"]), inText([JSON.stringify(rome)])]);
    const events = await collectEvents(gateway.stream({ prompt: "Go.", output: city }));
    const shown = events.flatMap((event): unknown[] =>
      event.type === "partial-output" ? [event.value] : event.type === "turn-start" ? [`turn ${event.turn}`] : [],
    );
    expect(shown).toEqual(["turn 0", {}, { city: 1 }, "turn 1", rome]);
  });

  it("is read neither from a turn that calls tools nor from the text before the schema turn", async () => {
    const look = tool({ parameters: z.object({}), execute: () => "seen" });
    const gateway = answering([inCall(["{}"], "look"), inText(["{ That was it. }"]), inText([JSON.stringify(rome)])], {
      model: "google-ai-studio/gemini-2.5-flash",
    });
    const events = await collectEvents(gateway.stream({ prompt: "Go.", tools: { look }, output: city }));
    expect(partials(events)).toEqual([rome]);
    const text = events.flatMap((event) => (event.type === "text-delta" ? [event.text] : [])).join("");
    expect(text).toBe(`{ That was it. }${JSON.stringify(rome)}`);
  });

  it("keeps its last value when the answer is truncated, and the error says what is wrong", async () => {
    const cut = [...inText(['{"city": "A long t']).slice(0, -1), frame({}, "length")];
    const shown: unknown[] = [];
    const stream = answering([cut]).stream({ prompt: "Go.", output: city });
    const failed = (async () => {
      for await (const event of stream) if (event.type === "partial-output") shown.push(event.value);
    })();
    await expect(failed).rejects.toBeInstanceOf(OutputValidationError);
    await expect(stream.result).rejects.toMatchObject({ reason: "length", text: '{"city": "A long t' });
    expect(shown).toEqual([{ city: "A long t" }]);
  });
});

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe("elements of an array output", () => {
  const cities = z.array(city);

  it.each([
    ["json-schema", inText],
    ["tool", inCall],
    ["prompt", inText],
  ] as const)("arrive one by one as each is complete, with %s", async (outputStrategy, write) => {
    const text = JSON.stringify({ value: [rome, { city: "Bonn", days: 1 }] });
    const stream = answering([write(letters(text))], { outputStrategy }).stream({ prompt: "Go.", output: cities });
    expect(await collect(stream.elements)).toEqual([rome, { city: "Bonn", days: 1 }]);
    expect((await stream.result).output).toHaveLength(2);
  });

  it("are yielded before the array has ended", async () => {
    const pieces = ['{"value":[{"city":"Rome","days":3}', ',{"city":"Bonn","days":1}', "]}"];
    const stream = answering([inText(pieces)]).stream({ prompt: "Go.", output: cities });
    const seen: string[] = [];
    for await (const { city } of stream.elements) {
      seen.push(`${city}, ${stream.partial.text.length < pieces.join("").length ? "while it is written" : "at the end"}`);
    }
    expect(seen).toEqual(["Rome, while it is written", "Bonn, while it is written"]);
  });

  it("are the items' schema's output values, and only valid ones", async () => {
    const output = z.array(z.object({ at: z.iso.date().transform((text) => new Date(text)) })).min(3);
    const text = JSON.stringify({ value: [{ at: "2026-01-01" }, { at: "yesterday" }, { at: "2026-01-03" }] });
    const stream = answering([inText(letters(text))], { outputRetries: 0 }).stream({ prompt: "Go.", output });
    const seen: unknown[] = [];
    const end = (async () => {
      for await (const element of stream.elements) seen.push(element);
    })();
    await expect(end).rejects.toBeInstanceOf(OutputValidationError);
    expect(seen).toEqual([{ at: new Date("2026-01-01") }, { at: new Date("2026-01-03") }]);
  });

  it("are not repeated when the model is asked to correct its answer", async () => {
    const wrong = JSON.stringify({ value: [rome, rome, { city: 1 }, { city: "Bonn", days: 1 }] });
    const right = JSON.stringify({ value: [rome, rome, { city: "Oslo", days: 2 }, { city: "Bonn", days: 1 }, rome] });
    const stream = answering([inText(letters(wrong)), inText(letters(right))]).stream({ prompt: "Go.", output: cities });
    const seen = await collect(stream.elements);
    expect(seen.map((each) => each.city)).toEqual(["Rome", "Rome", "Bonn", "Oslo", "Rome"]);
  });

  it("follow a JSON Schema, tuples and lengths included", async () => {
    const output = { type: "array", prefixItems: [{ type: "string" }], items: { type: "number" }, minItems: 3 } as const;
    const stream = answering([inText(letters('{"value":["a",1,2]}'))]).stream({ prompt: "Go.", output });
    expect(await collect(stream.elements)).toEqual(["a", 1, 2]);
  });

  it.each<[string, object]>([
    ["an object as output", { output: city }],
    ["no output", {}],
  ])("require an array: %s is a ConfigurationError, and nothing is sent", async (_, options) => {
    const stream = answering([]).stream({ prompt: "Go.", ...options });
    await expect(collect(stream.elements)).rejects.toMatchObject({ code: "configuration", message: /array/ });
    await expect(stream.result).rejects.toMatchObject({ code: "configuration", message: /array/ });
  });

  it("may be read while the result is awaited", async () => {
    const stream = answering([inText([JSON.stringify({ value: [rome] })])]).stream({ prompt: "Go.", output: cities });
    const [{ output }, seen] = await Promise.all([stream.result, collect(stream.elements)]);
    expect({ output, seen }).toEqual({ output: [rome], seen: [rome] });
  });

  it("are not among the events of the stream", async () => {
    const stream = answering([inText(['{"value":[]}'])]).stream({ prompt: "Go.", output: cities });
    const types = new Set((await collectEvents(stream)).map(({ type }) => type));
    expect(types).toEqual(new Set(["turn-start", "response", "text-delta", "partial-output", "turn-end", "finish"]));
  });
});
