import { readArguments } from "../command-line.ts";
import { readFixtureFiles } from "../fixtures/fixture-files.ts";
import { errorShapeTable } from "./error-shape-table.ts";
import { errorTables } from "./error-tables.ts";
import { eventTable } from "./event-table.ts";
import { gatewayOptionTable } from "./gateway-option-table.ts";
import { isUpToDate, writePart } from "./generated-part.ts";
import { providerMatrix } from "./provider-matrix.ts";
import { providerTable } from "./provider-table.ts";

const usage = `
Usage: npm run docs [-- --check]

Writes the generated tables of docs/ from their sources: errors, error shapes, stream events, gateway options, providers and their
fixtures.

  --check   write nothing; exit with status 1 if a table differs from its source
`;

const { values } = readArguments(usage, { check: { type: "boolean" } });
const fixtures = await readFixtureFiles();
const parts = {
  "errors.md": errorTables(),
  "error-shapes.md": errorShapeTable(),
  "events.md": eventTable(),
  "gateway-options.md": gatewayOptionTable(),
  "providers.md": providerTable(fixtures),
  "provider-matrix.md": providerMatrix(fixtures),
};

for (const [name, part] of Object.entries(parts)) {
  if (!values.check) {
    writePart(name, part);
    console.log(`Wrote the generated part of docs/${name}.`);
  } else if (isUpToDate(name, part)) console.log(`docs/${name} is up to date.`);
  else {
    console.error(`docs/${name} differs from its source. Run npm run docs.`);
    process.exitCode = 1;
  }
}
