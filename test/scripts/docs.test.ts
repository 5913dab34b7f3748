import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { errorTables } from "../../scripts/docs/error-tables.ts";
import { eventTable } from "../../scripts/docs/event-table.ts";
import { failureMeanings } from "../../scripts/docs/failure-meanings.ts";
import { gatewayOptionTable } from "../../scripts/docs/gateway-option-table.ts";
import { withGeneratedPart } from "../../scripts/docs/generated-part.ts";
import { providerMatrix } from "../../scripts/docs/provider-matrix.ts";
import { providerTable } from "../../scripts/docs/provider-table.ts";
import { readFixtureFiles } from "../../scripts/fixtures/fixture-files.ts";
import {
  type ErrorRow,
  type FailureKind,
  failures,
  gatewayCodes,
  gatewayMessages,
  providerContent,
  statuses,
} from "../../src/errors/error-table.ts";
import * as cfAiGateway from "../../src/index.ts";
import { gatewayOptionRows } from "../../src/options/gateway-option-rows.ts";
import { modelId } from "../../src/request/model-id.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const fixtures = await readFixtureFiles();
const read = (file: string) => readFileSync(join(root, file), "utf8");

/** The cells of a document's table rows, without backticks. */
const readRows = (markdown: string) =>
  markdown
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll("`", "")),
    );

describe("the generated tables", () => {
  it("are up to date with their sources (npm run docs updates them)", () => {
    const parts = {
      "docs/errors.md": errorTables(),
      "docs/events.md": eventTable(),
      "docs/gateway-options.md": gatewayOptionTable(),
      "docs/providers.md": providerTable(fixtures),
      "docs/provider-matrix.md": providerMatrix(fixtures),
    };
    for (const [name, part] of Object.entries(parts)) expect(withGeneratedPart(read(name), part)).toBe(read(name));
  });

  it("are regenerated between their markers, and nowhere else", () => {
    const [start, end] = read("docs/errors.md").match(/<!-- generated:.*? -->/g) ?? [];
    const document = `before\n${start}\nold\n${end}\nafter`;
    expect(withGeneratedPart(document, "new")).toBe(`before\n${start}\n\nnew\n\n${end}\nafter`);
    expect(() => withGeneratedPart("no markers", "new")).toThrow("The document lacks the markers");
  });
});

describe("docs/errors.md", () => {
  const rows = readRows(read("docs/errors.md"));
  const ofFailures = (Object.keys(failures) as FailureKind[]).map((kind) => ({
    ...failures[kind],
    means: failureMeanings[kind],
  }));
  const all: ErrorRow[] = [gatewayCodes, providerContent, gatewayMessages, statuses, ofFailures].flatMap((part) =>
    Object.values(part),
  );

  it("states for each error what it means, what to do, and how a program can recognise it", () => {
    expect(all.length).toBeGreaterThan(50);
    for (const { code, origin, retryable, means, hint } of all) {
      const matching = rows.filter((cells) => cells[1] === means && cells[2] === hint.replaceAll("`", "") && cells[4] === code);
      expect(
        matching.map((cells) => cells.slice(5)),
        `${code}: ${means}`,
      ).toContainEqual([origin, retryable ? "yes" : "no"]);
    }
  });

  it("names exported classes, each with its code", () => {
    const errorRows = rows.filter((cells) => cells.length === 7 && cells[3]?.endsWith("Error"));
    for (const [, , , name = "", code] of errorRows) {
      expect(cfAiGateway, name).toHaveProperty(name);
      expect(name.toLowerCase()).toBe(`${code?.replaceAll("-", "")}error`);
    }
    expect(new Set(errorRows.map((cells) => cells[4])).size).toBe(new Set(all.map(({ code }) => code)).size);
  });

  it("lists every gateway code once", () => {
    const listed = rows.flatMap(([seen = ""]) => seen.match(/(?<=gateway code )\d+/g) ?? []);
    expect(listed).toEqual(Object.keys(gatewayCodes));
  });
});

describe("docs/gateway-options.md", () => {
  it("lists every option with its header and what it does", () => {
    const rows = readRows(read("docs/gateway-options.md")).slice(2);
    const listed = Object.fromEntries(rows.map(([option, , , header]) => [option, header]));
    expect(listed).toEqual(Object.fromEntries(Object.entries(gatewayOptionRows).map(([option, { header }]) => [option, header])));
    for (const [option, type, words] of rows)
      expect([option, type && words], option).toEqual([option, expect.stringMatching(/\w/)]);
  });
});

describe("docs/model-ids.md", () => {
  it("states what is sent for each model", () => {
    const [table = ""] = read("docs/model-ids.md").split("`endpoint`");
    const rows = readRows(table)
      .slice(2)
      .filter((cells) => cells.length === 4);
    expect(rows.length).toBeGreaterThan(10);
    for (const [names = "", model = "", ...sent] of rows)
      for (const name of names.split(" or "))
        for (const [index, endpoint] of (["compat", "rest"] as const).entries()) {
          const provider = name === "none" ? undefined : name;
          const expected = { provider: expect.anything(), model: sent[index]?.split(";")[0] };
          expect(modelId(provider, model, endpoint), `${name} ${model} on ${endpoint}`).toMatchObject(expected);
        }
  });
});

const repository = "https://github.com/cf-ai-gateway/cf-ai-gateway/blob/main/";
const rawFiles = "https://raw.githubusercontent.com/cf-ai-gateway/cf-ai-gateway/main/";
const listAnchors = (file: string) => [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => toAnchor(heading));

describe("links and references in the docs", () => {
  const pages = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));
  const files = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", ...pages.map((name) => `docs/${name}`)];

  it.each(files)("the links of %s have existing targets", (file) => {
    const links = [...read(file).matchAll(/\]\(([^)]+)\)/g)].map(([, link = ""]) => link);
    const dead = links.filter((link) => {
      // Links are absolute, so that they also work on npm's page.
      const local = link.startsWith(repository) ? link.slice(repository.length) : undefined;
      if (local === undefined && /^https?:/.test(link)) return false;
      const [path = "", anchor] = (local ?? link).split("#");
      const target = path === "" ? file : local === undefined ? join(dirname(file), path) : path;
      return !existsSync(join(root, target)) || (anchor !== undefined && !listAnchors(target).includes(anchor));
    });
    expect(dead).toEqual([]);
  });

  it("the links of the README are absolute", () => {
    const links = [...read("README.md").matchAll(/\]\(([^)]+)\)/g)].map(([, link = ""]) => link);
    expect(links.filter((link) => !link.startsWith("https://"))).toEqual([]);
  });

  it("the images of the README have absolute URLs, exist, and have alt text", () => {
    const readme = read("README.md");
    const pictures = [...readme.matchAll(/(?:src|srcset)="([^"]+)"/g)].map(([, address = ""]) => address);
    expect(pictures.length).toBeGreaterThan(0);
    for (const address of pictures) {
      expect(address.startsWith(rawFiles), address).toBe(true);
      expect(existsSync(join(root, address.slice(rawFiles.length))), address).toBe(true);
    }
    for (const [image] of readme.matchAll(/<img[^>]*>/g)) expect(image).toMatch(/alt="[^"]{20,}"/);
  });

  it("the index of docs/ lists every page", () => {
    const index = read("docs/README.md");
    expect(pages.filter((name) => name !== "README.md" && !index.includes(`](${name})`))).toEqual([]);
  });

  it("the npm commands in README and CONTRIBUTING are scripts of the package", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const named = [...`${read("README.md")}${read("CONTRIBUTING.md")}`.matchAll(/npm run ([a-z:]+)/g)].map(
      ([, name = ""]) => name,
    );
    expect(named.length).toBeGreaterThan(5);
    for (const name of named) expect(scripts).toHaveProperty(name);
  });

  it("CONTRIBUTING lists every variable that the demo reads", () => {
    const variables = new Set(read("scripts/demo/run.ts").match(/DEMO_\w+/g));
    expect(variables.size).toBeGreaterThan(3);
    for (const variable of variables) expect(read("CONTRIBUTING.md")).toContain(variable);
  });
});

/** The anchor that GitHub generates for a heading. */
const toAnchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");
