/** fetch and nothing else, for the time from nothing to the first answer. */
// Not needed here, but the other clients load it too.
import "../answers.js";

export const create = (base) => ({
  async chat() {
    const init = {
      method: "POST",
      headers: { "content-type": "application/json", "cf-aig-authorization": "Bearer token" },
      body: JSON.stringify({ model: "openai/gpt-4o-mini", messages: [{ role: "user", content: "Hello" }] }),
    };
    const response = await fetch(`${base}/v1/account/gateway/compat/chat/completions`, init);
    return (await response.json()).choices[0].message.content;
  },
});
