/** Writes the tables of docs/errors.md from src/error-table.ts, which fills `hint` too. `--check` only says whether they differ. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  type ErrorRow,
  type FailureKind,
  failures,
  gatewayCodes,
  gatewayMessages,
  gatewayStatuses,
  providerCodes,
  statuses,
} from "../src/error-table.ts";

const start = "<!-- errors:start (npm run docs) -->";
const end = "<!-- errors:end -->";

/** What a user sees, and the row that says what it is. */
type Sight = [seen: string, row: ErrorRow];

/** The document with its tables made anew; the prose around them stays. */
export function withErrorTables(document: string): string {
  const from = document.indexOf(start);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/errors.md has lost its markers ${start} and ${end}`);
  return `${document.slice(0, from) + start}\n\n${errorTables()}\n\n${document.slice(to)}`;
}

function errorTables(): string {
  const parts: [heading: string, sights: Sight[]][] = [
    [
      "The gateway refused",
      [
        ...Object.entries(gatewayCodes).map(([code, row]): Sight => [`gateway code ${code}`, row]),
        ...gatewayMessages.map((row): Sight => [`no code, and a message like ${code(row.pattern)}`, row]),
        ...Object.entries(gatewayStatuses).flatMap(([status, row]): Sight[] =>
          row ? [[`HTTP ${status} of the gateway, with no code or an unknown one`, row]] : [],
        ),
      ],
    ],
    [
      "The provider refused or failed",
      [
        ...providerCodes.map((row): Sight => [`${words(row.pattern)}${row.inStream ? " in a stream or a 200" : ""}`, row]),
        ...Object.entries(statuses).map(([status, row]): Sight => [statusNames[status] ?? `HTTP ${status}`, row]),
      ],
    ],
    ["The network failed, or time ran out", failuresOf("network", "timeout")],
    ["The answer could not be read", failuresOf("stream", "answer")],
    ["The output did not fit", failuresOf("output")],
    ["Nothing was sent", failuresOf("configuration")],
  ];
  return parts.map(([heading, sights]) => `### ${heading}\n\n${table(sights)}`).join("\n\n");
}

const statusNames: Readonly<Record<string, string>> = {
  "4xx": "any other HTTP 4xx",
  "5xx": "any other HTTP 5xx",
  other: "an answer that is no HTTP error, and no completion either",
};

const failuresOf = (...groups: string[]): Sight[] =>
  Object.entries(failures)
    .filter(([kind]) => groups.includes(kind.split(":")[0] ?? ""))
    .map(([kind, row]): Sight => [seenOf(kind as FailureKind, row), row]);

/** What tells the rows of one class apart: a field of the error, where the class has one. */
function seenOf(kind: FailureKind, { code: name }: ErrorRow): string {
  const detail = kind.slice(kind.indexOf(":") + 1);
  if (name === "timeout") return `\`phase: "${detail}"\``;
  if (name === "stream" || name === "output-validation") return `\`reason: "${detail}"\``;
  return failureNames[kind as keyof typeof failureNames];
}

const failureNames: Record<Extract<FailureKind, `network:${string}` | `answer:${string}` | "configuration">, string> = {
  "network:connect": "any other request without an answer",
  "network:dns": "`ENOTFOUND`, `EAI_AGAIN`",
  "network:refused": "`ECONNREFUSED`",
  "network:tls": "a certificate that is not trusted, a failed handshake",
  "network:reset": "`ECONNRESET`, `terminated`, a body shorter than promised",
  "network:redirect": "HTTP 3xx",
  "answer:html": "HTTP 200 with a page",
  "answer:empty": "HTTP 200 with an empty body",
  "answer:malformed": "HTTP 200 with something else than JSON",
  "answer:error": "HTTP 200 with an error in it",
  "answer:no-choices": "HTTP 200 with `choices: []`",
  "answer:drift": 'an answer that the spec does not know, with `validateResponses: "throw"`',
  configuration: "one or more `issues`",
};

function table(sights: readonly Sight[]): string {
  const seenByRow = new Map<string, string[]>();
  for (const [seen, { code: name, origin, retryable, means, hint }] of sights) {
    const cells = [means, hint, `\`${className(name)}\``, `\`${name}\``, origin, retryable ? "yes" : "no"];
    const row = cells.map(inCell).join(" | ");
    seenByRow.set(row, [...(seenByRow.get(row) ?? []), inCell(seen)]);
  }
  const head = ["What you see", "What it means", "What to do", "Class", "`code`", "`origin`", "`retryable`"];
  return [
    `| ${head.join(" | ")} |`,
    `| ${head.map(() => "---").join(" | ")} |`,
    ...[...seenByRow].map(([row, seen]) => `| ${seen.join(", ")} | ${row} |`),
  ].join("\n");
}

/** The class is named after its code: `rate-limit` is a RateLimitError. */
const className = (name: string) => `${name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}Error`;

const code = (pattern: RegExp) => `\`${pattern.source}\``;

/** The words of a pattern that lists them. */
const words = (pattern: RegExp) =>
  pattern.source
    .replace(/^\^\(|\)\$$/g, "")
    .split("|")
    .map((word) => `\`${word}\``)
    .join(", ");

const inCell = (text: string) => text.replaceAll("|", "\\|").replace(/[\w-]*\{\w+\}(?:\/\{\w+\})*/g, "`$&`");

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = fileURLToPath(new URL("../docs/errors.md", import.meta.url));
  const before = readFileSync(path, "utf8");
  const after = withErrorTables(before);
  if (process.argv.includes("--check")) {
    if (after !== before) {
      console.error("docs/errors.md differs from src/error-table.ts: run npm run docs");
      process.exitCode = 1;
    }
  } else {
    writeFileSync(path, after);
  }
}
