/** Writes the tables of docs/ from their sources: the errors from the table that fills `hint`. `--check` fails when they differ. */
import { errorTables } from "./error-tables.ts";
import { gatewayOptionTable } from "./gateway-option-table.ts";
import { writeOrCheck } from "./generated-part.ts";

const args = process.argv.slice(2);
writeOrCheck("errors.md", errorTables(), args);
writeOrCheck("gateway-options.md", gatewayOptionTable(), args);
