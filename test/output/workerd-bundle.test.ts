import { describe, expect, it } from "vitest";
import { bundle } from "../workerd-bundle.ts";

const program = `
  import { createGateway, tool } from "cf-ai-gateway";
  import { handleTasks, queueDispatcher } from "cf-ai-gateway/queues";
  export { createGateway, handleTasks, queueDispatcher, tool };
`;

describe("a bundle of the package", () => {
  it.each(["workerd", "worker", "browser", "edge-light"])(
    "with the condition %s contains no ajv and generates no code",
    async (condition) => {
      const { files, code } = await bundle(program, [condition]);
      expect(files.filter((file) => /node_modules\/ajv\//.test(file))).toEqual([]);
      expect(files.filter((file) => /validator-\w+\.ts/.test(file))).toEqual(["src/output/validator-interpreting.ts"]);
      expect(code).not.toMatch(/new Function\b|\beval\(/);
    },
  );

  it("without such a condition contains ajv and not the interpreting validator", async () => {
    const { files } = await bundle(program, ["node"]);
    expect(files.some((file) => /node_modules\/ajv\//.test(file))).toBe(true);
    expect(files.filter((file) => /validator-\w+\.ts/.test(file))).toEqual(["src/output/validator-ajv.ts"]);
  });
});
