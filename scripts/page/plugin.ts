import { buildPage } from "./build.ts";

const name = "virtual:page";

/** Provides the built page as the module `virtual:page`, for the bundler and the tests. */
export const pagePlugin = {
  name: "page-of-the-local-gateway",
  resolveId: (specifier: string) => (specifier === name ? `\0${name}` : undefined),
  load: async (id: string) => (id === `\0${name}` ? `export const html = ${JSON.stringify(await buildPage())};` : undefined),
};
