import { change, compat, logs, type Parsed, type SpecChange } from "./fifty-changes.ts";

const schemas = (spec: Parsed): Parsed => spec.components.schemas;
const request = (spec: Parsed): Parsed => schemas(spec).ChatCompletionRequest;
const parameters = (spec: Parsed): Parsed => spec.components.parameters;
const custom = "/compat/models";

/** Moves the members of a schema into its `allOf`. */
function wrap(spec: Parsed, name: string, ...others: Parsed[]): void {
  const { description, ...members } = schemas(spec)[name];
  schemas(spec)[name] = { description, allOf: [members, ...others] };
}

/** Fifty changes that are harder to classify: moved references, `allOf`, directions, rare keywords, headers and security. */
export const furtherChanges: readonly SpecChange[] = [
  // Moved and renamed
  change("a field is renamed and described anew", "breaking", "ChatCompletionRequest.top_p", (spec) => {
    const { top_p: field, ...others } = request(spec).properties;
    request(spec).properties = { ...others, nucleus: { ...field, description: "Other words." } };
  }),
  change("a field moves into an object", "breaking", "ChatCompletionRequest.seed", (spec) => {
    const { seed, ...others } = request(spec).properties;
    request(spec).properties = { ...others, sampling: { type: "object", description: "How.", properties: { seed } } };
  }),
  change("an inline object becomes a schema of its own", "additive", "PromptDetails", (spec) => {
    const { properties } = schemas(spec).CompletionUsage;
    schemas(spec).PromptDetails = properties.prompt_tokens_details;
    properties.prompt_tokens_details = { $ref: "#/components/schemas/PromptDetails" };
  }),
  change("a reference is replaced by what it stands for", "documentation", "ChatCompletionRequest.response_format", (spec) => {
    request(spec).properties.response_format = { ...schemas(spec).ResponseFormat };
  }),
  change("a reference leads to a schema with fewer fields", "breaking", "ChatCompletion.usage", (spec) => {
    const { prompt_tokens: _, ...properties } = schemas(spec).CompletionUsage.properties;
    schemas(spec).ShortUsage = { ...schemas(spec).CompletionUsage, properties };
    schemas(spec).ChatCompletion.properties.usage = { $ref: "#/components/schemas/ShortUsage", description: "Counts." };
  }),
  change("a reference leads to an equal schema of another name", "additive", "OtherUsage", (spec) => {
    schemas(spec).OtherUsage = { ...schemas(spec).CompletionUsage };
    schemas(spec).GroqData.properties.usage.oneOf[0] = { $ref: "#/components/schemas/OtherUsage" };
  }),
  change("a path is renamed", "breaking", `get ${custom}`, (spec) => {
    spec.paths["/compat/all-models"] = spec.paths[custom];
    delete spec.paths[custom];
  }),
  change("a path parameter is renamed", "breaking", `get ${logs}/{log_id}`, (spec) => {
    parameters(spec).LogId.name = "id";
    for (const path of Object.keys(spec.paths).filter((each) => each.includes("{log_id}"))) {
      spec.paths[path.replace("{log_id}", "{id}")] = spec.paths[path];
      delete spec.paths[path];
    }
  }),
  change("an operation is renamed", "breaking", `get ${logs}`, (spec) => {
    spec.paths[logs].get.operationId = "getLogs";
  }),
  // allOf, anyOf, oneOf
  change("a schema is written as allOf", "documentation", "document", (spec) => wrap(spec, "FunctionTool")),
  change("allOf adds a required field to a request", "breaking", "FunctionTool.cost", (spec) =>
    wrap(spec, "FunctionTool", { type: "object", required: ["cost"], properties: { cost: { type: "number" } } }),
  ),
  change("allOf adds a field to a response", "additive", "SearchResult.rank", (spec) =>
    wrap(spec, "SearchResult", { type: "object", properties: { rank: { type: "number" } } }),
  ),
  change("allOf loses a field of a response", "breaking", "SearchResult.url", (spec) => {
    wrap(spec, "SearchResult");
    delete schemas(spec).SearchResult.allOf[0].properties.url;
  }),
  change("oneOf becomes anyOf", "documentation", "document", (spec) => {
    const { content } = schemas(spec).UserMessage.properties;
    content.anyOf = content.oneOf;
    delete content.oneOf;
  }),
  change("branches change places", "documentation", "document", (spec) => {
    schemas(spec).UserMessage.properties.content.oneOf.reverse();
  }),
  change("items of one branch are narrowed", "breaking", "UserMessage.content", (spec) => {
    schemas(spec).UserMessage.properties.content.oneOf[1].items = { $ref: "#/components/schemas/TextPart" };
  }),
  change("a response has one branch more", "breaking", "CompletionUsage.cost", (spec) => {
    schemas(spec).CompletionUsage.properties.cost.oneOf.push({ type: "string" });
  }),
  change("a response union loses null", "additive", "ChatCompletion.usage", (spec) => {
    schemas(spec).ChatCompletion.properties.usage.oneOf.pop();
  }),
  change("a request union gains null", "additive", "UserMessage.content", (spec) => {
    schemas(spec).UserMessage.properties.content.oneOf.push({ type: "null" });
  }),
  change("a union of a response becomes its one branch", "additive", "ChatCompletion.usage", (spec) => {
    const { oneOf, ...others } = schemas(spec).ChatCompletion.properties.usage;
    schemas(spec).ChatCompletion.properties.usage = { ...oneOf[0], ...others };
  }),
  change("a kind of message has another value", "breaking", "ChatCompletionRequestMessage", (spec) => {
    const { mapping } = schemas(spec).ChatCompletionRequestMessage.discriminator;
    mapping.overseer = mapping.developer;
    delete mapping.developer;
  }),
  change("kinds have another discriminator", "breaking", "ResponseFormat", (spec) => {
    schemas(spec).ResponseFormat.discriminator.propertyName = "kind";
  }),
  // Required, nullable, open
  change("a field inside a response becomes optional", "breaking", "LogEnvelope.result", (spec) => {
    schemas(spec).LogEnvelope.required = ["success"];
  }),
  change("a field inside a response becomes certain", "additive", "LogEnvelope.errors", (spec) => {
    schemas(spec).LogEnvelope.required.push("errors");
  }),
  change("a field inside a request becomes optional", "additive", "FunctionTool.function.name", (spec) => {
    schemas(spec).FunctionTool.properties.function.required = [];
  }),
  change("a field inside a request becomes required", "breaking", "FunctionTool.function.parameters", (spec) => {
    schemas(spec).FunctionTool.properties.function.required.push("parameters");
  }),
  change("a field that is not described is required", "breaking", "ChatCompletionRequest.region", (spec) => {
    request(spec).required.push("region");
  }),
  change("the body of a request is no longer required", "additive", "body", (spec) => {
    spec.components.requestBodies.ChatCompletion.required = false;
  }),
  change("a request needs more fields than one", "breaking", "LogPatch", (spec) => {
    schemas(spec).LogPatch.minProperties = 2;
  }),
  change("a request field no longer takes null", "breaking", "AssistantMessage.refusal", (spec) => {
    schemas(spec).AssistantMessage.properties.refusal.type = "string";
  }),
  change("a number of a response becomes an integer", "additive", "CompletionUsage.prompt_tokens", (spec) => {
    schemas(spec).CompletionUsage.properties.prompt_tokens.type = ["integer", "null"];
  }),
  change("a closed request takes other fields", "additive", "LogFilter", (spec) => {
    schemas(spec).LogFilter.additionalProperties = true;
  }),
  change("the type of a response field is no longer known", "breaking", "ChatCompletion.id", (spec) => {
    delete schemas(spec).ChatCompletion.properties.id.type;
  }),
  // Rare keywords
  change("a default changes", "documentation", "ChatCompletionRequest.stream", (spec) => {
    request(spec).properties.stream.default = true;
  }),
  change("a value of a request is excluded", "breaking", "ChatCompletionRequest.user", (spec) => {
    request(spec).properties.user.not = { const: "" };
  }),
  change("a request field needs another", "breaking", "ChatCompletionRequest", (spec) => {
    request(spec).dependentRequired = { top_logprobs: ["logprobs"] };
  }),
  change("names of a map are limited", "breaking", "ChatCompletionRequest.metadata", (spec) => {
    request(spec).properties.metadata.propertyNames = { maxLength: 64 };
  }),
  change("a request field is only received", "breaking", "ChatCompletionRequest.seed", (spec) => {
    request(spec).properties.seed.readOnly = true;
  }),
  change("a response field is only sent", "breaking", "ChatCompletion.id", (spec) => {
    schemas(spec).ChatCompletion.properties.id.writeOnly = true;
  }),
  change("the chunk of a stream is another schema", "breaking", "ChatCompletionEventStream", (spec) => {
    schemas(spec).ChatCompletionEventStream.contentSchema.$ref = "#/components/schemas/ChatCompletion";
  }),
  // Parameters and headers
  change("a parameter moves from the query to a header", "breaking", "query search", (spec) => {
    spec.paths[logs].get.parameters.find(({ name }: Parsed) => name === "search").in = "header";
  }),
  change("a parameter is written in another way", "breaking", "query filters", (spec) => {
    parameters(spec).LogFilters.explode = false;
  }),
  change("a bound of a header is tightened", "breaking", "header cf-aig-max-attempts", (spec) => {
    parameters(spec).MaxAttempts.schema.maximum = 3;
  }),
  change("a response header is removed", "breaking", `post ${compat} 200 header cf-aig-step`, (spec) => {
    delete spec.components.responses.ChatCompletion.headers["cf-aig-step"];
  }),
  change("the type of a response header changes", "breaking", `post ${compat} 200 header cf-aig-step`, (spec) => {
    spec.components.headers.Step.schema.type = "string";
  }),
  // Security, statuses, media types
  change("a token goes into another header", "breaking", "security scheme gatewayToken", (spec) => {
    spec.components.securitySchemes.gatewayToken.name = "cf-aig-token";
  }),
  change("two tokens are needed at once", "breaking", `get ${logs}`, (spec) => {
    spec.paths[logs].get.security = [{ apiToken: [], gatewayToken: [] }];
  }),
  change("a token is no longer needed", "additive", `get ${logs}`, (spec) => {
    spec.paths[logs].get.security.push({});
  }),
  change("a success has another status", "breaking", `get ${logs} 200`, (spec) => {
    const { 200: success, ...others } = spec.paths[logs].get.responses;
    spec.paths[logs].get.responses = { ...others, 201: success };
  }),
  change("the event stream is gone", "breaking", `post ${compat} 200 text/event-stream`, (spec) => {
    delete spec.components.responses.ChatCompletion.content["text/event-stream"];
  }),
];
