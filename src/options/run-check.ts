import { describeThrown } from "./json-value.ts";
import type { OptionProblem } from "./validators.ts";

/** What is wrong with a value, also when reading it runs code of the caller's that throws. */
export function runCheck(option: string, check: () => OptionProblem[]): OptionProblem[] {
  try {
    return check();
  } catch (error) {
    return [{ option, message: `can't be read: ${describeThrown(error)}` }];
  }
}
