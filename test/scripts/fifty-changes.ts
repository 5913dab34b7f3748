import type { Level } from "../../scripts/spec/changes/change.ts";

// biome-ignore lint/suspicious/noExplicitAny: the changes reach deep into a parsed document.
export type Parsed = any;

export interface SpecChange {
  name: string;
  /** The expected level for users of a client. */
  level: Level;
  /** The path that the report must name. */
  path: string;
  edit(spec: Parsed): void;
}

const schemas = (spec: Parsed): Parsed => spec.components.schemas;
const request = (spec: Parsed): Parsed => schemas(spec).ChatCompletionRequest;
export const compat = "/v1/{account_id}/{gateway_id}/compat/chat/completions";
export const logs = "/accounts/{account_id}/ai-gateway/gateways/{gateway_id}/logs";
const text = { type: "string", description: "A field." };

function rename(holder: Parsed, from: string, to: string): void {
  holder[to] = holder[from];
  delete holder[from];
}

export const change = (name: string, level: Level, path: string, edit: SpecChange["edit"]): SpecChange => ({
  name,
  level,
  path,
  edit,
});

const parameterNamed = (spec: Parsed, name: string): Parsed =>
  spec.paths[logs].get.parameters.find((each: Parsed) => each.name === name);

export const fiftyChanges: readonly SpecChange[] = [
  // Requests: fields
  change("an optional request field is added", "additive", "ChatCompletionRequest.top_k", (spec) => {
    request(spec).properties.top_k = { type: "integer", description: "A number." };
  }),
  change("a required request field is added", "breaking", "ChatCompletionRequest.top_k", (spec) => {
    request(spec).properties.top_k = { type: "integer", description: "A number." };
    request(spec).required.push("top_k");
  }),
  change("a request field is removed", "breaking", "ChatCompletionRequest.seed", (spec) => {
    delete request(spec).properties.seed;
  }),
  change("a request field is renamed", "breaking", "ChatCompletionRequest.top_p", (spec) => {
    rename(request(spec).properties, "top_p", "nucleus");
  }),
  change("a request field becomes required", "breaking", "ChatCompletionRequest.temperature", (spec) => {
    request(spec).required.push("temperature");
  }),
  change("a request field becomes optional", "additive", "ChatCompletionRequest.model", (spec) => {
    request(spec).required = ["messages"];
  }),
  change("a field of an inline object is removed", "breaking", "ChatCompletionRequest.audio.format", (spec) => {
    delete request(spec).properties.audio.properties.format;
    request(spec).properties.audio.required = ["voice"];
  }),
  change("a field of an inline object is added", "additive", "ChatCompletionRequest.audio.speed", (spec) => {
    request(spec).properties.audio.properties.speed = { type: "number", description: "A number." };
  }),
  change("a field of an inline object is renamed", "breaking", "ChatCompletionRequest.stream_options.include_usage", (spec) => {
    rename(request(spec).properties.stream_options.properties, "include_usage", "with_usage");
  }),
  // Requests: types, enums and bounds
  change("the type of a request field changes", "breaking", "ChatCompletionRequest.seed", (spec) => {
    request(spec).properties.seed.type = "string";
  }),
  change("a request field takes null as well", "additive", "ChatCompletionRequest.seed", (spec) => {
    request(spec).properties.seed.type = ["integer", "null"];
  }),
  change("an integer of a request becomes a number", "additive", "ChatCompletionRequest.seed", (spec) => {
    request(spec).properties.seed.type = "number";
  }),
  change("a number of a request becomes an integer", "breaking", "ChatCompletionRequest.temperature", (spec) => {
    request(spec).properties.temperature.type = "integer";
  }),
  change("a request enum is narrowed", "breaking", "ChatCompletionRequest.verbosity", (spec) => {
    request(spec).properties.verbosity.enum = ["low", "medium"];
  }),
  change("a request enum is widened", "additive", "ChatCompletionRequest.verbosity", (spec) => {
    request(spec).properties.verbosity.enum.push("max");
  }),
  change("a string of a request becomes an enum", "breaking", "ChatCompletionRequest.service_tier", (spec) => {
    request(spec).properties.service_tier.enum = ["auto", "flex"];
  }),
  change("an enum of a request becomes a string", "additive", "ChatCompletionRequest.verbosity", (spec) => {
    delete request(spec).properties.verbosity.enum;
  }),
  change("a value of a request enum is renamed", "breaking", "ChatCompletionRequest.verbosity", (spec) => {
    request(spec).properties.verbosity.enum = ["low", "medium", "long"];
  }),
  change("a maximum is lowered", "breaking", "ChatCompletionRequest.temperature", (spec) => {
    request(spec).properties.temperature.maximum = 1;
  }),
  change("a maximum is raised", "additive", "ChatCompletionRequest.top_logprobs", (spec) => {
    request(spec).properties.top_logprobs.maximum = 50;
  }),
  change("a minimum is added", "breaking", "ChatCompletionRequest.seed", (spec) => {
    request(spec).properties.seed.minimum = 0;
  }),
  change("a pattern is added", "breaking", "ChatCompletionRequest.user", (spec) => {
    request(spec).properties.user.pattern = "^u-";
  }),
  change("a minimum length is dropped", "additive", "ChatCompletionRequest.model", (spec) => {
    delete request(spec).properties.model.minLength;
  }),
  change("a request schema is closed", "breaking", "UserMessage", (spec) => {
    schemas(spec).UserMessage.additionalProperties = false;
  }),
  // Requests: unions
  change("a role is removed", "breaking", "ChatCompletionRequestMessage", (spec) => {
    const message = schemas(spec).ChatCompletionRequestMessage;
    message.oneOf = message.oneOf.filter(({ $ref }: Parsed) => !$ref.endsWith("DeveloperMessage"));
    delete message.discriminator.mapping.developer;
  }),
  change("a kind of part is added", "additive", "UserContentPart", (spec) => {
    schemas(spec).VideoPart = {
      type: "object",
      required: ["type"],
      additionalProperties: true,
      properties: { type: { type: "string", enum: ["video"] } },
    };
    schemas(spec).UserContentPart.oneOf.push({ $ref: "#/components/schemas/VideoPart" });
    schemas(spec).UserContentPart.discriminator.mapping.video = "#/components/schemas/VideoPart";
  }),
  change("content of a message no longer takes a string", "breaking", "UserMessage.content", (spec) => {
    schemas(spec).UserMessage.properties.content.oneOf.shift();
  }),
  change("a string of a request may also be a list", "additive", "ChatCompletionRequest.user", (spec) => {
    request(spec).properties.user = {
      deprecated: true,
      description: request(spec).properties.user.description,
      oneOf: [{ type: "string" }, { type: "array", items: { type: "string" } }],
    };
  }),
  change("a constant is written as an enum of one value", "documentation", "TextPart.text", (spec) => {
    schemas(spec).TextPart.properties.type = { const: "text", description: schemas(spec).TextPart.properties.type.description };
    schemas(spec).TextPart.properties.text.description = "Words.";
  }),
  // Responses
  change("a response field is added", "additive", "ChatCompletion.trace", (spec) => {
    schemas(spec).ChatCompletion.properties.trace = text;
  }),
  change("a response field is removed", "breaking", "ChatCompletion.system_fingerprint", (spec) => {
    delete schemas(spec).ChatCompletion.properties.system_fingerprint;
  }),
  change("a response field is renamed", "breaking", "CompletionMessage.content", (spec) => {
    rename(schemas(spec).CompletionMessage.properties, "content", "text");
  }),
  change("a field of a delta is renamed", "breaking", "ChunkChoice.delta", (spec) => {
    rename(schemas(spec).ChunkChoice.properties, "delta", "diff");
  }),
  change("a response field becomes optional", "breaking", "ChatCompletion.choices", (spec) => {
    schemas(spec).ChatCompletion.required = [];
    delete schemas(spec).ChatCompletion.required;
  }),
  change("a response field becomes certain", "additive", "ChatCompletion.id", (spec) => {
    schemas(spec).ChatCompletion.required.push("id");
  }),
  change("a response field may be null now", "breaking", "ResultInfo.page", (spec) => {
    schemas(spec).ResultInfo.properties.page.type = ["integer", "null"];
  }),
  change("a response field is no longer null", "additive", "ChatCompletion.id", (spec) => {
    schemas(spec).ChatCompletion.properties.id.type = "string";
  }),
  change("the type of a response field changes", "breaking", "CompletionUsage.prompt_tokens", (spec) => {
    schemas(spec).CompletionUsage.properties.prompt_tokens.type = ["string", "null"];
  }),
  change("a response enum is widened", "breaking", "GatewayErrorArrayBody.success", (spec) => {
    schemas(spec).GatewayErrorArrayBody.properties.success.enum.push(true);
  }),
  change("content of a response has another form as well", "breaking", "AnswerAudio.data", (spec) => {
    schemas(spec).AnswerAudio.properties.data.type = ["string", "null", "array"];
  }),
  change("an error body is added", "breaking", "ErrorBody", (spec) => {
    schemas(spec).NewErrorBody = { type: "object", required: ["fault"], properties: { fault: { type: "string" } } };
    schemas(spec).ErrorBody.anyOf.push({ $ref: "#/components/schemas/NewErrorBody" });
  }),
  change("a named schema is renamed", "breaking", "CompletionUsage", (spec) => {
    const renamed = JSON.stringify(spec).replaceAll("#/components/schemas/CompletionUsage", "#/components/schemas/TokenUsage");
    Object.assign(spec, JSON.parse(renamed));
    rename(schemas(spec), "CompletionUsage", "TokenUsage");
  }),
  // Operations
  change("an endpoint is added", "additive", "get /v2/models", (spec) => {
    spec.paths["/v2/models"] = { get: { operationId: "listModels", responses: { 200: { description: "Models." } } } };
  }),
  change("an endpoint is removed", "breaking", `delete ${logs}`, (spec) => {
    delete spec.paths[logs].delete;
  }),
  change("a request header is removed", "breaking", "cf-aig-zdr", (spec) => {
    const drop = (list: Parsed) => list.filter(({ $ref }: Parsed) => $ref !== "#/components/parameters/Zdr");
    for (const item of Object.values<Parsed>(spec.paths)) if (item.post) item.post.parameters = drop(item.post.parameters);
    delete spec.components.parameters.Zdr;
  }),
  change("a request header is renamed", "breaking", "cf-aig-event-id", (spec) => {
    spec.components.parameters.EventId.name = "cf-aig-own-id";
  }),
  change("a query parameter becomes required", "breaking", "query search", (spec) => {
    parameterNamed(spec, "search").required = true;
  }),
  change("a response status is added", "additive", `post ${compat} 413`, (spec) => {
    spec.paths[compat].post.responses = {
      ...spec.paths[compat].post.responses,
      413: { $ref: "#/components/responses/BadRequest" },
    };
  }),
  change("a field is deprecated", "documentation", "ChatCompletionRequest.max_tokens", (spec) => {
    request(spec).properties.max_tokens.deprecated = true;
  }),
  change("a description is rewritten", "documentation", "ChatCompletionRequest.seed", (spec) => {
    request(spec).properties.seed.description = "Other words.";
  }),
];
