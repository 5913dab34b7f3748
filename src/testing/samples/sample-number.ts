import { isMultipleOf } from "../../output/json-equality.ts";
import type { Choices } from "./choices.ts";
import type { SchemaObject } from "./schema-object.ts";

/** A number within the bounds of all `schemas`, and a multiple of each `multipleOf`; `undefined` if there is none nearby. */
export function sampleNumber(schemas: readonly SchemaObject[], isInteger: boolean, choices: Choices): number | undefined {
  const { least, most } = readBounds(schemas);
  const steps = schemas.flatMap(({ multipleOf }) => (typeof multipleOf === "number" && multipleOf > 0 ? [multipleOf] : []));
  if (isInteger) steps.push(1);
  const fits = (value: number) =>
    isAbove(value, least) && isAbove(-value, { value: -most.value, isExclusive: most.isExclusive }) && isMultiple(value, steps);
  return candidates(least.value, most.value, steps, choices).find(fits);
}

interface Bound {
  value: number;
  isExclusive: boolean;
}

function readBounds(schemas: readonly SchemaObject[]): { least: Bound; most: Bound } {
  let least: Bound = { value: -Infinity, isExclusive: false };
  let most: Bound = { value: Infinity, isExclusive: false };
  const raise = (value: unknown, isExclusive: boolean) => {
    if (typeof value === "number" && (value > least.value || (value === least.value && isExclusive)))
      least = { value, isExclusive };
  };
  const lower = (value: unknown, isExclusive: boolean) => {
    if (typeof value === "number" && (value < most.value || (value === most.value && isExclusive))) most = { value, isExclusive };
  };
  for (const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } of schemas) {
    raise(minimum, false);
    lower(maximum, false);
    raise(exclusiveMinimum, true);
    lower(exclusiveMaximum, true);
  }
  return { least, most };
}

const isAbove = (value: number, { value: bound, isExclusive }: Bound) => (isExclusive ? value > bound : value >= bound);

const isMultiple = (value: number, steps: readonly number[]) => steps.every((step) => isMultipleOf(value, step));

function candidates(least: number, most: number, steps: readonly number[], choices: Choices): number[] {
  const plain = [1, 0, least, most, (least + most) / 2, least + 1, most - 1, least + (most - least) / 3].filter(Number.isFinite);
  if (choices.vary) plain.unshift(choices.integer(finite(least, -1000), finite(most, 1000)));
  if (steps.length === 0) return plain;
  const step = Math.max(...steps);
  const common = steps.every(Number.isInteger) ? steps.reduce(leastCommonMultiple) : step;
  const from = Number.isFinite(least) ? least : Number.isFinite(most) ? most - common * 100 : 0;
  const start = Math.ceil(from / common) + (choices.vary ? choices.integer(0, 20) : 0);
  const multiples = Array.from({ length: 200 }, (_, at) => (start + at) * common);
  return [...plain, ...multiples, ...multiples.map((value) => Number(value.toPrecision(12)))];
}

const finite = (value: number, otherwise: number) => (Number.isFinite(value) ? Math.ceil(value) : otherwise);

function leastCommonMultiple(a: number, b: number): number {
  let [divisor, rest] = [a, b];
  while (rest > 0) [divisor, rest] = [rest, divisor % rest];
  return (a / divisor) * b;
}
