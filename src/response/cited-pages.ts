import { isObject } from "./json.ts";

/** A web page that an answer cites. */
export interface CitedPage {
  /** Unique within the answer. */
  id: string;
  url: string;
  title?: string;
}

/** Citations are URLs (Perplexity), or annotations that contain one (OpenAI, OpenRouter). Those without a URL are skipped. */
export function readCitedPages(citations: readonly unknown[] = []): CitedPage[] {
  return citations.flatMap((citation, index) => {
    const page = isObject(citation) ? (citation.url_citation ?? citation) : { url: citation };
    if (!isObject(page) || typeof page.url !== "string") return [];
    const { url, title } = page;
    return [{ id: `source-${index}`, url, ...(typeof title === "string" ? { title } : {}) }];
  });
}
