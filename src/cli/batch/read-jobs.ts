import { UsageError } from "../usage-error.ts";
import { hashRequest } from "./hash-request.ts";
import type { Defaults, FileJob } from "./job.ts";
import { parseCsv } from "./parse-csv.ts";
import { readJob } from "./read-job.ts";
import { readLines, readText } from "./read-text.ts";
import { createTemplate } from "./template.ts";

export interface InputFile {
  path: string;
  /** Templates for the records of a CSV file. */
  prompt: string | undefined;
  system: string | undefined;
  defaults: Defaults;
}

/** Reads the jobs of a file one by one: CSV by its extension, else JSON lines. */
export const readJobs = (input: InputFile): AsyncGenerator<FileJob> =>
  /\.csv$/i.test(input.path) ? readCsvJobs(input) : readJsonJobs(input);

async function* readJsonJobs({ path, prompt, system, defaults }: InputFile): AsyncGenerator<FileJob> {
  if (prompt !== undefined || system !== undefined)
    throw new UsageError("--prompt and --system are templates for CSV; in JSON lines, prompt and system are fields.");
  let number = 0;
  for await (const line of readLines(path)) {
    number++;
    if (line.trim() !== "") yield readJob(line, `${path}:${number}`, defaults);
  }
}

async function* readCsvJobs({ path, prompt, system, defaults }: InputFile): AsyncGenerator<FileJob> {
  if (prompt === undefined) throw new UsageError('CSV needs a template: --prompt "Translate: {{text}}".');
  const records = parseCsv(readText(path));
  const header = await records.next();
  if (header.done) throw new UsageError(`${path} is empty; its first line must name the columns.`);
  const columns = header.value;
  const fillPrompt = createTemplate(prompt, columns);
  const fillSystem = system === undefined ? undefined : createTemplate(system, columns);
  const idColumn = columns.findIndex((name) => name === "id" || name === "custom_id");
  let number = 0;
  for await (const record of records) {
    number++;
    if (record.length !== columns.length)
      throw new UsageError(`${path}: record ${number} has ${record.length} fields, but there are ${columns.length} columns.`);
    const id = idColumn === -1 ? `row-${number}` : record[idColumn];
    if (!id) throw new UsageError(`${path}: record ${number} has no id.`);
    const chat = { prompt: fillPrompt(record), ...(fillSystem ? { system: fillSystem(record) } : {}) };
    yield { id, chat, form: "own", hash: hashRequest({ ...defaults, ...chat }) };
  }
}
