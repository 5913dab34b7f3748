import {
  type ContentRow,
  dailyLimit,
  type ErrorRow,
  type FailureKind,
  type FailureRow,
  failures,
  gatewayCodes,
  gatewayMessages,
  gatewayStatuses,
  providerContent,
  statuses,
} from "../../src/errors/error-table.ts";
import { failureMeanings } from "./failure-meanings.ts";
import { table } from "./generated-part.ts";

/** What a user sees, and the matching row. */
type Symptom = [seen: string, row: ErrorRow];

/** All errors by origin, from the error table. */
export function errorTables(): string {
  const parts: [heading: string, symptoms: Symptom[]][] = [
    [
      "Errors of the gateway",
      [
        ...Object.entries(gatewayCodes).map(([code, row]): Symptom => [`gateway code ${code}`, row]),
        ...gatewayMessages.map((row): Symptom => [`no code and a message like ${row.words ? code(row.words) : ""}`, row]),
        ...Object.entries(gatewayStatuses).flatMap(([status, row]): Symptom[] =>
          row ? [[`HTTP ${status} of the gateway, with no code or an unknown one`, row]] : [],
        ),
      ],
    ],
    [
      "Errors of the provider",
      [
        ...providerContent.map((row): Symptom => [`${content(row)}${row.inStream ? " in a stream or a 200" : ""}`, row]),
        ...Object.values(dailyLimit).map((row): Symptom => ["a limit or quota per day", row]),
        ...Object.entries(statuses).map(([status, row]): Symptom => [statusNames[status] ?? `HTTP ${status}`, row]),
      ],
    ],
    ["Network failures and timeouts", listFailures("network", "timeout")],
    ["Unreadable responses", listFailures("stream", "answer")],
    ["Invalid output", listFailures("output")],
    ["Configuration", listFailures("configuration")],
  ];
  return parts.map(([heading, symptoms]) => `### ${heading}\n\n${buildTable(symptoms)}`).join("\n\n");
}

const statusNames: Readonly<Record<string, string>> = {
  "4xx": "any other HTTP 4xx",
  "5xx": "any other HTTP 5xx",
  other: "a response that is neither an HTTP error nor a completion",
};

const listFailures = (...groups: string[]): Symptom[] =>
  (Object.keys(failures) as FailureKind[])
    .filter((kind) => groups.includes(kind.split(":")[0] ?? ""))
    .map((kind): Symptom => [describeSymptom(kind, failures[kind]), { ...failures[kind], means: failureMeanings[kind] }]);

/** The error field that distinguishes the rows of one class, if it has one. */
function describeSymptom(kind: FailureKind, { code: name }: FailureRow): string {
  const detail = kind.slice(kind.indexOf(":") + 1);
  if (name === "timeout") return `\`phase: "${detail}"\``;
  if (name === "stream" || name === "output-validation") return `\`reason: "${detail}"\``;
  return failureNames[kind as keyof typeof failureNames];
}

const failureNames: Record<Extract<FailureKind, `network:${string}` | `answer:${string}` | "configuration">, string> = {
  "network:connect": "any other request without a response",
  "network:dns": "`ENOTFOUND`, `EAI_AGAIN`",
  "network:refused": "`ECONNREFUSED`",
  "network:tls": "a certificate that is not trusted, a failed handshake",
  "network:reset": "`ECONNRESET`, `terminated`, a body shorter than promised",
  "network:redirect": "HTTP 3xx",
  "network:remote-binding": "`Binding AI needs to be run remotely`",
  "answer:html": "HTTP 200 with an HTML page",
  "answer:empty": "HTTP 200 with an empty body",
  "answer:malformed": "HTTP 200 with a body that is not JSON",
  "answer:no-choices": "HTTP 200 with `choices: []`",
  "answer:drift": 'a response that the spec does not describe, with `validateResponses: "throw"`',
  configuration: "one or more `issues`",
};

/** Sights that mean the same share a row. */
function buildTable(symptoms: readonly Symptom[]): string {
  const seenByRow = new Map<string, { seen: string[]; cells: string[] }>();
  for (const [seen, { code: name, origin, retryable, means, hint }] of symptoms) {
    const cells = [
      quotePlaceholders(means),
      quotePlaceholders(hint),
      `\`${className(name)}\``,
      `\`${name}\``,
      origin,
      retryable ? "yes" : "no",
    ];
    const key = cells.join("\n");
    const row = seenByRow.get(key) ?? { seen: [], cells };
    row.seen.push(seen);
    seenByRow.set(key, row);
  }
  const head = ["What you see", "What it means", "What to do", "Class", "`code`", "`origin`", "`retryable`"];
  return table(
    head,
    [...seenByRow.values()].map(({ seen, cells }) => [seen.join(", "), ...cells]),
  );
}

/** The class is named after its code: `rate-limit` is a RateLimitError. */
const className = (name: string) => `${name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}Error`;

const code = (pattern: RegExp) => `\`${pattern.source}\``;

/** The codes of a row, or words that it is recognised by. */
const content = ({ codes, words: messagePattern }: ContentRow): string =>
  [codes && `the code ${words(codes)}`, messagePattern && "an equivalent message"].filter(Boolean).join(", or ");

/** The words of a pattern that lists them. */
const words = (pattern: RegExp) =>
  pattern.source
    .replace(/^\^\((?:\?:)?|\)\$$/g, "")
    .replaceAll(/\(\?:(\w+)\)\?/g, "")
    .split("|")
    .map((word) => `\`${word}\``)
    .join(", ");

const quotePlaceholders = (text: string) => text.replace(/[\w-]*\{\w+\}(?:\/\{\w+\})*/g, "`$&`");
