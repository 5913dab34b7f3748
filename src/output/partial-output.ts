import { createPartialJson } from "./partial-json.ts";
import type { StrictSchema } from "./strict-schema.ts";
import type { PartialOutput } from "./structured-output.ts";
import { type RootedSchema, unwrapSnapshot } from "./wrap-root.ts";

/** Parses the structured output as its text arrives, removing the wrapper and nulls that the request added. */
export function createPartialOutput({
  rooted,
  strict,
}: {
  rooted: RootedSchema;
  strict: StrictSchema | undefined;
}): PartialOutput {
  const json = createPartialJson({ prose: true });
  const clean = strict?.createSnapshotCleaner() ?? ((snapshot: unknown) => snapshot);
  let value: unknown;
  let taken = 0;

  return {
    push(text) {
      if (!json.push(text)) return false;
      const before = value;
      const snapshot = unwrapSnapshot(json.value, rooted);
      value = snapshot === undefined ? undefined : clean(snapshot);
      return value !== before;
    },
    get value() {
      return value;
    },
    takeElements() {
      const bare = json.elements();
      const elements = rooted.wrapped && bare.length === 0 ? json.elements("value") : bare;
      const fresh = elements.slice(taken);
      taken = elements.length;
      return fresh.map((element) => removeNulls(element, strict));
    },
  };
}

/** Cleans an element as a member of its array. */
function removeNulls(element: unknown, strict: StrictSchema | undefined): unknown {
  const array = strict?.removeAddedNulls([element]);
  return Array.isArray(array) ? array[0] : element;
}
