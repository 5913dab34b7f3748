import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { createFrameReader, type Frame } from "../src/stream/sse.ts";
import { loadSchemas } from "../src/wire.ts";
import type { FixtureFiles } from "./fixture-files.ts";

const { $defs } = await loadSchemas();
const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false }).addSchema({ $id: "spec", $defs });
const compiled = new Map<string, ValidateFunction>();

/** What of a value does not fit the spec's schema of that name; nothing when all does. */
export function specProblems(schema: string, value: unknown): string[] {
  const validate = compiled.get(schema) ?? ajv.compile({ $ref: `spec#/$defs/${schema}` });
  compiled.set(schema, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${schema}${instancePath} ${message}`);
}

/** What of a fixture's answer does not fit the spec. */
export function answerProblems({ body, isStream, meta }: FixtureFiles): string[] {
  const text = new TextDecoder().decode(body);
  if (!isStream) {
    // An edge answers with a page.
    if (meta.status >= 400 && /^\s*</.test(text)) return specProblems("HtmlErrorPage", text);
    return specProblems(meta.status >= 400 ? "ErrorBody" : "ChatCompletion", JSON.parse(text));
  }
  const frames: Frame[] = [];
  const reader = createFrameReader((frame) => frames.push(frame));
  reader.push(text);
  reader.end();
  return frames.flatMap((frame) => {
    if (frame.kind === "chunk") return specProblems("ChatCompletionChunk", frame.value);
    if (frame.kind === "error") return specProblems("ErrorBody", frame.value);
    return frame.kind === "done" ? [] : [`a frame is ${frame.kind}`];
  });
}
