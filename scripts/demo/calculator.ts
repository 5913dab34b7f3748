/**
 * Evaluates an expression of numbers, `+ - * /` and parentheses. The expression comes from a model, so it is never run as code.
 *
 * @throws if the expression is anything else; the message is the tool result
 */
export function calculate(expression: string): number {
  const tokens = expression.match(/\d+(?:\.\d+)?|\S/g) ?? [];
  let position = 0;
  const next = () => tokens[position++];

  function sum(): number {
    let value = product();
    while (tokens[position] === "+" || tokens[position] === "-") value = next() === "+" ? value + product() : value - product();
    return value;
  }
  function product(): number {
    let value = factor();
    while (tokens[position] === "*" || tokens[position] === "/") value = next() === "*" ? value * factor() : value / factor();
    return value;
  }
  function factor(): number {
    const token = next();
    if (token === "-") return -factor();
    if (token === "(") {
      const value = sum();
      if (next() !== ")") throw new Error(`a parenthesis is not closed in "${expression}"`);
      return value;
    }
    if (token === undefined || !/^\d/.test(token)) throw new Error(`"${token ?? "the end"}" is not a number in "${expression}"`);
    return Number(token);
  }

  const value = sum();
  if (position < tokens.length) throw new Error(`"${tokens[position]}" is not expected in "${expression}"`);
  return value;
}
