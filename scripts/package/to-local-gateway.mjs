// Redirects a program's requests to Cloudflare to a local gateway; loaded with --import.
const { fetch } = globalThis;
const local = process.env.LOCAL_GATEWAY;

globalThis.fetch = (input, init) => {
  const url = new URL(input);
  if (url.host === "gateway.ai.cloudflare.com") return fetch(local + url.pathname + url.search, init);
  if (url.host === "api.cloudflare.com") return fetch(local + url.pathname + url.search, init);
  throw new Error(`unexpected request to: ${url.host}`);
};
