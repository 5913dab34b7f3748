/** What is measured. A case runs its work `count` times; the time is that of one. */
import * as answers from "./answers.js";

function same(found, wanted, what) {
  if (found !== wanted) throw new Error(`${what}: ${String(found).slice(0, 100)}`);
}

async function readStream(client) {
  let text = "";
  await client.stream((piece) => {
    text += piece;
  });
  return text;
}

const inSequence = async (count, work) => {
  for (let done = 0; done < count; done++) await work();
};

export const cases = {
  sequential: {
    title: "chat, one after another",
    path: "chat",
    needs: "chat",
    count: 150,
    run: (client, count) => inSequence(count, async () => same(await client.chat(), answers.text, "text")),
  },
  concurrent: {
    title: "chat, 64 at once",
    path: "chat",
    needs: "chat",
    count: 640,
    async run(client, count) {
      let left = count;
      const worker = async () => {
        while (left-- > 0) same(await client.chat(), answers.text, "text");
      };
      await Promise.all(Array.from({ length: 64 }, worker));
    },
  },
  pieces: {
    title: "stream of 2,000 x 200 B, in pieces of 16 KB",
    path: "pieces",
    needs: "stream",
    count: 8,
    characters: answers.streamedText.length,
    run: (client, count) => inSequence(count, async () => same(await readStream(client), answers.streamedText, "text")),
  },
  singles: {
    title: "stream of 2,000 x 200 B, one write per chunk",
    path: "singles",
    needs: "stream",
    count: 4,
    characters: answers.streamedText.length,
    run: (client, count) =>
      Promise.all(Array.from({ length: count }, async () => same(await readStream(client), answers.streamedText, "text"))),
  },
  first: {
    title: "time to the first delta",
    path: "first",
    needs: "stream",
    count: 40,
    /** Measures itself, for the rest of the stream is not of interest. */
    async measure(client, count) {
      let sum = 0;
      await inSequence(count, async () => {
        const started = performance.now();
        let first;
        await client.stream(() => {
          first ??= performance.now();
        });
        sum += first - started;
      });
      return sum;
    },
  },
  loop: {
    title: "loop of five turns with three tools",
    path: "loop",
    needs: "loop",
    count: 30,
    run: (client, count) => inSequence(count, async () => same(await client.loop(), answers.text, "text")),
  },
  output: {
    title: "structured output of 2 kB",
    path: "output",
    needs: "output",
    count: 100,
    run: (client, count) =>
      inSequence(count, async () => same((await client.output()).rows.length, answers.output.rows.length, "rows")),
  },
};

/** Work of a size and of four times that: when it grows linearly, the second takes four times as long. */
export const growth = {
  text: { title: "text", path: (size) => `text/${size}`, sizes: [4_000, 16_000], run: readStream },
  arguments: {
    title: "tool arguments",
    path: (size) => `arguments/${size}`,
    sizes: [4_000, 16_000],
    run: (client) => client.arguments(),
  },
  partial: {
    title: "partial output",
    path: (size) => `partial/${size}`,
    sizes: [1_000, 4_000],
    run: (client) => client.partial(() => {}),
  },
  messages: { title: "messages", path: () => "chat", sizes: [2_500, 10_000], run: (client, size) => client.messages(size) },
};
