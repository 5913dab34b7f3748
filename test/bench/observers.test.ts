import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleSource } from "./bundle-source.ts";
import { countCase } from "./count-case.ts";

/** The cost of telemetry and the diagnostics channels in promises per call, which is deterministic. */

const folder = mkdtempSync(join(tmpdir(), "cf-ai-gateway-observers-"));
const observed = join(folder, "observed.mjs");
const unobservable = join(folder, "unobservable.mjs");

/** Removes the observation hooks, so that the loop calls its operations directly. */
const withoutSeam: Plugin = {
  name: "without-seam",
  setup({ onLoad }) {
    onLoad({ filter: /src\/chat\/telemetry\.ts$/ }, () => ({
      contents: [
        "export const isObserved = () => false;",
        "export const observe = (_telemetry, _kind, _attributes, work) => work(undefined);",
      ].join("\n"),
    }));
  },
};

beforeAll(() => Promise.all([bundleSource(observed), bundleSource(unobservable, [withoutSeam])]), 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const countPromises = async (name: string, file: string, observer?: string) => (await countCase(name, file, observer)).promises;

/**
 * A listener adds two promises for the chat and for each of its turns. The loop's 12 synchronous tools add more, since an observer
 * gets a promise for each, and the turns then await their tools.
 */
test.each([
  { name: "chat", listening: 4 },
  { name: "loop", listening: 76 },
  { name: "stream-10", listening: 4 },
])(
  "observing a call of the case $name costs nothing without a listener, and $listening promises with one",
  async ({ name, listening }) => {
    const bare = await countPromises(name, unobservable);
    expect(await countPromises(name, observed)).toBe(bare);
    expect(await countPromises(name, observed, "left-channel")).toBe(bare);
    expect(await countPromises(name, observed, "telemetry")).toBe(bare + listening);
    expect(await countPromises(name, observed, "channel")).toBe(bare + listening);
  },
  120_000,
);
