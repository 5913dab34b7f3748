import { change, compat, logs, type Parsed, type SpecChange } from "./fifty-changes.ts";

const schemas = (spec: Parsed): Parsed => spec.components.schemas;
const fields = (spec: Parsed, name: string): Parsed => schemas(spec)[name].properties;
const request = (spec: Parsed): Parsed => fields(spec, "ChatCompletionRequest");
const parameters = (spec: Parsed): Parsed => spec.components.parameters;
const responses = (spec: Parsed): Parsed => spec.components.responses;
const custom = "/compat/chat/completions";

/** Sixty changes that are easily overrated or overlooked: equivalent spellings, and small changes with a large effect. */
export const subtleChanges: readonly SpecChange[] = [
  // Equivalent spellings
  change("null moves from the list of types into a union", "documentation", "document", (spec) => {
    const { type: _, ...others } = fields(spec, "AssistantMessage").refusal;
    fields(spec, "AssistantMessage").refusal = { ...others, anyOf: [{ type: "string" }, { type: "null" }] };
  }),
  change("types are listed in another order", "documentation", "document", (spec) => {
    fields(spec, "ErrorDetail").code.type.reverse();
  }),
  change("values of an enum are listed in another order", "documentation", "document", (spec) => {
    request(spec).verbosity.enum.reverse();
  }),
  change("a union is nested in another", "documentation", "document", (spec) => {
    const { content } = fields(spec, "AssistantMessage");
    content.oneOf = [content.oneOf[0], { oneOf: content.oneOf.slice(1) }];
  }),
  change("a reference is wrapped into allOf", "documentation", "document", (spec) => {
    const { $ref, description } = request(spec).response_format;
    request(spec).response_format = { description, allOf: [{ $ref }] };
  }),
  change("fields move into a schema that allOf refers to", "additive", "NamedMessage", (spec) => {
    const { description, properties, ...others } = schemas(spec).FunctionMessage;
    const { name, ...own } = properties;
    schemas(spec).NamedMessage = { type: "object", description: "A message with a name.", properties: { name } };
    schemas(spec).FunctionMessage = {
      description,
      allOf: [{ $ref: "#/components/schemas/NamedMessage" }, { ...others, properties: own }],
    };
  }),
  change("a union loses its discriminator, which its branches repeat", "documentation", "document", (spec) => {
    delete schemas(spec).ResponseFormat.discriminator;
  }),
  change("a bound of an integer is written as exclusive", "documentation", "document", (spec) => {
    const { minimum: _, ...others } = request(spec).max_tokens;
    request(spec).max_tokens = { ...others, exclusiveMinimum: 0 };
  }),
  change("items need not be unique, as before", "documentation", "document", (spec) => {
    request(spec).modalities.uniqueItems = false;
  }),
  change("a string may be empty, as before", "documentation", "document", (spec) => {
    request(spec).user.minLength = 0;
  }),
  change("a schema is open without saying so", "documentation", "document", (spec) => {
    delete schemas(spec).UserMessage.additionalProperties;
  }),
  change("parameters are listed in another order", "documentation", "document", (spec) => {
    spec.paths[logs].get.parameters = spec.paths[logs].get.parameters.toReversed();
  }),
  change("a parameter of the path becomes one of its operation", "documentation", "document", (spec) => {
    const path = spec.paths["/compat/models"];
    spec.paths[compat].post.parameters = [...spec.paths[compat].parameters, ...spec.paths[compat].post.parameters];
    delete spec.paths[compat].parameters;
    path.parameters = [];
  }),
  change("a parameter is written out in place of its reference", "documentation", "document", (spec) => {
    const list = spec.paths[logs].delete.parameters;
    spec.paths[logs].delete.parameters = [parameters(spec).LogOrderBy, ...list.slice(1)];
  }),
  change("a component of the parameters is renamed", "documentation", "document", (spec) => {
    const renamed = JSON.stringify(spec).replaceAll("#/components/parameters/EventId", "#/components/parameters/OwnId");
    Object.assign(spec, JSON.parse(renamed));
    parameters(spec).OwnId = parameters(spec).EventId;
    delete parameters(spec).EventId;
  }),
  change("the style of a parameter is what it was by default", "documentation", "document", (spec) => {
    Object.assign(spec.paths[logs].get.parameters[0], { style: "form", explode: true });
  }),
  change("a response refers to an equal one of another name", "documentation", "document", (spec) => {
    responses(spec).Busy = responses(spec).TooManyRequests;
    for (const path of [compat, custom]) spec.paths[path].post.responses["429"] = { $ref: "#/components/responses/Busy" };
  }),
  change("security moves from every operation to the document", "documentation", "document", (spec) => {
    spec.security = spec.paths[logs].get.security;
    for (const item of Object.values<Parsed>(spec.paths))
      for (const operation of [item.get, item.delete, item.patch, item.post])
        if (operation && JSON.stringify(operation.security) === JSON.stringify(spec.security)) delete operation.security;
  }),
  change("values of an enum get descriptions", "documentation", "ChatCompletionRequest.verbosity", (spec) => {
    request(spec).verbosity["x-enumDescriptions"] = { low: "Short.", medium: "Usual.", high: "Long." };
  }),
  change("a field lists another provider", "documentation", "ChatCompletionRequest.verbosity", (spec) => {
    request(spec).verbosity["x-providers"] = ["openai", "openrouter"];
  }),
  // Bounds and formats
  change("a bound becomes exclusive", "breaking", "ChatCompletionRequest.temperature", (spec) => {
    const { minimum, ...others } = request(spec).temperature;
    request(spec).temperature = { ...others, exclusiveMinimum: minimum };
  }),
  change("a request string gets a format", "breaking", "ChatCompletionRequest.user", (spec) => {
    request(spec).user.format = "uuid";
  }),
  change("a response string gets a format", "documentation", "Log.created_at", (spec) => {
    fields(spec, "Log").created_at.format = "date-time";
  }),
  change("a response string gets a maximum length", "documentation", "Model.id", (spec) => {
    fields(spec, "Model").id.maxLength = 256;
  }),
  change("the pattern of a header changes", "breaking", "header cf-aig-cache-key", (spec) => {
    parameters(spec).CacheKey.schema.pattern = "^[a-z]+$";
  }),
  change("the pattern of a header goes away", "additive", "header cf-aig-cache-key", (spec) => {
    delete parameters(spec).CacheKey.schema.pattern;
  }),
  change("a list of a request needs more items", "breaking", "ChatCompletionRequest.messages", (spec) => {
    request(spec).messages.minItems = 2;
  }),
  change("an id in a path may be shorter only", "breaking", "path gateway_id", (spec) => {
    parameters(spec).GatewayId.schema.maxLength = 32;
  }),
  change("a query parameter has another default", "documentation", "query per_page", (spec) => {
    spec.paths[logs].get.parameters.find(({ name }: Parsed) => name === "per_page").schema.default = 50;
  }),
  change("allOf lowers a maximum of a request", "breaking", "ChatCompletionRequest.temperature", (spec) => {
    const { description, ...others } = request(spec).temperature;
    request(spec).temperature = { description, allOf: [others, { maximum: 1 }] };
  }),
  change("allOf requires a field inside a request", "breaking", "FunctionTool.function.description", (spec) => {
    const { description, ...members } = schemas(spec).FunctionTool;
    const stricter = { properties: { function: { type: "object", required: ["description"] } } };
    schemas(spec).FunctionTool = { description, allOf: [members, stricter] };
  }),
  // Constants and kinds
  change("the constant of a request changes", "breaking", "TextPart.type", (spec) => {
    fields(spec, "TextPart").type.enum = ["input_text"];
  }),
  change("the constant of a response changes", "breaking", "GatewayErrorArrayBody.success", (spec) => {
    fields(spec, "GatewayErrorArrayBody").success.enum = [true];
  }),
  change("a constant of a response becomes any value of its type", "breaking", "GatewayErrorArrayBody.success", (spec) => {
    delete fields(spec, "GatewayErrorArrayBody").success.enum;
  }),
  change("numbers of an enum become strings", "breaking", "LogPatch.feedback", (spec) => {
    Object.assign(fields(spec, "LogPatch").feedback, { type: ["string", "null"], enum: ["up", "down", null] });
  }),
  change("a kind is described by another schema", "breaking", "ResponseFormat", (spec) => {
    schemas(spec).ResponseFormat.discriminator.mapping.text = "#/components/schemas/JsonObjectResponseFormat";
  }),
  change("a kind goes by a second value as well", "additive", "ResponseFormat", (spec) => {
    const { mapping } = schemas(spec).ResponseFormat.discriminator;
    mapping.plain = mapping.text;
  }),
  change("an answer is never a number", "additive", "AnswerContent", (spec) => {
    schemas(spec).AnswerContent.oneOf = schemas(spec).AnswerContent.oneOf.filter(({ type }: Parsed) => type !== "number");
  }),
  // Lists, maps and open objects
  change("items of a request may be of another type as well", "additive", "ChatCompletionRequest.stop", (spec) => {
    request(spec).stop.oneOf[1].items = { oneOf: [{ type: "string" }, { type: "integer" }] };
  }),
  change("items of a response may be of another type as well", "breaking", "ModelList.data", (spec) => {
    const { data } = fields(spec, "ModelList");
    data.items = { oneOf: [data.items, { type: "string" }] };
  }),
  change("items of a response are no longer described", "breaking", "TokenLogprob.bytes", (spec) => {
    delete fields(spec, "TokenLogprob").bytes.items;
  }),
  change("items of a response are described now", "additive", "ChatCompletion.citations", (spec) => {
    fields(spec, "ChatCompletion").citations.items = { type: "string" };
  }),
  change("values of a request's map take another type as well", "additive", "ChatCompletionRequest.metadata", (spec) => {
    request(spec).metadata.additionalProperties = { type: ["string", "number"] };
  }),
  change("unlisted fields of a request must be strings", "breaking", "ChatCompletionRequest.thinking", (spec) => {
    request(spec).thinking.additionalProperties = { type: "string" };
  }),
  change("a map that is sent and received takes null", "breaking", "FlatMetadata", (spec) => {
    schemas(spec).FlatMetadata.additionalProperties.type.push("null");
  }),
  change("an integer of a response becomes a number", "breaking", "ResultInfo.page", (spec) => {
    fields(spec, "ResultInfo").page.type = "number";
  }),
  change("a response gains a field that is certain", "additive", "ChatCompletion.trace", (spec) => {
    fields(spec, "ChatCompletion").trace = { type: "string", description: "A trace." };
    schemas(spec).ChatCompletion.required.push("trace");
  }),
  change("a request gains a required field with a default", "breaking", "ChatCompletionRequest.region", (spec) => {
    request(spec).region = { type: "string", description: "A region.", default: "auto" };
    schemas(spec).ChatCompletionRequest.required.push("region");
  }),
  // The stream alone
  change("a chunk gains a field", "additive", "ChunkChoice.speed", (spec) => {
    fields(spec, "ChunkChoice").speed = { type: "number", description: "Tokens per second." };
  }),
  change("the stream has another media type in its schema", "breaking", "ChatCompletionEventStream", (spec) => {
    schemas(spec).ChatCompletionEventStream.contentMediaType = "application/x-ndjson";
  }),
  // Statuses, headers, media types
  change("an error status is gone", "additive", `post ${compat} 424`, (spec) => {
    for (const path of [compat, custom]) delete spec.paths[path].post.responses["424"];
  }),
  change("a status becomes a range", "breaking", `get ${logs} 200`, (spec) => {
    const { 200: success, ...others } = spec.paths[logs].get.responses;
    spec.paths[logs].get.responses = { ...others, "2XX": success };
  }),
  change("an error may also be plain text", "additive", "429 text/plain", (spec) => {
    responses(spec).TooManyRequests.content["text/plain"] = { schema: { type: "string" } };
  }),
  change("a request may also be sent as a form", "additive", "multipart/form-data", (spec) => {
    spec.components.requestBodies.ChatCompletion.content["multipart/form-data"] = {
      schema: { $ref: "#/components/schemas/ChatCompletionRequest" },
    };
  }),
  change("a response header is certain now", "additive", "header cf-aig-step", (spec) => {
    spec.components.headers.Step.required = true;
  }),
  change("a code of an error becomes a string", "breaking", "GatewayErrorEntry.code", (spec) => {
    fields(spec, "GatewayErrorEntry").code.type = "string";
  }),
  change("a request header is required", "breaking", "header cf-aig-metadata", (spec) => {
    parameters(spec).Metadata.required = true;
  }),
  // Servers and security
  change("an endpoint has a second server", "additive", `get ${logs}`, (spec) => {
    spec.paths[logs].servers.push({ url: "https://api.fed.cloudflare.com/client/v4", description: "For governments." });
  }),
  change("the variable of a server has another default", "documentation", `post ${custom}`, (spec) => {
    spec.paths[custom].servers[0].variables.custom_domain.default = "ai.example.com";
  }),
  change("one of several ways to authenticate is gone", "breaking", `post ${custom}`, (spec) => {
    spec.paths[custom].post.security.pop();
  }),
];
