/** Checks of gateway options whose header has a special format. */
import { headerProblem } from "./validate-headers.ts";
import { type Check, describe, expect, nonEmptyString, plainObjectWith } from "./validators.ts";

/** A value that is sent unchanged as a header. */
export const headerText: Check = (value) => {
  const problem = nonEmptyString(value);
  if (problem) return problem;
  const unsafe = headerProblem(String(value), "ASCII");
  return unsafe ? { path: "", message: unsafe } : undefined;
};

/** A list that is sent as a comma-separated header. */
export const list: Check = (value) => {
  if (!Array.isArray(value) || value.length === 0)
    return { path: "", message: `must be a non-empty array of strings, got ${describe(value)}` };
  return Array.from(value).every((entry) => !headerText(entry) && !String(entry).includes(","))
    ? undefined
    : { path: "", message: "must contain only non-empty ASCII strings without commas" };
};

export const hexadecimal = /* @__NO_SIDE_EFFECTS__ */ (length: number): Check =>
  expect(
    `a string of ${length} hexadecimal characters`,
    (value) => typeof value === "string" && value.length === length && /^[0-9a-f]+$/i.test(value),
  );

const maxMetadataEntries = 5;

export const metadata = plainObjectWith((value) => {
  const entries = Object.entries(value);
  if (entries.length > maxMetadataEntries)
    return {
      path: "",
      message: `must have at most ${maxMetadataEntries} entries, got ${entries.length}: the gateway silently drops the rest`,
    };
  for (const [key, entry] of entries) {
    if (key === "" || key.startsWith("cf."))
      return { path: "", message: `has the key "${key}": keys must not be empty or start with "cf.", which is reserved` };
    if (!(typeof entry === "string" || typeof entry === "boolean" || Number.isFinite(entry)))
      return {
        path: "",
        message: `must have strings, numbers or booleans as values, got ${describe(entry)} under "${key}": the gateway ignores other metadata`,
      };
  }
  return undefined;
});

const prices: Readonly<Record<string, "required" | "optional">> = {
  perTokenIn: "required",
  perTokenOut: "required",
  perCacheReadToken: "optional",
  perCacheWriteToken: "optional",
};

export const customCost = plainObjectWith((value) => {
  const isTotal = "totalCost" in value;
  const known = isTotal ? { totalCost: "required" } : prices;
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined)
    return isTotal
      ? { path: "", message: `must be either { totalCost } or prices per token, got totalCost together with ${unknown}` }
      : {
          path: "",
          message: `has the unknown price "${unknown}"; the prices are ${[...Object.keys(prices), "totalCost"].join(", ")}`,
        };
  for (const [name, need] of Object.entries(known)) {
    const price = value[name];
    if (price === undefined && need === "optional") continue;
    if (typeof price !== "number" || !Number.isFinite(price) || price < 0)
      return {
        path: "",
        message: `must have ${name} in US dollars${isTotal ? "" : " per token"}, got ${describe(price)}`,
      };
  }
  return undefined;
});
