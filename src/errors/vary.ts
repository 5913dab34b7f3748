/**
 * A table's row like another one, with some fields changed. A bundler drops an unused table whose rows call this, but keeps one whose rows
 * hold spreads, which might run a getter: so `createGatewayFetchClient` alone stays small.
 */
export const vary = /* @__NO_SIDE_EFFECTS__ */ <Row extends object, const Changes extends object>(
  row: Row,
  changes: Changes,
): Omit<Row, keyof Changes> & Changes => ({ ...row, ...changes });
