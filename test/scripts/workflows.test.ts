import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, ".github/workflows");
const names = readdirSync(folder);
const { engines, scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

interface Step {
  uses?: string;
  run?: string;
}
interface Job {
  permissions?: Record<string, string>;
  "timeout-minutes"?: number;
  strategy?: { matrix: { node: string[] } };
  steps: Step[];
}
const read = (name: string): { permissions: object; jobs: Record<string, Job> } =>
  parse(readFileSync(join(folder, name), "utf8"));

describe.each(names)("the workflow %s", (name) => {
  const { permissions, jobs } = read(name);
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  it("pins actions to a commit, with the version in a comment", () => {
    const uses = readFileSync(join(folder, name), "utf8").match(/uses:.*/g) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) expect(line).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("has read-only access to the repository, and a timeout", () => {
    expect(permissions).toEqual({ contents: "read" });
    for (const job of Object.values(jobs)) expect(job["timeout-minutes"]).toBeLessThanOrEqual(60);
  });

  it("runs scripts that exist", () => {
    for (const { run = "" } of steps)
      for (const [, script = ""] of run.matchAll(/npm run (\S+)/g)) expect(scripts).toHaveProperty(script);
    for (const { run = "" } of steps) if (run.startsWith(".ci/")) expect(existsSync(join(root, run))).toBe(true);
  });

  it("uses no untrusted text in its scripts", () => {
    const written = /github\.event\.(?!release\.prerelease)/;
    for (const { run = "" } of steps) expect(run).not.toMatch(written);
  });
});

describe("continuous integration", () => {
  it("starts with the oldest Node that the package supports", () => {
    const oldest = engines.node.replace(">=", "");
    expect(read("ci.yml").jobs.test?.strategy?.matrix.node[0]).toBe(oldest);
  });
});

describe("publishing", () => {
  it("grants the permission to sign only to the job that publishes", () => {
    const { jobs } = read("publish.yml");
    const signing = Object.entries(jobs).filter(([, { permissions }]) => permissions?.["id-token"] === "write");
    expect(signing.map(([name]) => name)).toEqual(["publish"]);
    expect(signing[0]?.[1].steps.at(-1)?.run).toMatch(/^npm publish --provenance /);
  });
});
