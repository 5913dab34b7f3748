import type { Exchange } from "../exchange.ts";
import { byId, clone, find } from "./elements.ts";
import { cost, duration, status, time, tokens } from "./format.ts";

/** Rows that the table holds, as many as the gateway remembers. */
const maxRows = 500;

export interface RequestTable {
  replaceAll(exchanges: readonly Exchange[]): void;
  upsert(exchange: Exchange): void;
  /** Marks the row whose details are shown. */
  markOpen(id: number | undefined): void;
  filter(text: string): void;
  /** Focuses the row that a move by so many rows leads to, and returns its id. */
  move(by: number): number | undefined;
  focusCurrent(): void;
}

interface Row {
  exchange: Exchange;
  element: HTMLTableRowElement;
  button: HTMLButtonElement;
}

export function createTable(
  onOpen: (id: number, byKeyboard: boolean) => void,
  onCount: (shown: number, all: number) => void,
): RequestTable {
  const body = byId<HTMLTableSectionElement>("rows");
  const rows = new Map<number, Row>();
  let words: string[] = [];
  /** The row that Tab leads to: the one that had the focus last, else the newest. */
  let current: number | undefined;
  let wasFocused = false;

  const visible = () => [...rows.values()].filter(({ element }) => !element.hidden).reverse();
  const setCurrent = (id: number | undefined) => {
    const before = current === undefined ? undefined : rows.get(current);
    if (before) before.button.tabIndex = -1;
    current = id;
    const row = id === undefined ? undefined : rows.get(id);
    if (row) row.button.tabIndex = 0;
  };
  const update = () => {
    const shown = visible();
    if (!wasFocused || !shown.some(({ exchange }) => exchange.id === current)) setCurrent(shown[0]?.exchange.id);
    onCount(shown.length, rows.size);
  };
  const add = (exchange: Exchange): Row => {
    const element = find<HTMLTableRowElement>(clone("row"), "tr");
    const row: Row = { exchange, element, button: find(element, "button") };
    element.addEventListener("click", ({ detail }) => {
      row.button.focus();
      // A click without a pointer is Enter or the space bar.
      onOpen(exchange.id, detail === 0);
    });
    row.button.addEventListener("focus", () => {
      wasFocused = true;
      setCurrent(exchange.id);
    });
    body.prepend(element);
    rows.set(exchange.id, row);
    return row;
  };
  const show = (exchange: Exchange) => {
    const row = rows.get(exchange.id) ?? add(exchange);
    row.exchange = exchange;
    fill(row.element, exchange);
    row.element.hidden = !matches(exchange, words);
    for (const [id, { element }] of rows) {
      if (rows.size <= maxRows) break;
      element.remove();
      rows.delete(id);
    }
  };

  return {
    replaceAll(exchanges) {
      rows.clear();
      body.replaceChildren();
      exchanges.forEach(show);
      update();
    },
    upsert(exchange) {
      const isNew = !rows.has(exchange.id);
      show(exchange);
      if (isNew) rows.get(exchange.id)?.element.classList.add("new");
      update();
    },
    markOpen(id) {
      for (const { exchange, element, button } of rows.values()) {
        const isOpen = exchange.id === id;
        element.toggleAttribute("aria-current", isOpen);
        if (isOpen) element.setAttribute("aria-current", "true");
        button.setAttribute("aria-expanded", String(isOpen));
      }
    },
    filter(text) {
      words = text.toLowerCase().split(/\s+/).filter(Boolean);
      for (const { exchange, element } of rows.values()) element.hidden = !matches(exchange, words);
      update();
    },
    move(by) {
      const shown = visible();
      const at = shown.findIndex(({ exchange }) => exchange.id === current);
      const isInTable = body.contains(document.activeElement);
      const target = shown[Math.max(0, Math.min(shown.length - 1, isInTable ? at + by : Math.max(at, 0)))];
      target?.button.focus();
      target?.element.scrollIntoView({ block: "nearest" });
      return target?.exchange.id;
    },
    focusCurrent: () => rows.get(current ?? -1)?.button.focus(),
  };
}

function fill(row: HTMLTableRowElement, exchange: Exchange): void {
  const set = (selector: string, text: string) => {
    find(row, selector).textContent = text;
  };
  const { provider, model, path, method } = exchange;
  const { text, tone } = status(exchange);
  set(".time button", time(exchange.startedAt));
  find(row, ".time button").setAttribute("aria-label", `${time(exchange.startedAt)}, ${model ?? path}, ${text}`);
  set(".provider", provider === undefined ? "" : `${provider}/`);
  set(".name", model ?? `${method} ${path}`);
  set(".badge", text);
  find(row, ".badge").dataset.tone = tone;
  set(".tokens", tokens(exchange));
  set(".cost", cost(exchange.cost));
  set(".first", duration(exchange.firstChunkMs));
  set(".total", duration(exchange.durationMs));
  set(".cache", exchange.cacheStatus ?? "");
  find(row, ".cache").toggleAttribute("data-hit", exchange.cacheStatus === "HIT");
}

function matches(exchange: Exchange, words: readonly string[]): boolean {
  const { provider, model, path, method, cacheStatus, isStream } = exchange;
  const text = [`${provider}/${model}`, path, method, cacheStatus, status(exchange).text, isStream ? "stream" : "chat"]
    .join(" ")
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
