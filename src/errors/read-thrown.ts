/** The readable parts of a thrown value. */
export interface Thrown {
  /** Whether it is an `Error`; anything can be thrown. */
  isError: boolean;
  name: string;
  message: string;
  code?: string;
  /** The lines of its stack, without the message. */
  frames: string[];
  /** Its cause, or the first of its `errors`. */
  inner?: Thrown;
}

/** Maximum depth of causes that are read; an error may be its own cause. */
const maxDepth = 4;

/** Reads a thrown value once. Its getters, `toString` or a Proxy may throw: whatever can't be read is omitted. */
export function readThrown(value: unknown, depth = 0): Thrown {
  if (!attempt(() => value instanceof Error, false))
    return { isError: false, name: "Error", message: attempt(() => String(value), "an unreadable error"), frames: [] };
  const read = (field: string): unknown => attempt(() => Reflect.get(value as Error, field), undefined);
  const readString = (field: string): string | undefined => {
    const text = read(field);
    return typeof text === "string" ? text : undefined;
  };
  const code = readString("code");
  const cause = attempt(() => [read("errors")].flat()[0], undefined) ?? read("cause");
  return {
    isError: true,
    name: readString("name") ?? "Error",
    message: readString("message") ?? "",
    frames: (readString("stack") ?? "").split("\n").filter((line) => /^\s+at /.test(line)),
    ...(code !== undefined && { code }),
    ...(cause !== undefined && depth < maxDepth && { inner: readThrown(cause, depth + 1) }),
  };
}

function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
