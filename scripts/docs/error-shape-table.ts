import { readFileSync } from "node:fs";
import { table } from "./generated-part.ts";

interface ErrorShape {
  provider: string;
  name: string;
  status: number | null;
  body: unknown;
  class: string;
  retryable: boolean;
  retryAfterMs?: number;
  source: string;
}

const maxBodyLength = 160;

/** Every error body in the tests, and the error it becomes. */
export function errorShapeTable(): string {
  const shapes: ErrorShape[] = JSON.parse(readFileSync(new URL("../../test/errors/error-shapes.json", import.meta.url), "utf8"));
  const rows = shapes.map((shape) => [
    shape.provider,
    shape.name,
    shape.status === null ? "in a 200" : `${shape.status}`,
    `\`${excerpt(shape.body)}\``,
    `\`${shape.class}\``,
    shape.retryable ? "yes" : "no",
    shape.retryAfterMs === undefined ? "" : `${shape.retryAfterMs} ms`,
    `[report](${shape.source})`,
  ]);
  return table(["From", "What", "Status", "Body", "Class", "`retryable`", "`retryAfterMs`", "Source"], rows);
}

function excerpt(body: unknown): string {
  const text = (typeof body === "string" ? body : JSON.stringify(body)).replaceAll("`", "'");
  return text.length > maxBodyLength ? `${text.slice(0, maxBodyLength)}…` : text;
}
