export { type OtelOptions, otelTelemetry } from "./otel-telemetry.ts";
