export interface FieldDifference {
  /** JSON Pointer; `""` is the whole. */
  path: string;
  /** `undefined`: absent. */
  sent: unknown;
  expected: unknown;
}

/** Where two JSON values differ, field by field. */
export function fieldDifferences(sent: unknown, expected: unknown, path = ""): FieldDifference[] {
  if (Object.is(sent, expected)) return [];
  if (!isContainer(sent) || !isContainer(expected) || Array.isArray(sent) !== Array.isArray(expected))
    return [{ path, sent, expected }];
  const names = [...new Set([...Object.keys(sent), ...Object.keys(expected)])];
  return names.flatMap((name) =>
    fieldDifferences(sent[name], expected[name], `${path}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  );
}

const isContainer = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
