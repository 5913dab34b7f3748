import type { GatewayError } from "cf-ai-gateway";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Clock } from "../../src/transport/timeout.ts";

describe("the timeout clock of a request", () => {
  let expired: GatewayError[];
  let clock: Clock;
  const limits = { firstByte: 1000, idle: 100 };
  beforeEach(() => {
    vi.useFakeTimers();
    expired = [];
    clock = new Clock(limits, (error) => void expired.push(error));
  });
  afterEach(() => void vi.useRealTimers());

  it("expires when the first byte does not arrive in time", () => {
    clock.start("first-byte");
    vi.advanceTimersByTime(999);
    expect(expired).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(expired).toMatchObject([{ code: "timeout", phase: "first-byte" }]);
  });

  it("uses the shorter limit once the body arrives", () => {
    clock.start("first-byte");
    vi.advanceTimersByTime(900);
    clock.pause();
    clock.start("idle");
    vi.advanceTimersByTime(100);
    expect(expired).toMatchObject([{ code: "timeout", phase: "idle" }]);
  });

  it("restarts with each piece", () => {
    for (let piece = 0; piece < 20; piece++) {
      clock.start("idle");
      vi.advanceTimersByTime(99);
      clock.pause();
    }
    expect(expired).toEqual([]);
    clock.start("idle");
    vi.advanceTimersByTime(99);
    expect(expired).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(expired).toHaveLength(1);
  });

  it("is paused while nothing is awaited", () => {
    clock.start("idle");
    clock.pause();
    vi.advanceTimersByTime(10_000);
    expect(expired).toEqual([]);
    clock.start("idle");
    vi.advanceTimersByTime(100);
    expect(expired).toHaveLength(1);
  });

  it("uses one timer for many waits", () => {
    for (let piece = 0; piece < 1000; piece++) {
      clock.start("idle");
      clock.pause();
    }
    expect(vi.getTimerCount()).toBe(1);
  });

  it("leaves no timer when it is stopped", () => {
    clock.start("idle");
    clock.stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([2 ** 31, Number.POSITIVE_INFINITY])("has no limit at %d ms, which no timer can hold", (idle) => {
    clock = new Clock({ firstByte: 1000, idle }, (error) => void expired.push(error));
    clock.start("idle");
    vi.advanceTimersByTime(10_000_000);
    expect(expired).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
