import { describe, type OptionProblem, ownEntry } from "./validators.ts";

/** The headers that only the client sets, and the option to use instead. */
const reservedHeaders: Readonly<Record<string, string>> = {
  authorization:
    "must not be set: on compat it would replace the provider key that the gateway stores, and on rest it carries the API token; use gatewayToken or apiToken",
  "cf-aig-authorization": "must not be set; use gatewayToken",
  "cf-aig-no-wholesale": "must not be set; use gateway.allowUnifiedBilling",
};

/** Checks that a string can be sent as a header's value. A line break or another control character could start a new header. */
export function headerProblem(value: string, characters: "ASCII" | "Latin-1"): string | undefined {
  const unsafe = characters === "ASCII" ? /[^\x20-\x7e]/ : /[^\x20-\x7e\x80-\xff]/;
  if (!unsafe.test(value) && value === value.trim()) return undefined;
  return `must not contain line breaks, other control characters or characters beyond ${characters}, or start or end with a space: it is sent as a header`;
}

/** Checks the caller's request headers. */
export function checkHeaders(headers: Record<string, unknown>): OptionProblem[] {
  const problems: OptionProblem[] = [];
  for (const [header, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    const option = `headers.${header.replace(/[^\x20-\x7e]/g, "?")}`;
    const reserved = ownEntry(reservedHeaders, header.toLowerCase());
    const message =
      reserved ??
      (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(header)
        ? "is not a valid header name"
        : typeof value === "string"
          ? headerProblem(value, "Latin-1")
          : `must be a string, got ${describe(value)}`);
    if (message) problems.push({ option, message });
  }
  return problems;
}
