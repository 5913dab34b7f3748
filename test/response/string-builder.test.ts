import fc from "fast-check";
import { expect, test } from "vitest";
import { StringBuilder } from "../../src/response/string-builder.ts";

test("a string builder returns all its pieces in order, however many there are and whenever it is read", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.boolean()), { maxLength: 350 }), (pieces) => {
      const builder = new StringBuilder();
      let expected = "";
      for (const [piece, isRead] of pieces) {
        builder.append(piece);
        expected += piece;
        if (isRead) expect(builder.text).toBe(expected);
      }
      expect(builder.text).toBe(expected);
    }),
    { numRuns: 50 },
  );
});
