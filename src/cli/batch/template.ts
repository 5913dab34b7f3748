import { suggestName } from "../../options/suggest-option.ts";
import { UsageError } from "../usage-error.ts";

/** Fills `{{column}}` from a record. Throws a UsageError for a column that the file doesn't have. */
export function createTemplate(template: string, columns: readonly string[]): (record: readonly string[]) => string {
  const placeholder = /\{\{\s*([^{}]+?)\s*\}\}/g;
  for (const [, name = ""] of template.matchAll(placeholder)) {
    if (columns.includes(name)) continue;
    const suggestion = suggestName(name, columns, {});
    throw new UsageError(
      `There is no column ${JSON.stringify(name)}.${suggestion ? ` Did you mean {{${suggestion}}}?` : ""}`,
      `The columns are ${columns.join(", ")}.`,
    );
  }
  return (record) => template.replace(placeholder, (_, name: string) => record[columns.indexOf(name)] ?? "");
}
