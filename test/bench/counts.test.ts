import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleSource } from "./bundle-source.ts";
import { countCase } from "./count-case.ts";

/**
 * Promises and heap kB per call, with a stubbed fetch. Promise counts are exact and bytes vary by about 3 %, so a regression shows here before
 * it can be timed. Bounds are 3 % above the measured values; `npm run bench -- --only counts` also measures the peers.
 */
const bounds = [
  { name: "chat", promises: 38, kilobytes: 42 },
  { name: "loop", promises: 227, kilobytes: 286 },
  { name: "output", promises: 57, kilobytes: 62.5 },
  { name: "stream-10", promises: 166, kilobytes: 103 },
  { name: "stream-2000", promises: 4353, kilobytes: 2890 },
];

const folder = mkdtempSync(join(tmpdir(), "cf-ai-gateway-counts-"));
const bundle = join(folder, "index.mjs");

beforeAll(() => bundleSource(bundle), 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(bounds)(
  "a call of the case $name allocates at most $promises promises and $kilobytes kB",
  async (bound) => {
    const { promises, kilobytes } = await countCase(bound.name, bundle);
    expect(promises).toBeLessThanOrEqual(bound.promises);
    expect(kilobytes).toBeLessThanOrEqual(bound.kilobytes);
  },
  60_000,
);
