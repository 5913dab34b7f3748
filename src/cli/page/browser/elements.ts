/** Finds the element with that id. */
export function byId<T extends Element = HTMLElement>(id: string, root: ParentNode = document): T {
  return find<T>(root, `#${id}`);
}

export function find<T extends Element = HTMLElement>(root: ParentNode, selector: string): T {
  const found = root.querySelector<T>(selector);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return found;
}

/** A copy of a template's content. */
export const clone = (id: string): DocumentFragment => byId<HTMLTemplateElement>(id).content.cloneNode(true) as DocumentFragment;

/** Creates an element with text content: data from the wire is never markup. */
export function element(name: string, text = "", className = ""): HTMLElement {
  const created = document.createElement(name);
  created.textContent = text;
  if (className !== "") created.className = className;
  return created;
}
