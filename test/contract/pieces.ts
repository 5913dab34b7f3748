/** Splits an event stream into its events; each keeps its line endings. */
export function eventByEvent(bytes: Uint8Array): Uint8Array[] {
  const text = new TextDecoder().decode(bytes);
  return (text.match(/[\s\S]+?(?:\r\n\r\n|\n\n|\r\r|$)/g) ?? []).map((event) => new TextEncoder().encode(event));
}

export const byteByByte = (bytes: Uint8Array): Uint8Array[] => Array.from(bytes, (byte) => Uint8Array.of(byte));

export const cutAt = (bytes: Uint8Array, at: number): Uint8Array[] => [bytes.subarray(0, at), bytes.subarray(at)];

/** How many split positions of a file are tried; set CUTS to try more. */
const cuts = Number(process.env.CUTS ?? 100);

/** Where to split a file in two: at every byte of a small file, else at positions that are the same in each run. */
export function places(length: number): number[] {
  if (length < cuts) return Array.from({ length: length + 1 }, (_, at) => at);
  let state = 0x2545f491;
  return Array.from({ length: cuts }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % length;
  });
}

/** A body that arrives in these pieces. */
export function toBody(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      const piece = pieces[at++];
      if (piece) controller.enqueue(piece);
      else controller.close();
    },
  });
}
