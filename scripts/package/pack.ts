import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

export interface Packed {
  filename: string;
  size: number;
  unpackedSize: number;
  files: { path: string; size: number }[];
}

const npm = (cwd: string, ...args: string[]) =>
  execFileSync("npm", [...args, "--silent"], { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

/** Packs the tarball that a release would publish. `npm pack` runs `prepare`, which builds. */
export function pack(folder: string): Packed {
  const printed = npm(root, "pack", "--json", "--pack-destination", folder);
  const [packed] = JSON.parse(printed.slice(printed.indexOf("[\n"))) as Packed[];
  if (!packed) throw new Error(`npm pack printed ${printed}`);
  return packed;
}

/** Creates an empty project with the tarball installed. */
export function installInto(project: string, tarball: string): void {
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "project", private: true, type: "module" }));
  npm(project, "install", "--no-audit", "--no-fund", "--prefer-offline", tarball);
}
