import { readdir, readFile, writeFile } from "node:fs/promises";
import { isAbsolute, relative, resolve } from "node:path";
import { tool } from "cf-ai-gateway";
import { z } from "zod";

/** What the model may do in a folder. */
export function createTools(folder: string) {
  const inFolder = (path: string): string => {
    const full = resolve(folder, path);
    const inside = relative(folder, full);
    // The model reads this message, and can correct the path.
    if (inside.startsWith("..") || isAbsolute(inside)) throw new Error(`${path} is outside of the folder`);
    return full;
  };

  return {
    list_files: tool({
      description: "List the files of the folder.",
      parameters: z.object({}),
      execute: () => readdir(folder),
    }),
    read_file: tool({
      description: "Read a text file.",
      parameters: z.object({ path: z.string() }),
      execute: ({ path }, { signal }) => readFile(inFolder(path), { encoding: "utf8", signal }),
    }),
    write_file: tool({
      description: "Write a text file. Replaces what it holds.",
      parameters: z.object({ path: z.string(), text: z.string() }),
      needsApproval: true,
      async execute({ path, text }) {
        await writeFile(inFolder(path), text);
        return `Wrote ${text.length} characters to ${path}.`;
      },
    }),
  };
}
