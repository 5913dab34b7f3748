import type { Exchange, Reading } from "./exchange.ts";

/** An exchange as stored by the server, including secrets, so that it can be sent again. */
export interface JournalEntry {
  exchange: Exchange;
  request: { url: string; headers: Headers; body: string };
  response?: { headers: Headers; chunks: { ms: number; bytes: Uint8Array }[]; bytes: number; isTruncated: boolean };
  reading?: Reading;
}

/** An entry was added or changed, or all were cleared. */
export type JournalChange = { entry: JournalEntry } | { cleared: true };

export interface Journal {
  /** Oldest first. */
  entries(): readonly JournalEntry[];
  find(id: number): JournalEntry | undefined;
  add(entry: Omit<JournalEntry, "exchange"> & { exchange: Omit<Exchange, "id"> }): JournalEntry;
  /** Reports that an entry was changed. */
  update(entry: JournalEntry): void;
  clear(): void;
  /** Returns a function that ends the subscription. */
  subscribe(listener: (change: JournalChange) => void): () => void;
}

/** Maximum number of exchanges, and of characters in all their bodies. */
const limits = { entries: 500, characters: 50_000_000 };

/** Keeps the latest exchanges, within both limits. */
export function createJournal({ entries: maxEntries, characters: maxCharacters } = limits): Journal {
  const entries: JournalEntry[] = [];
  const listeners = new Set<(change: JournalChange) => void>();
  const emit = (change: JournalChange) => {
    for (const listener of listeners) listener(change);
  };
  const trim = () => {
    let size = entries.reduce((sum, entry) => sum + countCharacters(entry), 0);
    while (entries.length > maxEntries || (size > maxCharacters && entries.length > 1)) {
      const [oldest] = entries.splice(0, 1);
      if (oldest) size -= countCharacters(oldest);
    }
  };
  let lastId = 0;
  return {
    entries: () => entries,
    find: (id) => entries.find(({ exchange }) => exchange.id === id),
    add(entry) {
      const added = { ...entry, exchange: { id: ++lastId, ...entry.exchange } };
      entries.push(added);
      trim();
      emit({ entry: added });
      return added;
    },
    update(entry) {
      if (entry.exchange.durationMs !== undefined) trim();
      // Cleared or too old: no longer on the page.
      if (entries.includes(entry)) emit({ entry });
    },
    clear() {
      entries.length = 0;
      emit({ cleared: true });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const countCharacters = ({ request, response }: JournalEntry) => request.body.length + (response?.bytes ?? 0);
