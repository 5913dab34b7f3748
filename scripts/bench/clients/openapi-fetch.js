/** The bindings alone, as `createGatewayFetchClient` gives them: no streams, no tools. */
const { createGatewayFetchClient } = await import(process.env.BENCH_PACKAGE ?? "../../../dist/index.js");

export function create(base) {
  const client = createGatewayFetchClient({ baseUrl: base, token: "token" });
  const path = { account_id: "account", gateway_id: "gateway" };
  const body = { model: "openai/gpt-4o-mini", messages: [{ role: "user", content: "Hello" }] };
  const post = async () =>
    (await client.POST("/v1/{account_id}/{gateway_id}/compat/chat/completions", { params: { path }, body })).data;
  return {
    chat: async () => (await post()).choices[0].message.content,
    output: async () => JSON.parse((await post()).choices[0].message.content),
  };
}
