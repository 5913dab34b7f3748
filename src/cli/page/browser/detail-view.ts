import type { ExchangeDetails } from "../exchange.ts";
import { fetchFixture, sendAgain } from "./connection.ts";
import { toCurl, toFixtureScript, toReply, toReplySource } from "./copy.ts";
import { byId, clone, find } from "./elements.ts";
import { status } from "./format.ts";
import { createSections } from "./sections.ts";

export interface DetailActions {
  onClose(): void;
  onEdit(reply: object): void;
  /** Shows a message for a moment. */
  notify(message: string): void;
}

/** Fills the panel with an exchange. */
export function showDetails(details: ExchangeDetails, actions: DetailActions): void {
  const panel = byId("details");
  const view = clone("detail");
  const { text, tone } = status(details);
  find(view, "h2 .model").textContent = [details.provider, details.model ?? details.method].filter(Boolean).join("/");
  const badge = find(view, "h2 .badge");
  badge.textContent = text;
  badge.dataset.tone = tone;
  find(view, ".path").textContent = `${details.method} ${details.path}`;
  find(view, ".close").addEventListener("click", actions.onClose);
  const on = (selector: string, act: () => Promise<void> | void) =>
    find(view, selector).addEventListener("click", () => {
      Promise.resolve()
        .then(act)
        .catch((error: Error) => actions.notify(error.message));
    });
  const copy = async (copied: string, what: string) => {
    await navigator.clipboard.writeText(copied);
    actions.notify(`Copied ${what}`);
  };
  on("[data-copy=curl]", () => copy(toCurl(details, location.origin), "the curl command"));
  on("[data-copy=reply]", () => copy(toReplySource(toReply(details)), "the reply"));
  on("[data-copy=fixture]", async () =>
    copy(toFixtureScript(await fetchFixture(details.id)), "a script that writes the fixture"),
  );
  on("[data-action=edit]", () => actions.onEdit(toReply(details)));
  on("[data-action=replay]", async () => {
    await sendAgain(details.id);
    actions.notify("Sent again");
  });
  const sections = find(view, ".sections");
  sections.append(...createSections(details));
  const { scrollTop } = panel;
  const hadFocus = panel.contains(document.activeElement);
  const isSame = panel.dataset.id === String(details.id);
  panel.dataset.id = String(details.id);
  panel.replaceChildren(view);
  panel.hidden = false;
  panel.scrollTop = isSame ? scrollTop : 0;
  if (hadFocus) panel.focus({ preventScroll: true });
}
