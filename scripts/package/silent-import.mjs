// Imports the package and fails if that fetches, schedules, reads the environment or defines a global.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const done = [];
for (const name of [
  "fetch",
  "setTimeout",
  "setInterval",
  "queueMicrotask",
  "setImmediate",
  "Request",
  "Response",
  "Headers",
  "AbortController",
  "TextDecoder",
]) {
  const value = globalThis[name];
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get() {
      // Node's own loader uses some of these.
      if (new Error().stack.includes("cf-ai-gateway")) done.push(`touched ${name}`);
      return value;
    },
  });
}
process.env = new Proxy(process.env, {
  get(target, name) {
    if (new Error().stack.includes("cf-ai-gateway")) done.push(`read the environment variable ${String(name)}`);
    return Reflect.get(target, name);
  },
});

const before = new Set(Object.getOwnPropertyNames(globalThis));
const entry = join(process.env.PACKAGE, "dist/index.js");
const names = Object.keys(await import(pathToFileURL(entry).href));
for (const name of Object.getOwnPropertyNames(globalThis)) if (!before.has(name)) done.push(`defined the global ${name}`);
if (done.length > 0) {
  console.error([...new Set(done)].join("\n"));
  process.exit(1);
}
console.log(`${names.length} names exported, no side effects`);
