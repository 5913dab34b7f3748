import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { GatewayError } from "../../src/errors/errors.ts";
import { errorFromPayload, errorFromResponse } from "../../src/errors/from-response.ts";
import { createRedact } from "../../src/errors/redact.ts";

/** A real-world error body, from public reports and documentation, shortened and with invented IDs and keys. */
interface ErrorShape {
  provider: string;
  name: string;
  /** null for an error in a response with status 200. */
  status: number | null;
  body: unknown;
  class: string;
  origin: GatewayError["origin"];
  retryable: boolean;
  retryAfterMs?: number;
  /** Words of the provider's that the message must contain. */
  says?: string;
  source: string;
}

const shapes: ErrorShape[] = JSON.parse(readFileSync(new URL("error-shapes.json", import.meta.url), "utf8"));
const noSecrets = createRedact([]);

function read({ provider, status, body }: ErrorShape): GatewayError {
  const target = { provider, model: `${provider}/model` };
  if (status === null) return errorFromPayload(body, target, noSecrets, { retryable: true });
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return errorFromResponse({ status, headers: new Headers() }, text, target, noSecrets);
}

describe("error bodies from public reports", () => {
  test("are many, each with its source", () => {
    expect(shapes.length).toBeGreaterThanOrEqual(80);
    for (const { source } of shapes) expect(source).toMatch(/^https:\/\//);
  });

  test.each(shapes.map((shape) => [`${shape.provider}: ${shape.name} (${shape.status ?? "in a 200"})`, shape] as const))(
    "%s",
    (_, shape) => {
      const error = read(shape);
      expect({ class: error.name, origin: error.origin, retryable: error.retryable, retryAfterMs: error.retryAfterMs }).toEqual({
        class: shape.class,
        origin: shape.origin,
        retryable: shape.retryable,
        retryAfterMs: shape.retryAfterMs,
      });
      if (shape.says) expect(error.message).toContain(shape.says);
      expect(error.message.length).toBeLessThan(1500);
    },
  );
});
