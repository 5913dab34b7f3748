import { describeThrown } from "./json-value.ts";
import type { OptionProblem } from "./validators.ts";

/** Runs a check. If reading the value throws, as a caller's getter can, that is the problem. */
export function runCheck(option: string, check: () => OptionProblem[]): OptionProblem[] {
  try {
    return check();
  } catch (error) {
    return [{ option, message: `can't be read: ${describeThrown(error)}` }];
  }
}
