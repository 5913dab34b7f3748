import type { Exchange } from "../exchange.ts";
import { clone, find } from "./elements.ts";
import { cost, duration, status, time, tokens } from "./format.ts";

/** A row of the table; its button receives keyboard focus. */
export interface Row {
  exchange: Exchange;
  element: HTMLTableRowElement;
  button: HTMLButtonElement;
}

export function createRow(exchange: Exchange): Row {
  const element = find<HTMLTableRowElement>(clone("row"), "tr");
  return { exchange, element, button: find(element, "button") };
}

/** Shows an exchange in its row. */
export function fillRow(row: Row, exchange: Exchange): void {
  row.exchange = exchange;
  const { element } = row;
  const set = (selector: string, text: string) => {
    find(element, selector).textContent = text;
  };
  const { provider, model, path, method } = exchange;
  const { text, tone } = status(exchange);
  set(".time button", time(exchange.startedAt));
  find(element, ".time button").setAttribute("aria-label", `${time(exchange.startedAt)}, ${model ?? path}, ${text}`);
  set(".provider", provider === undefined ? "" : `${provider}/`);
  set(".name", model ?? `${method} ${path}`);
  set(".badge", text);
  find(element, ".badge").dataset.tone = tone;
  set(".tokens", tokens(exchange));
  set(".cost", cost(exchange.cost));
  set(".first", duration(exchange.firstChunkMs));
  set(".total", duration(exchange.durationMs));
  set(".cache", exchange.cacheStatus ?? "");
  find(element, ".cache").toggleAttribute("data-hit", exchange.cacheStatus === "HIT");
}

/** Whether the row contains all of the lower-case words. */
export function matches(exchange: Exchange, words: readonly string[]): boolean {
  const { provider, model, path, method, cacheStatus, isStream } = exchange;
  const text = [`${provider}/${model}`, path, method, cacheStatus, status(exchange).text, isStream ? "stream" : "chat"]
    .join(" ")
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
