import { afterEach, beforeAll, beforeEach } from "vitest";

/** One failure is enough to catch a change; the rest of the file would only cost time. */
let failed = false;
beforeAll(() => {
  failed = false;
});
beforeEach(({ skip }) => {
  if (failed) skip();
});
afterEach(({ task }) => {
  failed ||= task.result?.state === "fail";
});
