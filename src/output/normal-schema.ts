/**
 * The form of a schema that both validators accept: a copy with only the assertions of 2020-12, valid under its meta-schema. Each
 * reference is `#/$defs/{number}`.
 */
export type NormalSchema = boolean | NormalNode;

export interface NormalNode {
  [keyword: string]: unknown;
  $defs?: Record<string, NormalSchema>;
}
