/** One client in one case, in a process of its own; started round by round. */
import { cases, growth } from "./cases.js";

const [, , clientName, caseName, origin] = process.argv;
const { create } = await import(`./clients/${clientName}.js`);

if (caseName in growth) {
  const { path, sizes, run } = growth[caseName];
  const clients = sizes.map((size) => create(`${origin}/${path(size)}`));
  process.on("message", async () => {
    const times = [];
    for (const [index, client] of clients.entries()) {
      const started = performance.now();
      await run(client, sizes[index]);
      times.push(performance.now() - started);
    }
    process.send({ milliseconds: times[1] / times[0] });
  });
} else {
  const { path, run, measure } = cases[caseName];
  const client = create(`${origin}/${path}`);
  process.on("message", async (count) => {
    const cpu = process.cpuUsage();
    const started = performance.now();
    const measured = await (measure ?? run)(client, count);
    const milliseconds = (measure ? measured : performance.now() - started) / count;
    const { user, system } = process.cpuUsage(cpu);
    process.send({ milliseconds, cpuMilliseconds: (user + system) / 1000 / count });
  });
}
process.on("disconnect", () => process.exit());
process.send("ready");
