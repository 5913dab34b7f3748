/**
 * Compiles a `pattern` as both validators do. JSON Schema asks for the `u` flag, which refuses escapes that many patterns contain needlessly
 * (`\-`, `\:`, `[\w-.]`). Those are read without it, as the tools that wrote them do. Throws a SyntaxError for what no flag accepts.
 */
export function compilePattern(pattern: string): RegExp {
  try {
    return new RegExp(pattern, "u");
  } catch (error) {
    try {
      return new RegExp(withoutNeedlessEscapes(pattern), "u");
    } catch {
      // Without the flag, these would silently mean something else.
      if (/\\[pP]\{|\\u\{/.test(pattern)) throw error;
      return new RegExp(pattern);
    }
  }
}

/** Takes the backslash from characters that have no meaning of their own, which keeps the rest of the pattern readable with `u`. */
function withoutNeedlessEscapes(pattern: string): string {
  let result = "";
  let inClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    const next = pattern.charAt(at + 1);
    if (character === "\\") {
      const needless = /[ !"#%&',:;<=>@_`~]/.test(next) || (next === "-" && !inClass);
      result += needless ? next : character + next;
      at += 1;
      continue;
    }
    if (character === "[") inClass = true;
    else if (character === "]") inClass = false;
    result += character;
  }
  return result;
}
