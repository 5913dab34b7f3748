import type { http } from "msw";

/** msw is an optional peer that only the handlers need, so this entry loads without it. */
const msw: { http: typeof http } | undefined = await import("msw").catch(() => undefined);

/** Throws if msw is not installed. */
export function mswHttp(): typeof http {
  if (!msw) throw new Error("The MSW handlers need the package msw 2: npm install --save-dev msw");
  return msw.http;
}
