/**
 * Spans and metrics for OpenTelemetry.
 *
 * @module cf-ai-gateway/otel
 */

export { type OtelOptions, otelTelemetry } from "./otel-telemetry.ts";
