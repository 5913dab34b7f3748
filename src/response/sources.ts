import { isObject } from "./json.ts";

/** Collects what an answer cites: `citations` (Perplexity, xAI) and `annotations` (OpenAI, OpenRouter). */
export class Sources {
  /** By their JSON: many servers repeat on each chunk what they have sent before. */
  readonly #annotations = new Map<string, unknown>();
  #citations: unknown[] | undefined;

  get citations(): unknown[] | undefined {
    return this.#citations ?? this.annotations;
  }

  get annotations(): unknown[] | undefined {
    return this.#annotations.size === 0 ? undefined : [...this.#annotations.values()];
  }

  /** Annotations on files, which OpenRouter wants back so that a document is not parsed again. */
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

  /** The last list counts: a later one holds the earlier ones too. */
  setCitations(citations: unknown): void {
    if (Array.isArray(citations) && citations.length > 0) this.#citations = citations;
  }
}
