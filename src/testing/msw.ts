import type { http } from "msw";

/** msw is an optional peer: only the handlers need it, and this entry can be imported without it. */
const msw: { http: typeof http } | undefined = await import("msw").catch(() => undefined);

/** What makes handlers; throws where msw is not installed. */
export function mswHttp(): typeof http {
  if (!msw) throw new Error("The MSW handlers need the package msw 2: npm install --save-dev msw");
  return msw.http;
}
