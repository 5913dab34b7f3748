import { createLocalGateway } from "cf-ai-gateway/testing";
import { chromium } from "playwright-core";
import { servePage } from "../../src/cli/page/server.ts";
import { exitWithUsageError, readArguments } from "../command-line.ts";
import { binary } from "../runtimes/chromium.ts";
import { buildPage } from "./build.ts";
import { sendSampleTraffic } from "./sample-traffic.ts";

const usage = `
Takes the pictures of the local gateway's page for the documentation, one in each theme.

Usage: npx tsx scripts/page/screenshots.ts [--out DIR]

  --out DIR  where to write the screenshots, default: docs/images
`;

const { values } = readArguments(usage, { out: { type: "string", default: "docs/images" } });
if (!binary) exitWithUsageError("Chromium is not installed");

const local = createLocalGateway();
const server = await servePage(local, await buildPage(), 0);
const browser = await chromium.launch({ executablePath: binary, args: ["--no-sandbox"] });
try {
  await sendSampleTraffic(local, server.url);
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1360, height: 765 }, reducedMotion: "reduce" });
    await page.goto(server.url);
    await page.locator("tbody tr").first().click();
    await page.locator("#details .section").first().waitFor();
    await page.mouse.move(0, 0);
    await page.evaluate("document.activeElement.blur()");
    await page.screenshot({ path: `${values.out}/local-${colorScheme}.png` });
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
