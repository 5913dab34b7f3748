import type { Usage } from "cf-ai-gateway";

/** A count that the provider did not report is undefined, never 0, and has no line here. */
export function printUsage(usage: Usage): void {
  const lines: [string, string | number | undefined][] = [
    ["Input tokens", usage.inputTokens],
    ["Output tokens", usage.outputTokens],
    ["Total tokens", usage.totalTokens],
    ["Thinking tokens", usage.thinkingTokens],
    ["Provider", usage.provider],
    ["Model", usage.model],
    ["Request ID", usage.requestId],
  ];
  for (const [name, value] of lines) if (value !== undefined) console.log(`${name}: ${value}`);
}
