import { fullFormats } from "ajv-formats/dist/formats.js";

/** Whether both validators check this `format`; in 2020-12, unknown formats are ignored. */
export function isKnownFormat(name: string): boolean {
  return Object.hasOwn(fullFormats, name);
}

/** Returns a test for `format`, which accepts values of other types. */
export function createFormatCheck(name: string): (value: unknown) => boolean {
  const format = Object.entries(fullFormats).find(([known]) => known === name)?.[1];
  if (format === undefined || format === true) return () => true;
  const definition = typeof format === "object" && "validate" in format ? format : { validate: format };
  const { validate } = definition;
  if ("type" in definition && definition.type === "number")
    return (value) =>
      typeof value !== "number" ||
      !Number.isFinite(value) ||
      (typeof validate === "function" && Boolean(validate(value as never)));
  return (value) => {
    if (typeof value !== "string") return true;
    return validate instanceof RegExp
      ? validate.test(value)
      : typeof validate === "function" && Boolean(validate(value as never));
  };
}
