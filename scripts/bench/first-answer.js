/** From nothing to the first answer: the import, the set-up, one chat. Then the first structured answer, if the client has them. */
const [, , clientName, origin] = process.argv;
const started = performance.now();
const { create } = await import(`./clients/${clientName}.js`);
const imported = performance.now();
const client = create(`${origin}/chat`);
await client.chat();
const answered = performance.now();
const structured = create(`${origin}/output`);
const asked = performance.now();
if (structured.output) await structured.output();
const structuredMs = structured.output && performance.now() - asked;
console.log(JSON.stringify({ importMs: imported - started, answerMs: answered - started, structuredMs }));
process.exit();
