import type { Check } from "./check.ts";
import { authenticatedCheck, clockCheck, gatewayCheck, networkCheck, tokenCheck } from "./gateway-checks.ts";
import { keyCheck } from "./key-check.ts";
import { cacheCheck, streamCheck } from "./live-checks.ts";
import { logsCheck } from "./logs-check.ts";
import { environmentCheck, nodeCheck, packagesCheck, proxyCheck, timeoutsCheck } from "./machine-checks.ts";

/** In the order of the report: checks that block others come first. */
export const checksFor = (providers: readonly string[]): Check[] => [
  environmentCheck,
  nodeCheck,
  packagesCheck,
  proxyCheck,
  timeoutsCheck,
  networkCheck,
  clockCheck,
  tokenCheck,
  gatewayCheck,
  authenticatedCheck,
  ...providers.map(keyCheck),
  cacheCheck,
  streamCheck,
  logsCheck,
];
