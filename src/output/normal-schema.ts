/**
 * A schema as both validators take it: a copy with the assertions of 2020-12 alone, valid under its meta-schema. Each reference is
 * `#/$defs/{number}`.
 */
export type NormalSchema = boolean | NormalNode;

export interface NormalNode {
  [keyword: string]: unknown;
  $defs?: Record<string, NormalSchema>;
}
