import type { Client } from "openapi-fetch";
import { createRedact, type Redact } from "../errors/redact.ts";
import type { Settings } from "../options/settings.ts";
import { createBindings } from "../transport/bindings.ts";
import { Secrets } from "../transport/secrets.ts";
import { type Server, sendRequest, userFetch } from "../transport/send-request.ts";
import type { paths } from "../wire.ts";
import { readWholeResponse } from "./api-request.ts";
import { logsTarget } from "./log-errors.ts";

/** The log endpoints of Cloudflare's API. */
export interface ApiClient {
  readonly client: Client<paths>;
  readonly redact: Redact;
}

/** The typed client for Cloudflare's API, with the same errors as chats. */
export function createApiClient(settings: Settings): ApiClient {
  const connection = { fetch: userFetch(settings), header: "authorization", token: settings.apiToken, option: "apiToken" };
  const client = createBindings(settings.apiBaseUrl, (request) => {
    const server: Server = { ...connection, secrets: new Secrets() };
    return readWholeResponse((cancellation) => sendRequest(request, server, logsTarget, cancellation), request.signal, {
      limits: settings.defaults.timeout ?? {},
      redact: server.secrets.redact,
      target: logsTarget,
    });
  });
  return { client, redact: createRedact(typeof settings.apiToken === "string" ? [settings.apiToken] : []) };
}
