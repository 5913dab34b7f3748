/** A part of what `createGateway` loads with itself. */
export interface Part {
  name: string;
  /** Matches the paths of its files. A file belongs to the first part that matches. */
  files: RegExp;
  does: string;
  /** Why it is not loaded on first use. */
  isStatic: string;
}

const everyChat = "every chat runs it";
const checkedAtOnce = "`createGateway()`, `with()` and `tool()` throw at once, and every chat is checked";
const onFailure = "an error must not depend on loading another file";

export const parts: readonly Part[] = [
  {
    name: "openapi-fetch",
    files: /node_modules\/openapi-fetch/,
    does: "the bindings: URL, parameters, headers, the call of `fetch`",
    isStatic: everyChat,
  },
  {
    name: "eventsource-parser",
    files: /node_modules\/eventsource-parser/,
    does: "splits an event stream into events",
    isStatic: "streams are half of the package",
  },
  {
    name: "Suggestions",
    files: /src\/options\/suggest-option/,
    does: "suggestions for misspelled options and names of other SDKs",
    isStatic: checkedAtOnce,
  },
  {
    name: "Configuration",
    files: /src\/options\/(?:resolve|environment|settings|snapshot|merge|validate-providers)|src\/client|src\/index/,
    does: "`createGateway`, `with`, environment variables, URLs, tokens, the user's own providers",
    isStatic: everyChat,
  },
  {
    name: "Checks of options",
    files: /src\/options\//,
    does: "types, ranges, combinations, messages, tools, headers; what was passed and how to fix it",
    isStatic: checkedAtOnce,
  },
  {
    name: "Error tables",
    files: /src\/errors\/(?:client-errors|gateway-errors|provider-errors|error-table|vary)/,
    does: "60 kinds of failure by code, message and status, each with a hint",
    isStatic: onFailure,
  },
  {
    name: "Error classes and reading",
    files: /src\/errors\/(?!redact|gateway-metadata)/,
    does: "15 classes, error bodies of the gateway and each provider, network failures, retry delays",
    isStatic: onFailure,
  },
  {
    name: "Redaction and gateway metadata",
    files: /src\/errors\//,
    does: "no token in any error; log id, cache status and routing of each response",
    isStatic: everyChat,
  },
  {
    name: "Provider and model tables",
    files: /src\/request\/(?:providers|model-rules|model-id|fit-options)/,
    does: "names of providers and models, and the options they reject or rename",
    isStatic: everyChat,
  },
  {
    name: "Requests",
    files: /src\/request\//,
    does: "body and headers; the conversation adapted to the target: call ids, reasoning, images, media of tools",
    isStatic: everyChat,
  },
  {
    name: "Transport",
    files: /src\/transport\/|src\/abort/,
    does: "sending, time-outs, retries, cancellation, Workers binding",
    isStatic: everyChat,
  },
  {
    name: "Streams to a browser",
    files: /src\/chat\/event-stream-response/,
    does: "`toResponse()`; its formats are loaded on first use",
    isStatic: "`toResponse()` returns at once",
  },
  {
    name: "Tool calls of a response",
    files: /src\/response\/(?:tool-call|call-)/,
    does: "calls in pieces, repeated, renumbered, or written as text",
    isStatic: "known only from the response itself",
  },
  {
    name: "Text and reasoning of a response",
    files:
      /src\/response\/(?:answer-text|reasoning|later-reasoning|text-gate|delta-text|well-formed|message-reader|answer-message)/,
    does: "think tags, reasoning fields, details and signatures, pieces that split a character",
    isStatic: everyChat,
  },
  {
    name: "Reading responses",
    files: /src\/response\//,
    does: "bodies, event streams, usage, finish reasons, media, citations, warnings",
    isStatic: everyChat,
  },
  {
    name: "Running tools",
    files: /src\/tools\/|src\/chat\/(?:run-tool-calls|run-approved-calls|accept-calls)/,
    does: "parsing and checking calls, approvals, time-outs, background tasks, results as JSON or content parts",
    isStatic: "tools run in the middle of a chat; what describes their schemas is loaded before the first request",
  },
  {
    name: "Loading the validator and structured output",
    files: /src\/(?:output|schema|logs)/,
    does: "validates against a Standard Schema; loads what a JSON Schema, `output` and the logs need",
    isStatic: "it loads the rest",
  },
  {
    name: "Loop, streams and results",
    files: /src\/chat\//,
    does: "turns, fallbacks, re-asks, events with backpressure, results, partial results, telemetry",
    isStatic: everyChat,
  },
];
