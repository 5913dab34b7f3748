import type { Exchange, ExchangeDetails, FixtureFile } from "../exchange.ts";

export interface Listeners {
  onState(state: "live" | "lost"): void;
  onSnapshot(exchanges: Exchange[]): void;
  onExchange(exchange: Exchange): void;
  onClear(): void;
}

/** Subscribes to the gateway's events. The browser reconnects automatically and then receives a snapshot. */
export function follow({ onState, onSnapshot, onExchange, onClear }: Listeners): void {
  const source = new EventSource("/_inspect/events");
  source.onopen = () => onState("live");
  source.onerror = () => onState("lost");
  source.addEventListener("snapshot", ({ data }) => onSnapshot(JSON.parse(data)));
  source.addEventListener("exchange", ({ data }) => onExchange(JSON.parse(data)));
  source.addEventListener("cleared", onClear);
}

async function request(method: string, path: string, body?: string): Promise<Response> {
  const response = await fetch(`/_inspect/${path}`, { method, ...(body === undefined ? {} : { body }) });
  if (response.ok) return response;
  const { error } = (await response.json()) as { error: { message: string } };
  throw new Error(error.message);
}

export const fetchDetails = async (id: number): Promise<ExchangeDetails> =>
  (await request("GET", `requests/${id}`)).json() as Promise<ExchangeDetails>;

export async function fetchFixture(id: number): Promise<FixtureFile[]> {
  const { files } = (await (await request("GET", `requests/${id}/fixture`)).json()) as { files: FixtureFile[] };
  return files;
}

export const sendAgain = (id: number): Promise<unknown> => request("POST", `requests/${id}/replay`);
export const queueReplies = (json: string): Promise<unknown> => request("POST", "replies", json);
export const clearRequests = (): Promise<unknown> => request("DELETE", "requests");
