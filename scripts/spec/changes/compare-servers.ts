import { isDeepStrictEqual } from "node:util";
import type { Report } from "./change.ts";
import { type Node, type Operation, toNode } from "./document.ts";

/** Compares the servers of an operation; a client uses the first one by default. */
export function compareServers(old: Operation, now: Operation, report: Report): void {
  const [before, after] = [listServers(old), listServers(now)];
  const { name } = old;
  const stay = before.every(({ url }, index) => url === after[index]?.url);
  if (!stay) report("breaking", name, "is on another server");
  else if (after.length > before.length) report("additive", name, "has another server as well");
  for (const [index, server] of before.entries()) compareVariables(server, after[index] ?? {}, name, report);
  if (stay && !isDeepStrictEqual(before, after.slice(0, before.length)))
    report("documentation", name, "its server is described differently");
}

const listServers = ({ servers }: Operation): Node[] => (Array.isArray(servers) ? servers.map(toNode) : []);

function compareVariables(before: Node, after: Node, name: string, report: Report): void {
  for (const [variable, old] of Object.entries(toNode(before.variables))) {
    const [values, others] = [toNode(old).enum, toNode(toNode(after.variables)[variable]).enum];
    if (isDeepStrictEqual(values, others) || !(variable in toNode(after.variables))) continue;
    const isNarrower = Array.isArray(others) && (!Array.isArray(values) || values.some((value) => !others.includes(value)));
    report(isNarrower ? "breaking" : "additive", name, `${variable} of its server takes other values`);
  }
}
