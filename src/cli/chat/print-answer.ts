import type { ChatResult, ChatStream } from "../../index.ts";
import { type Terminal, write } from "../terminal.ts";

/** Prints an answer as it arrives: its text on stdout, reasoning and tools dimmed on stderr. */
export async function printStream(stream: ChatStream, terminal: Terminal): Promise<ChatResult> {
  const { stdout, style } = terminal;
  const aside = createAside(terminal);
  let endsLine = true;
  for await (const event of stream) {
    switch (event.type) {
      case "text-delta":
        aside.end();
        await write(stdout, event.text);
        endsLine = event.text.endsWith("\n");
        break;
      case "reasoning-delta":
        aside.write(event.text);
        break;
      case "tool-call":
        if (!endsLine) await write(stdout, "\n");
        endsLine = true;
        aside.line(`${style.cyan(event.name)} ${oneLine(event.argsText, terminal)}`);
        break;
      case "tool-progress":
        aside.line(`${event.name}: ${oneLine(event.value, terminal)}`);
        break;
      case "tool-result":
        aside.line(`${event.isError ? style.red("✖") : style.green("✔")} ${oneLine(event.result, terminal)}`);
        break;
      case "background-task":
        aside.line(`${style.cyan(event.name)} started in the background`);
        break;
    }
  }
  aside.end();
  if (!endsLine) await write(stdout, "\n");
  return stream.result;
}

/** Output next to the answer: running text, and separate lines. */
function createAside({ stderr, style }: Terminal): { write(text: string): void; line(text: string): void; end(): void } {
  let isOpen = false;
  const end = () => {
    if (isOpen) stderr.write("\n");
    isOpen = false;
  };
  return {
    write(text) {
      isOpen = true;
      stderr.write(style.dim(text));
    },
    line(text) {
      end();
      stderr.write(`${style.dim("·")} ${text}\n`);
    },
    end,
  };
}

/** Formats a value to fit the rest of a line. */
function oneLine(value: unknown, { stderr }: Terminal): string {
  const text = (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).replace(/\s+/g, " ").trim();
  const width = Math.max(20, (stderr.columns ?? 80) - 24);
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

/** Prints the answer's usage, its warnings and its log id. */
export function printFooter(result: ChatResult<unknown>, ms: number, { note, style }: Terminal): void {
  for (const { message } of result.warnings) note(`${style.yellow("warning")} ${message}`);
  if (result.finishReason === "length")
    note(`${style.yellow("warning")} The answer was cut off at its token limit; raise it with --set maxTokens=….`);
  for (const { id, name } of result.toolCalls)
    note(`${style.yellow("waiting")} ${name} (${id}) has no execute function or needs approval.`);
  note(style.dim(footer(result, ms)));
}

function footer({ usage, gateway, turns }: ChatResult<unknown>, ms: number): string {
  const { inputTokens, outputTokens, thinkingTokens, cost } = usage;
  const thinking = thinkingTokens ? ` (${thinkingTokens} thinking)` : "";
  return [
    gateway.routedModel ?? usage.model,
    inputTokens === undefined && outputTokens === undefined
      ? ""
      : `${inputTokens ?? "?"} in, ${outputTokens ?? "?"} out${thinking}`,
    cost === undefined ? "" : formatCost(cost),
    turns.length > 1 ? `${turns.length} turns` : "",
    gateway.cacheStatus === undefined ? "" : `cache ${gateway.cacheStatus}`,
    gateway.logId === undefined ? "" : `log ${gateway.logId}`,
    `${(ms / 1_000).toFixed(1)} s`,
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

export const formatCost = (dollars: number): string => `$${dollars.toFixed(dollars < 0.01 ? 6 : 4)}`;

/** An answer as JSON. */
export const resultToJson = ({
  text,
  output,
  reasoning,
  finishReason,
  toolCalls,
  usage,
  gateway,
  warnings,
}: ChatResult<unknown>): object => ({ text, output, reasoning, finishReason, toolCalls, usage, gateway, warnings });
