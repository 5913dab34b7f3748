/** The content of a block's deltas. */
export type BlockKind = "text" | "reasoning";

/** The frames of one kind of block. */
export interface BlockFrames<Frame> {
  start(id: string): Frame[];
  delta(id: string, text: string): Frame[];
  end(id: string): Frame[];
}

/** Writes deltas for formats that wrap them in blocks: one block is open at a time, and text and reasoning don't share one. */
export interface DeltaBlocks<Frame> {
  write(kind: BlockKind, text: string): Frame[];
  /** Ends the open block, if there is one. */
  end(): Frame[];
}

/** `createId` returns the id of a block, given its number, starting at 0. */
export function createDeltaBlocks<Frame>(
  createId: (kind: BlockKind, number: number) => string,
  frames: Readonly<Record<BlockKind, BlockFrames<Frame>>>,
): DeltaBlocks<Frame> {
  let open: { kind: BlockKind; id: string } | undefined;
  let count = 0;

  function end(): Frame[] {
    if (open === undefined) return [];
    const { kind, id } = open;
    open = undefined;
    return frames[kind].end(id);
  }

  return {
    write(kind, text) {
      const written = open?.kind === kind ? [] : end();
      if (open === undefined) {
        open = { kind, id: createId(kind, count++) };
        written.push(...frames[kind].start(open.id));
      }
      return [...written, ...frames[kind].delta(open.id, text)];
    },
    end,
  };
}
