/** From nothing to the first answer: the import, the set-up, one chat. */
const [, , clientName, origin] = process.argv;
const started = performance.now();
const { create } = await import(`./clients/${clientName}.js`);
const imported = performance.now();
const client = create(`${origin}/chat`);
await client.chat();
console.log(JSON.stringify({ importMs: imported - started, answerMs: performance.now() - started }));
process.exit();
