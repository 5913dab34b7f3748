/** Reads docs/regenerating.md: each section whose steps are numbered is a walk. */

export interface Walk {
  title: string;
  steps: Step[];
}

export type Step = Edit | Commands;

/** `1. `file`: words`, with a diff. */
export interface Edit {
  kind: "edit";
  file: string;
  hunks: Hunk[];
  named: Named[];
  /** The test that names what is missing until this edit is made. */
  before: { file: string; name: string } | undefined;
}

/** An item that starts with anything else: the commands in it are run. */
export interface Commands {
  kind: "commands";
  commands: string[];
  /** The files that they write, or the beginnings of their names. */
  writes: string[];
  named: Named[];
}

/** Lines of the file, and their replacement. */
export interface Hunk {
  from: string;
  to: string;
}

/** What the type check says after a step. */
export interface Named {
  name: string;
  files: string[];
}

export function readWalks(page: string): Walk[] {
  return page
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [title = ""] = section.split("\n");
      return {
        title,
        steps: section
          .split(/^\d+\. /m)
          .slice(1)
          .map(readStep),
      };
    })
    .filter(({ steps }) => steps.length > 0);
}

/** The first number of each row of the page's table: how many files are edited. */
export const readCounts = (page: string): number[] =>
  [...page.matchAll(/^\| an? [^|]+ \| (\d+)/gm)].map(([, count]) => Number(count));

function readStep(item: string): Step {
  const [words = "", diff] = item.split(/^ {3}```diff\n/m);
  const named = [...words.matchAll(/The type check names `([^`]+)` in ((?:`[^`]+`(?: and )?)+)/g)].map(
    ([, name = "", files = ""]) => ({
      name,
      files: quoted(files),
    }),
  );
  const file = /^`([\w./-]+)`: /.exec(words)?.[1];
  if (file === undefined) {
    const marks = quoted(words.split(/^$/m)[0] ?? "");
    const commands = marks.filter((mark) => mark.startsWith("npm run "));
    return { kind: "commands", commands, writes: marks.filter((mark) => /^(docs|test\/fixtures)\//.test(mark)), named };
  }
  const [, test, name] = /Without it, `([^`]+)` names `([^`]+)`/.exec(words) ?? [];
  return {
    kind: "edit",
    file,
    hunks: readHunks(diff ?? ""),
    named,
    before: test === undefined || name === undefined ? undefined : { file: test, name },
  };
}

const quoted = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, mark = ""]) => mark);

function readHunks(diff: string): Hunk[] {
  const lines = (diff.split(/^ {3}```/m)[0] ?? "").split("\n").map((line) => line.replace(/^ {3}/, ""));
  return lines
    .join("\n")
    .split("@@\n")
    .map((hunk) => {
      const own = hunk.split("\n").filter((line) => line !== "");
      const side = (signs: string) => own.filter((line) => signs.includes(line.charAt(0))).map((line) => `${line.slice(1)}\n`);
      return { from: side(" -").join(""), to: side(" +").join("") };
    });
}
