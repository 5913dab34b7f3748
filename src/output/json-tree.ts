export type Container = unknown[] | Record<string, unknown>;

/** An open container and its complete members. */
export interface Frame {
  readonly container: Container;
  /** In an object, the name of the current member. */
  key: string;
  size: number;
}

/** Builds a JSON value member by member. */
export class JsonTree {
  /** The open containers, the outermost first. */
  readonly frames: Frame[] = [];
  /** The whole value, once it is complete. */
  root: unknown;
  isComplete = false;
  /** Whether the value has changed since this was last set to false. */
  changed = false;
  /** A repeated key replaces a member. */
  replaced = false;
  /** Number of members of the open containers, including the containers. */
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
    // The bracket adds nothing.
    const { changed } = this;
    this.add(frame.container);
    this.changed = changed;
  }

  /** Sets the name of the innermost object's next member. */
  name(key: string): void {
    const frame = this.frames.at(-1);
    if (!frame) return;
    frame.key = key;
    this.replaced ||= Object.hasOwn(frame.container, key);
  }

  /** Adds a complete value to the innermost container; if there is none, it is the root. */
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

  /** Discards what has been built. */
  clear(): void {
    this.frames.length = 0;
    this.width = 0;
    this.changed = false;
    this.replaced = false;
  }
}

/** Adds the current member of a frame to a container. */
export function put({ key }: Frame, container: Container, member: unknown): void {
  if (Array.isArray(container)) container.push(member);
  // An assignment would set the prototype.
  else if (key === "__proto__")
    Object.defineProperty(container, key, { value: member, enumerable: true, writable: true, configurable: true });
  else container[key] = member;
}
