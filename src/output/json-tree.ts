export type Container = unknown[] | Record<string, unknown>;

/** A container that is open, with the members that are complete. */
export interface Frame {
  readonly container: Container;
  /** Of an object: the name of the member that is being read. */
  key: string;
  size: number;
}

/** A JSON value that is being built, member by member. */
export class JsonTree {
  /** The open containers, the outermost first. */
  readonly frames: Frame[] = [];
  /** The whole value, once it is complete. */
  root: unknown;
  isComplete = false;
  /** Whether there is more to see than at the last time somebody set this to false. */
  changed = false;
  /** A repeated key replaces a member. */
  replaced = false;
  /** Members of the open containers, themselves included. */
  width = 0;

  get isInArray(): boolean {
    return Array.isArray(this.frames.at(-1)?.container);
  }

  open(container: Container): void {
    this.frames.push({ container, key: "", size: 0 });
    this.width += 1;
    this.changed = true;
  }

  close(): void {
    const frame = this.frames.pop();
    if (!frame) return;
    this.width -= frame.size + 1;
    // The bracket shows nothing new.
    const { changed } = this;
    this.add(frame.container);
    this.changed = changed;
  }

  /** Names the member of the innermost object that comes next. */
  name(key: string): void {
    const frame = this.frames.at(-1);
    if (!frame) return;
    frame.key = key;
    this.replaced ||= Object.hasOwn(frame.container, key);
  }

  /** Adds a complete value to the innermost container; without one it is the root. */
  add(member: unknown): void {
    this.changed = true;
    const frame = this.frames.at(-1);
    if (!frame) {
      this.root = member;
      this.isComplete = true;
      return;
    }
    put(frame, frame.container, member);
    frame.size += 1;
    this.width += 1;
  }

  /** Drops what has been built. */
  clear(): void {
    this.frames.length = 0;
    this.width = 0;
    this.changed = false;
    this.replaced = false;
  }
}

/** Adds the member that a frame is reading to a container. */
export function put({ key }: Frame, container: Container, member: unknown): void {
  if (Array.isArray(container)) container.push(member);
  // An assignment would set the prototype.
  else if (key === "__proto__")
    Object.defineProperty(container, key, { value: member, enumerable: true, writable: true, configurable: true });
  else container[key] = member;
}
