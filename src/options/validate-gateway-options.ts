import { type GatewayOptionRow, gatewayOptionRows } from "./gateway-option-rows.ts";
import type { GatewayOptions } from "./gateway-options.ts";
import { suggestName } from "./suggest-option.ts";
import { type OptionProblem, ownEntry } from "./validators.ts";

export const gatewayOptionNames: readonly string[] = /* @__PURE__ */ Object.keys(gatewayOptionRows);

/** Checks the gateway's options. */
export function checkGatewayOptions(options: GatewayOptions, endpoint: "compat" | "rest"): OptionProblem[] {
  const problems: OptionProblem[] = [];
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const row = ownEntry<GatewayOptionRow>(gatewayOptionRows, name);
    const problem = row?.check(value);
    if (problem) problems.push({ option: `gateway.${name}`, message: `${problem.message} (header ${row?.header})` });
    if (!row) {
      const suggestion = suggestName(name, gatewayOptionNames);
      const advice = suggestion
        ? `Did you mean "gateway.${suggestion}"?`
        : `The gateway's options are ${gatewayOptionNames.join(", ")}.`;
      problems.push({ option: `gateway.${name}`, message: `Unknown option "gateway.${name}". ${advice}` });
    }
  }
  if (options.zdr && !options.allowUnifiedBilling)
    problems.push({
      option: "gateway.zdr",
      message: "only works with Unified Billing: set gateway.allowUnifiedBilling as well, or leave it out (header cf-aig-zdr)",
    });
  if (endpoint === "rest" && options.byokAlias !== undefined && options.byokAlias !== "default")
    problems.push({
      option: "gateway.byokAlias",
      message:
        'is not available on endpoint "rest", which only uses the key stored as "default": use endpoint "compat" (header cf-aig-byok-alias)',
    });
  return problems;
}
