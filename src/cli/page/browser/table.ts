import type { Exchange } from "../exchange.ts";
import { byId } from "./elements.ts";
import { createRow, fillRow, matches, type Row } from "./row.ts";

/** Maximum number of rows, the same as the gateway keeps. */
const maxRows = 500;

/** The table of requests, newest first. */
export class RequestTable {
  readonly #body = byId<HTMLTableSectionElement>("rows");
  readonly #rows = new Map<number, Row>();
  readonly #onOpen: (id: number, byKeyboard: boolean) => void;
  readonly #onCount: (shown: number, all: number) => void;
  #words: string[] = [];
  /** The row reached by Tab: the one last focused, else the newest. */
  #current: number | undefined;
  #wasFocused = false;

  constructor(onOpen: (id: number, byKeyboard: boolean) => void, onCount: (shown: number, all: number) => void) {
    this.#onOpen = onOpen;
    this.#onCount = onCount;
  }

  replaceAll(exchanges: readonly Exchange[]): void {
    this.#rows.clear();
    this.#body.replaceChildren();
    for (const exchange of exchanges) this.#show(exchange);
    this.#update();
  }

  upsert(exchange: Exchange): void {
    const isNew = !this.#rows.has(exchange.id);
    const { element } = this.#show(exchange);
    if (isNew) element.classList.add("new");
    this.#update();
  }

  /** Marks the row whose details are shown. */
  markOpen(id: number | undefined): void {
    for (const { exchange, element, button } of this.#rows.values()) {
      const isOpen = exchange.id === id;
      if (isOpen) element.setAttribute("aria-current", "true");
      else element.removeAttribute("aria-current");
      button.setAttribute("aria-expanded", String(isOpen));
    }
  }

  filter(text: string): void {
    this.#words = text.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { exchange, element } of this.#rows.values()) element.hidden = !matches(exchange, this.#words);
    this.#update();
  }

  /** Moves the focus by a number of rows, and returns the id of the row. */
  move(by: number): number | undefined {
    const shown = this.#visible();
    const at = shown.findIndex(({ exchange }) => exchange.id === this.#current);
    const isInTable = this.#body.contains(document.activeElement);
    const target = shown[Math.max(0, Math.min(shown.length - 1, isInTable ? at + by : at))];
    target?.button.focus();
    target?.element.scrollIntoView({ block: "nearest" });
    return target?.exchange.id;
  }

  focusCurrent(): void {
    this.#rows.get(this.#current ?? -1)?.button.focus();
  }

  #visible(): Row[] {
    return [...this.#rows.values()].filter(({ element }) => !element.hidden).reverse();
  }

  #show(exchange: Exchange): Row {
    const row = this.#rows.get(exchange.id) ?? this.#add(exchange);
    fillRow(row, exchange);
    row.element.hidden = !matches(exchange, this.#words);
    for (const [id, { element }] of this.#rows) {
      if (this.#rows.size <= maxRows) break;
      element.remove();
      this.#rows.delete(id);
    }
    return row;
  }

  #add(exchange: Exchange): Row {
    const row = createRow(exchange);
    row.element.addEventListener("click", ({ detail }) => {
      row.button.focus();
      // A click without a pointer is from Enter or the space bar.
      this.#onOpen(exchange.id, detail === 0);
    });
    row.button.addEventListener("focus", () => {
      this.#wasFocused = true;
      this.#setCurrent(exchange.id);
    });
    this.#body.prepend(row.element);
    this.#rows.set(exchange.id, row);
    return row;
  }

  #update(): void {
    const shown = this.#visible();
    const isShown = shown.some(({ exchange }) => exchange.id === this.#current);
    if (!this.#wasFocused || !isShown) this.#setCurrent(shown[0]?.exchange.id);
    this.#onCount(shown.length, this.#rows.size);
  }

  #setCurrent(id: number | undefined): void {
    const before = this.#rows.get(this.#current ?? -1);
    if (before) before.button.tabIndex = -1;
    this.#current = id;
    const row = this.#rows.get(id ?? -1);
    if (row) row.button.tabIndex = 0;
  }
}
