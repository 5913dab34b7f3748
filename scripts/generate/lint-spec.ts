/** Lints spec/openapi.yaml with Redocly's recommended rules; any problem, warnings included, exits 1. */
import { fileURLToPath } from "node:url";
import { createConfig, getLineColLocation, lint } from "@redocly/openapi-core";

const spec = fileURLToPath(new URL("../../spec/openapi.yaml", import.meta.url));
const config = await createConfig({ extends: ["recommended"] });
const problems = await lint({ ref: spec, config });

for (const problem of problems) {
  const [location] = problem.location;
  const start = location && getLineColLocation(location).start;
  const where = location
    ? `spec/openapi.yaml:${start?.line ?? 1}:${start?.col ?? 1} ${location.pointer ?? ""}`
    : "spec/openapi.yaml";
  console.error(`${where}\n  ${problem.severity} ${problem.ruleId}: ${problem.message}`);
}
if (problems.length > 0) process.exitCode = 1;
