import { gatewayOptionRows } from "../../src/options/gateway-option-rows.ts";
import { readMembers } from "./declared-members.ts";
import { table } from "./generated-part.ts";

/** Every gateway option: type and description from its declaration, header from the option table. */
export function gatewayOptionTable(): string {
  const declared = readMembers("GatewayOptions", new URL("../../src/options/gateway-options.ts", import.meta.url));
  const rows = declared.map(({ name, type, words }) => {
    const { header } = gatewayOptionRows[name as keyof typeof gatewayOptionRows];
    return [`\`${name}\``, `\`${type}\``, words, `\`${header}\``];
  });
  return table(["Option", "Type", "What it does", "Header"], rows);
}
