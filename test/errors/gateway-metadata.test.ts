import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readGatewayMetadata } from "../../src/errors/gateway-metadata.ts";

const read = (headers: Record<string, string>) => readGatewayMetadata(new Headers(headers));

describe("readGatewayMetadata", () => {
  test.each([
    ["logId", "cf-aig-log-id", "019a7c52-4e1b-7c1a-9d7e-5b1f6f0c2a11"],
    ["requestId", "cf-aig-request-id", "01JCX3W8V4Q0R6T2"],
    ["eventId", "cf-aig-event-id", "order-4711"],
    ["cacheStatus", "cf-aig-cache-status", "HIT"],
    ["provider", "cf-aig-provider", "anthropic"],
    ["model", "cf-aig-model", "claude-sonnet-4-5"],
    ["routedModel", "cf-aig-routed-model", "openai/gpt-4o-mini"],
    ["routingReason", "cf-aig-routing-reason", "cheapest"],
    ["routingDecisionId", "cf-aig-routing-decision-id", "d-1"],
    ["ray", "cf-ray", "8f0c2b1d0000-FRA"],
  ])("reads %s from %s", (field, header, value) => {
    expect(read({ [header]: value })).toEqual({ [field]: value });
  });

  test("reads every response header of the spec that the gateway sets", async () => {
    const spec = parse(await readFile(new URL("../../spec/openapi.yaml", import.meta.url), "utf8"));
    const headers = Object.keys(
      spec.components.responses.Completion?.headers ?? spec.components.responses.ChatCompletion.headers,
    );
    const own = headers.filter((header) => header.startsWith("cf-"));
    expect(own.length).toBeGreaterThan(8);
    expect(own.filter((header) => Object.keys(read({ [header]: "1" })).length !== 1)).toEqual([]);
  });

  test("reads the step as a number, and ignores anything else", () => {
    expect(read({ "cf-aig-step": "0" })).toEqual({ step: 0 });
    expect(read({ "cf-aig-step": "12" })).toEqual({ step: 12 });
    for (const step of ["", "one", "1.5", "-1"]) expect(read({ "cf-aig-step": step })).toEqual({});
  });

  test("parses the findings of data loss prevention", () => {
    const findings = [{ profile: "credit cards", entries: 2 }];
    expect(read({ "cf-aig-dlp": JSON.stringify({ findings, action: "FLAG" }) })).toEqual({ dlp: { action: "FLAG", findings } });
  });

  test.each([
    ['{"action":"BLOCK"}', { action: "BLOCK", findings: [] }],
    ['{"findings":[1]}', { action: "", findings: [1] }],
    ['{"action":"BLOCK","findings":"many"}', { action: "BLOCK", findings: [] }],
    ["BLOCK", { action: "BLOCK", findings: [] }],
    ["null", { action: "null", findings: [] }],
  ])("reads what it can from the findings %s", (value, dlp) => {
    expect(read({ "cf-aig-dlp": value })).toEqual({ dlp });
  });

  test("omits absent and empty values", () => {
    expect(read({})).toEqual({});
    expect(read({ "cf-aig-log-id": "", "cf-aig-dlp": "", "content-type": "application/json" })).toEqual({});
  });
});
