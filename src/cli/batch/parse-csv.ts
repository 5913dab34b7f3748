import { UsageError } from "../usage-error.ts";

/** The state of the parser: before a field, in one, in a quoted one, or after a quote that may have closed it. */
type State = "start" | "plain" | "quoted" | "quote";

/** Parses the records of a CSV file (RFC 4180): quoted fields may contain commas, line breaks and doubled quotes. Empty lines are skipped. */
export async function* parseCsv(chunks: AsyncIterable<string>): AsyncGenerator<string[]> {
  let record: string[] = [];
  let field = "";
  let state: State = "start";
  let count = 1;
  const endField = () => {
    record.push(state === "plain" ? field.replace(/\r$/, "") : field);
    field = "";
    state = "start";
  };
  for await (const chunk of chunks) {
    for (const character of chunk) {
      if (state === "quoted") {
        if (character === '"') state = "quote";
        else field += character;
      } else if (character === '"' && (state === "start" || state === "quote")) {
        if (state === "quote") field += character;
        state = "quoted";
      } else if (character === ",") endField();
      else if (character === "\n") {
        endField();
        if (!isEmptyLine(record)) yield record;
        record = [];
        count++;
      } else if (state !== "quote") {
        field += character;
        state = "plain";
      } else if (character !== "\r") throw new UsageError(`Record ${count} of the CSV has text after a closing quote.`);
    }
  }
  if ((state as State) === "quoted") throw new UsageError(`Record ${count} of the CSV has a quote that is never closed.`);
  endField();
  if (!isEmptyLine(record)) yield record;
}

const isEmptyLine = (record: readonly string[]) => record.length === 1 && record[0] === "";
