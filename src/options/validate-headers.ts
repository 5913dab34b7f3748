import { isHeaderSafe } from "../request/gateway-headers.ts";
import { entryOf, kindOf, type OptionProblem } from "./validators.ts";

/** The headers that carry tokens, and the option that belongs there. */
const tokenHeaders: Readonly<Record<string, string>> = {
  authorization:
    "must not be set: on compat it would go to the provider in place of the stored key, and on rest it is the API token's; use gatewayToken, or apiToken",
  "cf-aig-authorization": "must not be set: use gatewayToken",
};

/** What is wrong with the request headers of the user's own. */
export function checkHeaders(headers: Record<string, unknown>): OptionProblem[] {
  const problems: OptionProblem[] = [];
  for (const [header, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    const option = `headers.${header.replace(/[^\x20-\x7e]/g, "?")}`;
    const refused = entryOf(tokenHeaders, header.toLowerCase());
    if (refused) problems.push({ option, message: refused });
    else if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(header)) problems.push({ option, message: "is not a header's name" });
    else if (typeof value !== "string") problems.push({ option, message: `must be a text, not ${kindOf(value)}` });
    else if (!isHeaderSafe(value))
      problems.push({
        option,
        message: "must not hold line breaks, other control characters, characters beyond latin-1, or spaces around it",
      });
  }
  return problems;
}
