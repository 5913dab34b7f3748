import { z } from "zod";

/** What both SDKs pass to a tool's handler, in a common form. */
export interface Call {
  signal: AbortSignal;
  /** Reports progress to the client, if requested. */
  progress(progress: number, message: string): Promise<void>;
  /** Adds a tool to the server, which notifies its clients. */
  addTool(): void;
  /** Ends the server in the middle of the call. */
  die(): void;
}

/** The environment of a server, which may have several instances. */
export interface Place {
  /** Ends the server in the middle of a call. */
  die(): void;
  /** Whether the tool `added` exists. */
  isGrown: boolean;
  /** Notifies the clients of the other instances. */
  onGrown?(): void;
}

interface Result {
  // Both SDKs' result types are open objects.
  [key: string]: unknown;
  content: ({ type: "text"; text: string } | { type: "image"; data: string; mimeType: string })[];
}

/** A tool, defined for both SDKs. */
export interface ServedTool {
  name: string;
  config: {
    description?: string;
    inputSchema?: z.ZodObject;
    outputSchema?: z.ZodObject;
    annotations?: { readOnlyHint?: boolean };
  };
  run(args: Record<string, unknown>, call: Call): Result | Promise<Result>;
}

export const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const text = (words: string): Result => ({ content: [{ type: "text", text: words }] });

/** The number of `wait` calls that were cancelled in this process. */
let cancelled = 0;

const servedTools: readonly ServedTool[] = [
  {
    name: "weather.now",
    config: { description: "Weather.", inputSchema: z.object({ city: z.string() }), annotations: { readOnlyHint: true } },
    run: ({ city }) => text(`Sunny in ${city}`),
  },
  {
    name: "draw",
    config: {},
    run: () => ({
      content: [
        { type: "text", text: "Here." },
        { type: "image", data: pixel, mimeType: "image/png" },
      ],
    }),
  },
  {
    name: "measure",
    config: { outputSchema: z.object({ degrees: z.number() }) },
    run: () => ({ content: [], structuredContent: { degrees: 3 } }),
  },
  { name: "fail", config: {}, run: () => ({ ...text("disk full"), isError: true }) },
  {
    name: "wait",
    config: { description: "Ends when it is cancelled." },
    async run(_args, { signal, progress }) {
      await progress(1, "waiting");
      if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      cancelled++;
      return text("cancelled");
    },
  },
  { name: "cancelled", config: { description: "Counts the cancelled calls." }, run: () => text(String(cancelled)) },
  {
    name: "grow",
    config: { description: "Adds a tool." },
    run(_args, { addTool }) {
      addTool();
      return text("grown");
    },
  },
  {
    name: "die",
    config: { description: "Never answers." },
    run(_args, { die }) {
      die();
      return new Promise(() => {});
    },
  },
];

const addedTool: ServedTool = { name: "added", config: {}, run: () => text("added") };

/** Registers the tools, and those that are added later. Returns the function behind a call's `addTool`. */
export function registerTools(register: (tool: ServedTool) => void, place: Place): () => void {
  for (const tool of servedTools) register(tool);
  if (place.isGrown) register(addedTool);
  return () => {
    place.isGrown = true;
    register(addedTool);
    place.onGrown?.();
  };
}
