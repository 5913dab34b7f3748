import { readFile } from "node:fs/promises";
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

/**
 * Runs each trial's tests over sources of its own and tells which of them pass. All run in one go: a test file is imported once a trial, under
 * a name that the imports of `src` beneath it inherit, so that each has modules of its own. Nothing is written to disk.
 */
export async function runTrials(trials: readonly Trial[], onTrial: (passed: boolean) => void): Promise<boolean[]> {
  const numberOf = (id: string) => Number(id.slice(id.indexOf(mark) + mark.length));
  const reporter: Reporter = { onTestModuleEnd: (module) => onTrial(module.ok()) };
  const vitest = await createVitest(
    "test",
    { root, watch: false, api: false, reporters: [reporter], pool: "threads", isolate: false, maxWorkers: 2 },
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
            return found?.id.startsWith(`${root}src/`) ? `${found.id}${mark}${numberOf(importer)}` : found;
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
