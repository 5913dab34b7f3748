/** Returns the problem with a token, without quoting it; undefined if it can be sent as a header. */
export function tokenProblem(token: unknown): string | undefined {
  if (typeof token !== "string") return `must be a string, got ${token === null ? "null" : typeof token}`;
  if (token === "") return "must not be empty";
  return /[^\x21-\x7e]/.test(token)
    ? "must not contain line breaks, spaces or characters beyond ASCII: it is sent as a header"
    : undefined;
}
