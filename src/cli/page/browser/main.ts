import type { Exchange } from "../exchange.ts";
import { clearRequests, fetchDetails, follow } from "./connection.ts";
import { showDetails } from "./detail-view.ts";
import { byId } from "./elements.ts";
import { status } from "./format.ts";
import { createReplyForm } from "./reply-form.ts";
import { RequestTable } from "./table.ts";

const filter = byId<HTMLInputElement>("filter");
const panel = byId("details");
let openId: number | undefined;

let toastTimer = 0;
function notify(message: string): void {
  const toast = byId("toast");
  toast.textContent = message;
  clearTimeout(toastTimer);
  toastTimer = window.setTimeout(() => {
    toast.textContent = "";
  }, 3_000);
}

const table = new RequestTable(
  (id, byKeyboard) => void open(id, byKeyboard),
  (shown, all) => {
    byId("empty").hidden = all > 0;
    byId("no-match").hidden = all === 0 || shown > 0;
    const requests = `${all} ${all === 1 ? "request" : "requests"}`;
    byId("count").textContent = all === 0 ? "" : shown === all ? requests : `${shown} of ${requests}`;
  },
);
const replyForm = createReplyForm(notify);

async function open(id: number, focus = false): Promise<void> {
  openId = id;
  table.markOpen(id);
  try {
    const details = await fetchDetails(id);
    if (openId !== id) return;
    byId("main").classList.add("split");
    showDetails(details, { onClose: close, onEdit: replyForm.open, notify });
    if (focus) panel.focus();
  } catch (error) {
    notify((error as Error).message);
    close();
  }
}

function close(): void {
  openId = undefined;
  panel.hidden = true;
  byId("main").classList.remove("split");
  table.markOpen(undefined);
  table.focusCurrent();
}

/** Announces finished requests to screen readers, not every step. */
function announce(exchange: Exchange): void {
  if (exchange.durationMs === undefined) return;
  byId("announcer").textContent = `${exchange.provider ?? ""} ${exchange.model ?? exchange.path}: ${status(exchange).text}`;
}

follow({
  onState(state) {
    const live = byId("live");
    live.dataset.state = state;
    live.textContent = state === "live" ? "Live" : "Disconnected";
  },
  onSnapshot(exchanges) {
    table.replaceAll(exchanges);
    if (openId !== undefined && !exchanges.some(({ id }) => id === openId)) close();
    table.markOpen(openId);
  },
  onExchange(exchange) {
    table.upsert(exchange);
    announce(exchange);
    if (exchange.id === openId) void open(exchange.id);
  },
  onClear() {
    table.replaceAll([]);
    if (openId !== undefined) close();
  },
});

byId("address").textContent = location.origin;
byId("address").addEventListener("click", () => {
  navigator.clipboard.writeText(location.origin).then(
    () => notify("Copied the base URL"),
    (error: Error) => notify(error.message),
  );
});
byId("snippet").textContent =
  `createGateway({\n  baseUrl: "${location.origin}",\n  accountId: "local",\n  gatewayId: "local",\n  gatewayToken: process.env.CLOUDFLARE_GATEWAY_TOKEN,\n});`;
byId("clear").addEventListener("click", () => void clearRequests().catch((error: Error) => notify(error.message)));
byId("open-reply").addEventListener("click", () => replyForm.open());
filter.addEventListener("input", () => table.filter(filter.value));

const moves: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: -Infinity,
  End: Infinity,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const target = event.target as HTMLElement;
  const isTyping = target.matches("input, textarea, select");
  if (event.key === "Escape") {
    if (target === filter && filter.value !== "") return;
    if (openId !== undefined) close();
    else if (target === filter) table.focusCurrent();
    return;
  }
  if (target === filter && event.key === "ArrowDown") {
    event.preventDefault();
    table.move(0);
    return;
  }
  if (isTyping) return;
  if (event.key === "/") {
    event.preventDefault();
    filter.focus();
    filter.select();
  }
  const by = moves[event.key];
  // Arrows scroll the details while they have the focus.
  if (by === undefined || panel.contains(target)) return;
  event.preventDefault();
  const moved = table.move(by);
  if (openId !== undefined && moved !== undefined) void open(moved);
});
