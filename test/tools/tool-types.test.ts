import { type } from "arktype";
import { type createGateway, type FromJsonSchema, type Message, type Tool, type ToolContext, tool } from "cf-ai-gateway";
import * as v from "valibot";
import { describe, expectTypeOf, it } from "vitest";
import { z } from "zod";

describe("the arguments of a tool are typed by its parameters", () => {
  it("when they are a Zod 4 schema, after its transforms", () => {
    tool({
      parameters: z.object({ city: z.string(), days: z.number().optional(), on: z.string().transform((text) => new Date(text)) }),
      execute: (args, context) => {
        expectTypeOf(args).toEqualTypeOf<{ city: string; days?: number | undefined; on: Date }>();
        expectTypeOf(context).toEqualTypeOf<ToolContext>();
        expectTypeOf(context.messages).toEqualTypeOf<readonly Message[]>();
      },
    });
  });

  it("when they are a Valibot schema", () => {
    tool({
      parameters: v.object({ city: v.string(), unit: v.optional(v.picklist(["c", "f"]), "c") }),
      execute: (args) => expectTypeOf(args).toEqualTypeOf<{ city: string; unit: "c" | "f" }>(),
    });
  });

  it("when they are an ArkType schema", () => {
    tool({
      parameters: type({ city: "string", "days?": "number", unit: "'c' | 'f'" }),
      execute: (args) => expectTypeOf(args).toEqualTypeOf<{ city: string; days?: number; unit: "c" | "f" }>(),
    });
  });

  it("when they are an inline JSON Schema, with enums, arrays, unions and references", () => {
    tool({
      parameters: {
        type: "object",
        properties: {
          city: { type: "string" },
          unit: { enum: ["c", "f"] },
          days: { type: "array", items: { type: "integer" } },
          note: { type: ["string", "null"] },
          at: { $ref: "#/$defs/point" },
          how: { anyOf: [{ const: "fast" }, { type: "number" }] },
        },
        required: ["city", "unit", "at"],
        $defs: { point: { type: "object", properties: { x: { type: "number" } }, required: ["x"] } },
      },
      execute: (args) =>
        expectTypeOf(args).toEqualTypeOf<{
          city: string;
          unit: "c" | "f";
          at: { x: number };
          days?: number[];
          note?: string | null;
          how?: number | "fast";
        }>(),
    });
  });

  it("when they are a recursive JSON Schema, at any depth", () => {
    tool({
      parameters: {
        type: "object",
        properties: { tree: { $ref: "#/$defs/node" } },
        required: ["tree"],
        $defs: {
          node: {
            type: "object",
            properties: { name: { type: "string" }, children: { type: "array", items: { $ref: "#/$defs/node" } } },
            required: ["name", "children"],
          },
        },
      },
      execute: ({ tree }) => {
        expectTypeOf(tree.name).toEqualTypeOf<string>();
        expectTypeOf(tree.children[0]?.children[0]?.children[0]?.name).toEqualTypeOf<string | undefined>();
      },
    });
    type Node = FromJsonSchema<{
      readonly type: "object";
      readonly properties: { readonly next: { readonly $ref: "#" }; readonly n: { readonly type: "number" } };
      readonly required: readonly ["n"];
    }>;
    expectTypeOf<Node["n"]>().toEqualTypeOf<number>();
    expectTypeOf<NonNullable<NonNullable<Node["next"]>["next"]>["n"]>().toEqualTypeOf<number>();
  });

  it("as unknown where the schema leaves the type open", () => {
    const built: Record<string, unknown> = {};
    tool({ parameters: built, execute: (args) => expectTypeOf(args).toBeUnknown() });
    tool({
      parameters: { type: "object", properties: { a: { $ref: "https://example.com/schema" } }, required: ["a"] },
      execute: ({ a }) => expectTypeOf(a).toBeUnknown(),
    });
  });
});

describe("misuse of tools does not compile", () => {
  it("in the parameters of execute", () => {
    const parameters = z.object({ city: z.string() });
    // @ts-expect-error the schema's city is a string, not a number
    tool({ parameters, execute: (args: { city: number }) => args.city });
    // @ts-expect-error the schema has no country
    tool({ parameters, execute: ({ country }) => country });
    const literal = { type: "object", properties: { n: { type: "number" } }, required: ["n"] } as const;
    // @ts-expect-error a literal schema types its arguments as well
    tool({ parameters: literal, execute: ({ n }) => n.trim() });
  });

  it("in the tool's definition", () => {
    const wrong = [
      // @ts-expect-error parameters are missing
      () => tool({ execute: () => 1 }),
      // @ts-expect-error a string is not a schema
      () => tool({ parameters: "city: string" }),
      // @ts-expect-error a timeout is a number of milliseconds
      () => tool({ parameters: {}, timeout: "5s" }),
      // @ts-expect-error the option is called parameters
      () => tool({ inputSchema: z.object({}) }),
    ];
    expectTypeOf(wrong).toEqualTypeOf<(() => Tool)[]>();
  });

  it("in the options of a chat", () => {
    const call = (gateway: ReturnType<typeof createGateway>) => {
      const look = tool({ parameters: {}, execute: () => 1 });
      // @ts-expect-error tools are a map by name
      void gateway.chat({ prompt: "Go.", tools: [look] });
      // @ts-expect-error a forced tool is { tool: name }
      void gateway.chat({ prompt: "Go.", tools: { look }, toolChoice: { name: "look" } });
      // @ts-expect-error a replaced result is { result }
      void gateway.chat({ prompt: "Go.", tools: { look }, onToolCall: () => "replaced" });
      // @ts-expect-error a dispatcher requires tasks
      void gateway.chat({ prompt: "Go.", backgroundTasks: { dispatcher: { dispatch: async () => {} } } });
      // @ts-expect-error maxTurns applies to the whole chat
      void gateway.chat({ prompt: "Go.", prepareTurn: () => ({ maxTurns: 1 }) });
    };
    expectTypeOf(call).returns.toBeVoid();
  });
});
