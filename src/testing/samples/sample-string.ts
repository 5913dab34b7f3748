import type { Choices } from "./choices.ts";
import type { Place } from "./place.ts";
import { compileRegex } from "./regex-syntax.ts";
import { samplePattern } from "./sample-pattern.ts";
import { largest, type SchemaObject, smallest } from "./schema-object.ts";

/** A string with the length, the patterns and the formats of all `schemas`; `undefined` if the choices lead to none. */
export function sampleString(schemas: readonly SchemaObject[], { choices, compile }: Place): string | undefined {
  const least = largest(schemas, "minLength", 0);
  const most = smallest(schemas, "maxLength", Infinity);
  const patterns = collectStrings(schemas, "pattern");
  const formats = collectStrings(schemas, "format").filter((format) => Object.hasOwn(samplesByFormat, format));
  const fits = (text: string) => {
    const { length } = [...text];
    return length >= least && length <= most && patterns.every((pattern) => compileRegex(pattern).test(text));
  };
  const byPattern = patterns.flatMap((pattern) => samplePattern(pattern, least, choices) ?? []);
  const [format] = formats;
  if (format === undefined) {
    const anyText = plain(least, most, choices);
    return (choices.vary ? [...byPattern, anyText] : [anyText, ...byPattern]).find(fits);
  }
  const byFormat = formatted(format, least, choices);
  const hasFormat = compile({ type: "string", format });
  return byFormat.find(fits) ?? crossed(byPattern, byFormat).find((text) => fits(text) && hasFormat(text));
}

/** Strings that start like one sample and end like the other, for patterns that fix a part of a format: `^https://`, `\\+02:00$`. */
const crossed = (byPattern: readonly string[], byFormat: readonly string[]): string[] => [
  ...byPattern,
  ...byPattern.flatMap((fixed) =>
    byFormat
      .slice(0, 20)
      .flatMap((text) => [...text].flatMap((_, at) => [fixed + text.slice(at), text.slice(0, at + 1) + fixed])),
  ),
];

const collectStrings = (schemas: readonly SchemaObject[], keyword: string): string[] =>
  schemas.map((schema) => schema[keyword]).filter((value) => typeof value === "string");

function plain(least: number, most: number, choices: Choices): string {
  const word = choices.vary ? `${choices.integer(1, 999)} text` : "text";
  return word.padEnd(least, word).slice(0, most);
}

/** A sample, and the same with a longer part, for schemas that require a length. */
type FormatSample = string | ((filler: string) => string);

const day = "2026-11-20";
const samplesByFormat: Readonly<Record<string, readonly FormatSample[]>> = {
  date: [day, "2024-02-29"],
  time: ["12:00:00Z", (filler) => `12:00:00.${digits(filler)}Z`],
  "date-time": [`${day}T12:00:00Z`, (filler) => `${day}T12:00:00.${digits(filler)}Z`],
  "iso-time": ["12:00:00"],
  "iso-date-time": [`${day}T12:00:00`],
  duration: ["P1D", "PT1H30M", (filler) => `P${digits(filler)}D`],
  email: ["ada@example.com", (filler) => `${filler}@example.com`, "a@b.c"],
  "idn-email": ["ada@example.com", (filler) => `${filler}@example.com`, "a@b.c"],
  hostname: ["example.com", (filler) => `${filler.match(/.{1,60}/g)?.join(".") ?? "a"}.com`, "a"],
  "idn-hostname": ["example.com", "a"],
  ipv4: ["192.0.2.1", "192.0.2.100", "1.1.1.1"],
  ipv6: ["2001:db8::1", "2001:0db8:0000:0000:0000:0000:0000:0001", "::1"],
  uri: ["https://example.com/", (filler) => `https://example.com/${filler}`, "a:b"],
  url: ["https://example.com/", (filler) => `https://example.com/${filler}`],
  iri: ["https://example.com/", (filler) => `https://example.com/${filler}`],
  "uri-reference": ["/path", (filler) => `/${filler}`, "https://example.com/"],
  "iri-reference": ["/path", (filler) => `/${filler}`],
  "uri-template": ["/items/{id}", (filler) => `/${filler}`],
  uuid: [
    "123e4567-e89b-42d3-a456-426614174000",
    (filler) => `123e4567-e89b-42d3-a456-${digits(filler).padStart(12, "0").slice(-12)}`,
  ],
  "json-pointer": ["/path", (filler) => `/${filler}`, ""],
  "json-pointer-uri-fragment": ["#/path", (filler) => `#/${filler}`, "#"],
  "relative-json-pointer": ["0/path", (filler) => `0/${filler}`, "0"],
  regex: ["a+", (filler) => filler, ""],
  byte: ["dGV4dA==", (filler) => btoa(filler), ""],
};

const digits = (filler: string) => filler.replace(/\D/g, "1") || "1";

/** Samples of the format, then with a part of every length up to the required minimum. */
function formatted(format: string, least: number, choices: Choices): string[] {
  const samples = samplesByFormat[format] ?? [];
  const lengths = choices.vary ? [choices.integer(1, 12), choices.integer(1, 12)] : [];
  const growing = Array.from({ length: Math.min(least, 2_000) }, (_, at) => at + 1);
  const filler = choices.vary ? String(choices.integer(100, 999)) : "a";
  const texts = samples.flatMap((sample) =>
    typeof sample === "string"
      ? choices.vary
        ? []
        : [sample]
      : [...lengths, ...growing].map((length) => sample("".padEnd(length, filler))),
  );
  return [...texts, ...samples.filter((sample) => typeof sample === "string")];
}
