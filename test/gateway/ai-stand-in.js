/**
 * Stands in for `env.AI`, wired up as workerd wires the real one: an object made inside the Worker over a service. Gateways whose id is a code
 * throw as the binding does.
 */
export default function ai(env) {
  return {
    gateway(id) {
      const logs = `http://gateway/client/v4/accounts/acc/ai-gateway/gateways/${id}/logs`;
      const call = async (url, init) => {
        const response = await env.service.fetch(url, init);
        const { result, errors } = await response.json();
        if (!response.ok) throw new Error(errors[0].message);
        return result;
      };
      return {
        async run({ provider, endpoint, headers, query }, { signal } = {}) {
          if (/^\d{4}$/.test(id)) throw new Error(`${id}: Thrown by the binding`);
          if (id === "broken") throw new Error("internal error");
          const url = `http://gateway/v1/acc/${id}/${provider}/${endpoint}`;
          return env.service.fetch(url, { method: "POST", headers, body: JSON.stringify(query), signal });
        },
        getLog: (logId) => call(`${logs}/${logId}`),
        patchLog: (logId, patch) => call(`${logs}/${logId}`, { method: "PATCH", body: JSON.stringify(patch) }),
      };
    },
  };
}
