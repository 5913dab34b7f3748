import { fileURLToPath } from "node:url";
import {
  Application,
  type DeclarationReflection,
  type ProjectReflection,
  type Reflection,
  ReflectionKind,
  ReflectionType,
} from "typedoc";
import { readArguments } from "../command-line.ts";

const usage = `
Usage: npm run reference [-- --check]

Writes the API reference, generated from the docstrings of every entry point, to reference/. Exits with status 1 if an export or one of its members
has no docstring, or if a link is broken.

  --check   write nothing
`;

const { values } = readArguments(usage, { check: { type: "boolean" } });
const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

const entries = ["", "batch/", "queues/", "ui/", "ai-sdk/", "otel/", "mcp/", "testing/"];
const application = await Application.bootstrap({
  name: "cf-ai-gateway",
  entryPoints: entries.map((entry) => path(`src/${entry}index.ts`)),
  tsconfig: path("scripts/docs/tsconfig.json"),
  // `npm run typecheck` does that.
  skipErrorChecking: true,
  readme: path("README.md"),
  includeVersion: true,
  gitRevision: "main",
  sourceLinkTemplate: "https://github.com/cf-ai-gateway/cf-ai-gateway/blob/{gitRevision}/{path}#L{line}",
  excludePrivate: true,
  excludeExternals: true,
  highlightLanguages: ["typescript", "json", "jsonc", "shellscript"],
  validation: { invalidLink: true, notExported: false, notDocumented: false },
  treatValidationWarningsAsErrors: true,
});

const documentedKinds =
  ReflectionKind.SomeType | ReflectionKind.SomeValue | ReflectionKind.SomeMember | ReflectionKind.ClassOrInterface;

const project = await application.convert();
if (!project) throw new Error("TypeDoc could not read the sources.");
application.validate(project);
const promised = exportsAndMembers(project);
const missing = promised.filter((each) => !isDocumented(each));
for (const each of missing) console.error(`${each.getFullName()} (${each.sources?.[0]?.fileName}) has no docstring.`);
if (missing.length > 0 || application.logger.hasErrors()) process.exitCode = 1;
else console.log(`All of ${promised.length} exports and members have a docstring.`);
if (!values.check) {
  await application.generateDocs(project, path("reference"));
  console.log(`Wrote ${path("reference/index.html")}.`);
}

/** The named exports, except the wire types, which the OpenAPI document describes. */
function exportsAndMembers(project: ProjectReflection): DeclarationReflection[] {
  const reflections = project.getReflectionsByKind(documentedKinds) as DeclarationReflection[];
  return reflections.filter((each) => !isInLiteral(each) && each.sources?.some(({ fileName }) => /(?:^|\/)src\//.test(fileName)));
}

/** Members of an inline object type are described by their parent. */
function isInLiteral({ parent }: Reflection): boolean {
  return parent !== undefined && (parent.kindOf(ReflectionKind.TypeLiteral) || isInLiteral(parent));
}

/** The docstring of a function or an accessor is that of its signatures. */
function isDocumented(reflection: DeclarationReflection): boolean {
  const ofType = reflection.type instanceof ReflectionType ? (reflection.type.declaration.signatures ?? []) : [];
  const signatures = [
    ...(reflection.signatures ?? []),
    ...[reflection.getSignature].filter((each) => each !== undefined),
    ...ofType,
  ];
  return reflection.hasComment() || (signatures.length > 0 && signatures.every((signature) => signature.hasComment()));
}
