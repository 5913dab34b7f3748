/** An image that the model generated. */
export interface GeneratedImage {
  /** A `data:` URL, or an address at the provider. */
  url: string;
  /** For example `image/png`; undefined where the provider doesn't say. */
  mediaType?: string;
}

/** A spoken answer. */
export interface GeneratedAudio {
  /** Refers to the audio in a later request. */
  id?: string;
  /** The sound, in base64. */
  data?: string;
  /** What was said. */
  transcript?: string;
  /** Until when the provider knows `id`. */
  expiresAt?: Date;
}
