/** The memory that 1,000 streams hold while they wait for more, after each has emitted ten deltas. Run with --expose-gc. */
const [, , clientName, origin, streams] = process.argv;
const { create } = await import(`./clients/${clientName}.js`);
const client = create(`${origin}/held`);
const count = Number(streams);

const used = () => {
  gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};
async function open(number) {
  const ends = [];
  await Promise.all(
    Array.from({ length: number }, () => {
      let deltas = 0;
      return new Promise((resolve, reject) => {
        const end = client.stream(() => {
          if (++deltas === 10) resolve();
        });
        ends.push(end);
        end.catch(reject);
      });
    }),
  );
  return ends;
}
async function close(ends) {
  await (await fetch(`${origin}/release`)).text();
  await Promise.all(ends);
}

// Code and caches are there before the count begins.
await close(await open(20));
const before = used();
const ends = await open(count);
await new Promise((resolve) => setTimeout(resolve, 100));
const held = used() - before;
const { rss } = process.memoryUsage();
await close(ends);
console.log(JSON.stringify({ bytesPerStream: held / count, rss }));
process.exit();
