import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = new URL("../../", import.meta.url);

/** The source of each entry point, by its import specifier. */
function entryPoints(): [name: string, file: string][] {
  const { name, exports } = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as {
    name: string;
    exports: Record<string, unknown>;
  };
  return Object.keys(exports)
    .filter((path) => !/\.\w+$/.test(path))
    .map((path) => [path.replace(".", name), fileURLToPath(new URL(`src/${path.slice(2)}/index.ts`.replace("//", "/"), root))]);
}

/** Lists every export of every entry point with its members, one per line, in alphabetical order: the public API. */
export function apiReport(): string {
  const entries = entryPoints();
  const program = ts.createProgram(
    entries.map(([, file]) => file),
    {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      exactOptionalPropertyTypes: true,
      allowImportingTsExtensions: true,
      target: ts.ScriptTarget.ES2022,
      lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.esnext.disposable.d.ts"],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
    },
  );
  const sections = entries.map(([name, file]) => `## ${name}\n\n\`\`\`\n${listExports(file, program).join("\n")}\n\`\`\``);
  return `# The exported types\n\nWritten by \`npm run release:check -- --write\`. A change here is a change for users: it belongs in CHANGELOG.md.\n\n${sections.join("\n\n")}\n`;
}

function listExports(file: string, program: ts.Program): string[] {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${file} exports nothing`);
  const lines = checker.getExportsOfModule(module).flatMap((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return describe(symbol.name, target, checker);
  });
  return lines.sort();
}

function describe(name: string, symbol: ts.Symbol, checker: ts.TypeChecker): string[] {
  if (symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class)) {
    const members = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol)).filter(isOwn);
    return [
      name,
      ...members.map(
        (member) => `${name}.${member.name}${member.flags & ts.SymbolFlags.Optional ? "?" : ""}: ${print(member, checker)}`,
      ),
    ];
  }
  if (symbol.flags & ts.SymbolFlags.TypeAlias)
    return [
      `${name} = ${checker.typeToString(checker.getDeclaredTypeOfSymbol(symbol), undefined, ts.TypeFormatFlags.InTypeAlias | ts.TypeFormatFlags.NoTruncation)}`,
    ];
  return [`${name}: ${print(symbol, checker)}`];
}

/** Members inherited from JavaScript's own classes are not part of the API. */
const isOwn = (member: ts.Symbol): boolean =>
  (member.declarations ?? []).some((declaration) => !declaration.getSourceFile().fileName.includes("/node_modules/")) &&
  !member.name.startsWith("__@");

const print = (symbol: ts.Symbol, checker: ts.TypeChecker): string =>
  checker.typeToString(checker.getTypeOfSymbol(symbol), undefined, ts.TypeFormatFlags.NoTruncation).replace(/\s+/g, " ");
