import { type ChatOptions, GatewayError, tool } from "cf-ai-gateway";
import { toPrompt, type Workload } from "./workload.ts";

const parameters = { type: "object", properties: {} } as const;
const echo = tool({ parameters, execute: () => "echo" });

type Hang = () => Promise<never>;

/** Every hook and tool that a chat waits for, each in a variant that never settles. */
const hangs: readonly ((hang: Hang) => Partial<ChatOptions>)[] = [
  (hang) => ({ prepareTurn: hang }),
  (hang) => ({ onRetry: hang }),
  (hang) => ({ onToolCall: hang }),
  (hang) => ({ tools: { echo: { ...echo, execute: hang } } }),
  (hang) => ({ tools: { echo: { ...echo, needsApproval: hang } } }),
  (hang) => ({ onTurn: hang }),
  (hang) => ({ stopWhen: hang }),
];

const reason = { name: "the reason of the soak test" };

/** Runs a chat that waits forever for a hook or a tool, and ends it with its signal or with `timeout.total`. */
export async function endHangingChat(
  { id, kind }: Workload,
  run: (options: ChatOptions) => Promise<unknown>,
): Promise<string | undefined> {
  const number = Number(id.split("-")[1]);
  const bySignal = number % 2 === 0;
  const controller = new AbortController();
  const hang: Hang = () => {
    if (bySignal) setTimeout(() => controller.abort(reason), Math.random() * 20);
    return new Promise(() => {});
  };
  try {
    const limit = bySignal ? { signal: controller.signal } : { timeout: { total: 20 + Math.random() * 100 } };
    await run({ prompt: toPrompt({ id, kind }), tools: { echo }, ...hangs[(number >> 1) % hangs.length]?.(hang), ...limit });
    return "ended by itself";
  } catch (error) {
    if (bySignal) return error === reason ? undefined : `was aborted with ${String(error)}`;
    return GatewayError.is(error) && error.code === "timeout" ? undefined : `timed out with ${String(error)}`;
  }
}
