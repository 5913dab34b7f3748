import { isObject } from "./json.ts";

/** A web page that an answer cites. */
export interface CitedPage {
  /** Unique within the answer. */
  id: string;
  url: string;
  title?: string;
}

/** Citations are addresses (Perplexity), or annotations with one in them (OpenAI, OpenRouter). Those without an address are left out. */
export function readCitedPages(citations: readonly unknown[] = []): CitedPage[] {
  return citations.flatMap((citation, index) => {
    const page = isObject(citation) ? (citation.url_citation ?? citation) : { url: citation };
    if (!isObject(page) || typeof page.url !== "string") return [];
    const { url, title } = page;
    return [{ id: `source-${index}`, url, ...(typeof title === "string" ? { title } : {}) }];
  });
}
