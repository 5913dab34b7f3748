import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Reporter, TestSpecification } from "vitest/node";
import { createVitest } from "vitest/node";

const root = fileURLToPath(new URL("../../", import.meta.url));
const mark = "?mutant=";

/** A source in another version, and a test file that is to judge it. */
export interface Trial {
  /** Both relative to the repository. */
  file: string;
  test: string;
  /** In place of the file's own; undefined leaves it as it is. */
  code: string | undefined;
}

/** Whether a source imports another, directly or through others; those that do not may be shared between trials. */
function leadsTo(path: string, target: string, seen = new Set<string>()): boolean {
  if (path === target) return true;
  if (seen.has(path)) return false;
  seen.add(path);
  return importsOf(path).some((imported) => leadsTo(imported, target, seen));
}

const imports = new Map<string, string[]>();
function importsOf(path: string): string[] {
  let found = imports.get(path);
  if (!found) {
    const specifiers = [
      ...readFileSync(path, "utf8").matchAll(/^(?!import type|export type).*?(?:from |import\()"(\.[^"]+)"/gm),
    ].map(([, specifier]) => specifier);
    found = specifiers.map((specifier) => resolve(dirname(path), specifier as string));
    imports.set(path, found);
  }
  return found;
}

/**
 * Runs each trial's tests over sources of its own and tells which of them pass. All run in one go: a test file is imported once a trial, under
 * a name that the imports on the way to the changed source inherit, so that each trial has those modules to itself. Nothing is written to disk.
 */
export async function runTrials(trials: readonly Trial[], onTrial: (passed: boolean) => void): Promise<boolean[]> {
  const numberOf = (id: string) => Number(id.slice(id.indexOf(mark) + mark.length));
  const reporter: Reporter = { onTestModuleEnd: (module) => onTrial(module.ok()) };
  const vitest = await createVitest(
    "test",
    {
      root,
      watch: false,
      api: false,
      reporters: [reporter],
      pool: "threads",
      isolate: false,
      maxWorkers: 2,
      // A busy machine takes its time to end a worker that has run a thousand files.
      teardownTimeout: 60_000,
      setupFiles: [`${root}scripts/mutation/stop-at-first-failure.ts`],
    },
    {
      logLevel: "silent",
      plugins: [
        {
          name: "mutants",
          enforce: "pre",
          async resolveId(specifier, importer, options) {
            if (!importer?.includes(mark) || !specifier.startsWith(".")) return undefined;
            const [from] = importer.split(mark);
            const found = await this.resolve(specifier, from, { ...options, skipSelf: true });
            if (!found?.id.startsWith(`${root}src/`)) return found;
            const { file } = trials[numberOf(importer)] as Trial;
            return leadsTo(found.id, root + file) ? `${found.id}${mark}${numberOf(importer)}` : found;
          },
          load(id) {
            if (!id.includes(mark)) return undefined;
            const [path] = id.split(mark) as [string];
            const { file, code } = trials[numberOf(id)] as Trial;
            return code !== undefined && path === root + file ? code : readFile(path, "utf8");
          },
        },
      ],
    },
  );
  try {
    await vitest.standalone();
    const project = vitest.getRootProject();
    const specifications: TestSpecification[] = trials.map(({ test }, number) =>
      project.createSpecification(`${root}${test}${mark}${number}`),
    );
    const { testModules } = await vitest.runTestSpecifications(specifications, true);
    const passed = new Map(testModules.map((module) => [numberOf(module.moduleId), module.ok()]));
    return trials.map(({ file, test }, number) => {
      const result = passed.get(number);
      if (result === undefined) throw new Error(`${test} did not run over ${file}`);
      return result;
    });
  } finally {
    await vitest.close();
  }
}
