import { isObject } from "./json.ts";

/** Collects the citations of an answer: `citations` (Perplexity, xAI) and `annotations` (OpenAI, OpenRouter). */
export class Sources {
  /** Keyed by their JSON, since many servers repeat them in each chunk. */
  readonly #annotations = new Map<string, unknown>();
  #citations: unknown[] | undefined;

  get citations(): unknown[] | undefined {
    return this.#citations ?? this.annotations;
  }

  get annotations(): unknown[] | undefined {
    return this.#annotations.size === 0 ? undefined : [...this.#annotations.values()];
  }

  /** File annotations, which are sent back to OpenRouter so that it doesn't parse a document again. */
  get fileAnnotations(): unknown[] | undefined {
    const files = this.annotations?.filter((annotation) => isObject(annotation) && annotation.type === "file");
    return files?.length ? files : undefined;
  }

  addAnnotations(annotations: unknown): void {
    if (!Array.isArray(annotations)) return;
    for (const annotation of annotations) {
      if (annotation === null) continue;
      const key = JSON.stringify(annotation);
      if (!this.#annotations.has(key)) this.#annotations.set(key, annotation);
    }
  }

  /** The last list counts, since each contains the earlier ones. */
  setCitations(citations: unknown): void {
    if (Array.isArray(citations) && citations.length > 0) this.#citations = citations;
  }
}
