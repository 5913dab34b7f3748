/**
 * Compiles a `pattern` for both validators. JSON Schema requires the `u` flag, which rejects needless escapes that many patterns contain
 * (`\-`, `\:`, `[\w-.]`). Such patterns are compiled without it, as their authors' tools do. Throws a SyntaxError if both fail.
 */
export function compilePattern(pattern: string): RegExp {
  try {
    return new RegExp(pattern, "u");
  } catch (error) {
    try {
      return new RegExp(withoutNeedlessEscapes(pattern), "u");
    } catch {
      // Without the flag, these would silently have another meaning.
      if (/\\[pP]\{|\\u\{/.test(pattern)) throw error;
      return new RegExp(pattern);
    }
  }
}

/** Removes the backslash before characters without a special meaning, so that the pattern compiles with `u`. */
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
