/** The choices in a sample: the branch of a union, the length of a list, a character. */
export interface Choices {
  /** One of the entries; the list must not be empty. */
  pick<T>(entries: readonly T[]): T;
  /** An integer from `least` to `most`. */
  integer(least: number, most: number): number;
  /** Whether the choices vary; if not, the first entry and the least integer are always chosen. */
  readonly vary: boolean;
}

/** Always the first choice, so that samples are as plain as their schema allows. */
export const firstChoices: Choices = {
  pick: ([first]) => first as never,
  integer: (least) => least,
  vary: false,
};

/** Choices that look random and are the same for the same seed. */
export function seededChoices(seed: number): Choices {
  const random = createRandom(seed);
  const integer = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  return { pick: (entries) => entries[integer(0, entries.length - 1)] as never, integer, vary: true };
}

/** Numbers from 0 to below 1 (mulberry32), the same ones for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
