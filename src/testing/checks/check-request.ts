import { modelId } from "../../request/model-id.ts";
import { findDialect } from "../dialects/index.ts";
import { openaiError } from "../dialects/openai.ts";
import type { LocalGatewayOptions } from "../options.ts";
import type { WireMessage } from "../read-messages.ts";
import { errorWithoutCode, gatewayError } from "../services/gateway-error.ts";
import type { ChatRoute } from "../services/route.ts";
import { isKnown, isRouted, type Target } from "../services/target.ts";
import { jsonReply, type WireReply } from "../wire/wire-reply.ts";
import { checkRequestBody } from "./check-body.ts";
import { checkConversation } from "./check-conversation.ts";
import { checkOptions } from "./check-options.ts";
import { getErrorMessages, type ProviderProblem } from "./provider-messages.ts";

type KeyOptions = Pick<LocalGatewayOptions, "storedKeys" | "unifiedBilling">;

/** Checks a chat request with a valid token, first as the gateway, then as the provider. Returns the error response, or `undefined`. */
export async function checkRequest(
  route: ChatRoute,
  headers: Headers,
  body: unknown,
  target: Target | undefined,
  keys: KeyOptions,
): Promise<WireReply | undefined> {
  if (!isObject(body)) return gatewayError(route.endpoint, 2019);
  const provider = target?.provider ?? "openai";
  const form =
    (await checkRequestBody(body)) ?? (route.endpoint === "rest" && provider === "workers-ai" ? notPlain(body) : undefined);
  if (form) {
    return providerError(provider, {
      message: `The request does not match the spec: ${form.path || "the body"} ${form.message}`,
      param: form.path,
    });
  }
  const rejection = checkModel(route, headers, String(body.model), target) ?? (target && checkKey(route, headers, target, keys));
  if (rejection) return rejection;
  const problem = target && findProviderProblem(body, target, route.endpoint);
  return problem && providerError(provider, problem);
}

/** Uses the client's own tables, so that it accepts what the client was built to send. */
function findProviderProblem(
  body: Record<string, unknown>,
  { provider, model }: Target,
  endpoint: "compat" | "rest",
): ProviderProblem | undefined {
  const target = modelId(undefined, model.startsWith("@cf/") ? model : `${provider}/${model}`, endpoint);
  if (!("row" in target)) return undefined;
  const errorMessages = getErrorMessages(provider);
  return checkConversation(body.messages as WireMessage[], target, errorMessages) ?? checkOptions(body, target, errorMessages);
}

const providerError = (provider: string, { status = 400, ...problem }: ProviderProblem): WireReply =>
  jsonReply(status, findDialect(provider).error({ status, ...problem }));

/** Workers AI on `rest` accepts content parts from the user only, and no null content next to tool calls. */
function notPlain(body: Record<string, unknown>): { path: string; message: string } | undefined {
  const messages = body.messages as { role: string; content?: unknown }[];
  const at = messages.findIndex(({ role, content }) => content === null || (role !== "user" && Array.isArray(content)));
  return at === -1 ? undefined : { path: `/messages/${at}/content`, message: "must be string" };
}

function checkModel(route: ChatRoute, headers: Headers, model: string, target: Target | undefined): WireReply | undefined {
  if (!target) return gatewayError(route.endpoint, 2019);
  if (!isKnown(model, route.endpoint)) return gatewayError(route.endpoint, 2008);
  const needsGateway = target.provider === "workers-ai" || isRouted(target);
  return route.endpoint === "rest" && needsGateway && !headers.has("cf-aig-gateway-id") ? gatewayError("rest", 2001) : undefined;
}

/** A key in the request is forwarded to the provider, which rejects it. */
function checkKey(
  route: ChatRoute,
  headers: Headers,
  target: Target,
  { storedKeys, unifiedBilling }: KeyOptions,
): WireReply | undefined {
  if (route.endpoint === "compat" && headers.has("authorization")) {
    const message = "Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.";
    return jsonReply(401, openaiError({ status: 401, message }));
  }
  if (target.provider === "workers-ai" || isRouted(target)) return undefined;
  const aliases = storedKeys ? (storedKeys[storedName(target.provider, storedKeys)] ?? []) : ["default"];
  const alias = route.endpoint === "rest" ? "default" : (headers.get("cf-aig-byok-alias") ?? "default");
  if (aliases.includes(alias)) return undefined;
  if (alias !== "default") {
    const configured = aliases.length > 0 ? aliases.join(", ") : "none";
    const message = `Provider '${target.provider}' has no BYOK credential named '${alias}'. Configured aliases: ${configured}`;
    return gatewayError(route.endpoint, 2040, { message });
  }
  if (headers.get("cf-aig-no-wholesale") === "true") {
    return errorWithoutCode(400, `No key is stored for provider '${target.provider}', and Unified Billing is not allowed`);
  }
  return unifiedBilling ? undefined : gatewayError(route.endpoint, 2021);
}

const spellings = [
  ["xai", "grok"],
  ["google-ai-studio", "google"],
];

/** The provider's name among the stored keys, whichever endpoint's spelling they use. */
function storedName(provider: string, storedKeys: Record<string, string[]>): string {
  const names = spellings.find((names) => names.includes(provider)) ?? [provider];
  return names.find((name) => Object.hasOwn(storedKeys, name)) ?? provider;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
