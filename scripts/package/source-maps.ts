import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Fails unless each source named in a source map of the installed package is in the package or in the map itself. */
export function checkSourceMaps(installed: string): string {
  const folder = join(installed, "dist");
  const maps = readdirSync(folder).filter((name) => name.endsWith(".map"));
  const lost = maps.flatMap((name) => {
    const { sources, sourcesContent } = JSON.parse(readFileSync(join(folder, name), "utf8")) as {
      sources: string[];
      sourcesContent?: (string | null)[];
    };
    return sources
      .filter((source, index) => typeof sourcesContent?.[index] !== "string" && !existsSync(join(folder, source)))
      .map((source) => `${name}: ${source}`);
  });
  if (lost.length > 0) throw new Error(`sources that are nowhere:\n${lost.join("\n")}`);
  const declarations = maps.filter((name) => name.endsWith(".d.ts.map"));
  return `${maps.length} maps, ${declarations.length} of them for declarations`;
}
