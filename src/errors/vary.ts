/**
 * Copies a row of a table, with some fields changed. A bundler drops an unused table whose rows call this, but keeps one whose rows
 * contain spreads, which might run a getter. This keeps `createGatewayFetchClient` alone small.
 */
export const vary = /* @__NO_SIDE_EFFECTS__ */ <Row extends object, const Changes extends object>(
  row: Row,
  changes: Changes,
): Omit<Row, keyof Changes> & Changes => ({ ...row, ...changes });
