import type { StreamEvent } from "cf-ai-gateway";
import { mcpTools } from "cf-ai-gateway/mcp";
import { afterEach, describe, expect, it, vi } from "vitest";
import { useLocalGateway } from "../local-gateway.ts";
import type { Connection, Major } from "./connect.ts";
import { pixel } from "./servers/tools.ts";

const pairs = [
  { server: "1", client: "1" },
  { server: "1", client: "2" },
  { server: "2", client: "1" },
  { server: "2", client: "2" },
] as const;

type Connect = (server: Major, client: Major, onToolsChanged?: () => void) => Promise<Connection>;

/** Tests of an MCP server's tools in a chat, for any transport and every combination of SDK versions. */
export function describeServers(transport: string, connect: Connect): void {
  const local = useLocalGateway();
  const open: Connection[] = [];
  afterEach(async () => {
    for (const connection of open.splice(0)) await connection.close();
  });
  const call = (name: string, args: object = {}) => local.reply({ toolCalls: [{ name, args }] }, { text: "Done." });

  describe.each(pairs)(`an MCP server of SDK $server over ${transport}, with a client of SDK $client`, ({ server, client }) => {
    async function connected(onToolsChanged?: () => void) {
      const connection = await connect(server, client, onToolsChanged);
      open.push(connection);
      return connection.client;
    }
    async function runner() {
      const tools = await mcpTools(await connected());
      return async (name: string, args: object = {}) => {
        call(name, args);
        const { turns } = await local.client().chat({ prompt: "Go", tools });
        return turns[0]?.toolResults[0];
      };
    }

    it("returns text, images, structured content and errors to the model", async () => {
      const getResult = await runner();
      expect(await getResult("weather_now", { city: "Oslo" })).toMatchObject({ isError: false, result: "Sunny in Oslo" });
      expect(await getResult("draw")).toMatchObject({
        result: [
          { type: "text", text: "Here." },
          { type: "image_url", image_url: { url: `data:image/png;base64,${pixel}` } },
        ],
      });
      expect(await getResult("measure")).toMatchObject({ isError: false, result: { degrees: 3 } });
      expect(await getResult("fail")).toMatchObject({ isError: true, result: "fail failed: disk full" });
      expect(await getResult("weather_now", { town: 1 })).toMatchObject({ isError: true, result: expect.stringMatching(/city/) });
    });

    it("reports progress, and is cancelled by an abort of the chat", async () => {
      const tools = await mcpTools(await connected());
      const cancelledCalls = async () => {
        call("cancelled");
        const { turns } = await local.client().chat({ prompt: "How many?", tools });
        return Number(turns[0]?.toolResults[0]?.result);
      };
      const before = await cancelledCalls();
      const controller = new AbortController();
      const progress: StreamEvent[] = [];
      call("wait");
      const stream = local.client().stream({ prompt: "Wait", tools, signal: controller.signal });
      const reading = (async () => {
        for await (const event of stream) {
          if (event.type !== "tool-progress") continue;
          progress.push(event);
          controller.abort();
        }
      })();
      await expect(reading).rejects.toMatchObject({ name: "AbortError" });
      expect(progress).toMatchObject([{ name: "wait", value: { progress: 1, message: "waiting" } }]);
      local.reset();
      await vi.waitFor(async () => expect(await cancelledCalls()).toBe(before + 1), { timeout: 10_000 });
    });

    it("that changes its tools returns the new ones when they are listed again", async () => {
      let announce: () => void = () => {};
      const announced = new Promise<void>((resolve) => {
        announce = resolve;
      });
      const mcp = await connected(() => announce());
      call("grow");
      await local.client().chat({ prompt: "Grow", tools: await mcpTools(mcp) });
      await announced;
      expect(Object.keys(await mcpTools(mcp))).toContain("added");
    });

    it("that dies in the middle of a call causes a tool error, and the chat continues", async () => {
      const getResult = await runner();
      const result = await getResult("die");
      expect(result).toMatchObject({ isError: true, result: expect.stringMatching(/^die failed: ./) });
      expect(local.requests).toHaveLength(2);
    });
  });
}
