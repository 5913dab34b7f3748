import { describe, expect, it } from "vitest";
import { createPace } from "../../src/batch/pace.ts";

describe("createPace", () => {
  it("halves the concurrency on a rate limit, once for each pause", () => {
    const pace = createPace(8);
    pace.slowDown(0, 100);
    pace.slowDown(50, 100);
    expect(pace.limit).toBe(4);
    expect(pace.pauseMs(100)).toBe(50);
    pace.slowDown(200, 100);
    expect(pace.limit).toBe(2);
  });

  it("never goes below one", () => {
    const pace = createPace(1);
    pace.slowDown(0, 1);
    expect(pace.limit).toBe(1);
  });

  it("adds one worker after as many successes as there are workers, up to the configured number", () => {
    const pace = createPace(3);
    pace.slowDown(0, 1);
    expect(pace.limit).toBe(1);
    pace.speedUp();
    expect(pace.limit).toBe(2);
    pace.speedUp();
    pace.speedUp();
    expect(pace.limit).toBe(3);
    pace.speedUp();
    expect(pace.limit).toBe(3);
  });
});
