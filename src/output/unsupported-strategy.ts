import type { GatewayError } from "../errors/errors.ts";
import type { OutputStrategy } from "../options/provider-profile.ts";

/** Error codes that may mean "unsupported". The error may also come in a 200 or in the first event of a stream. */
const codes: ReadonlySet<GatewayError["code"]> = new Set(["bad-request", "not-found", "provider", "stream"]);

/** What an error about each strategy mentions. */
const subjects: Readonly<Record<OutputStrategy, RegExp>> = {
  "json-schema": /response.?format|json.?schema|structured.?outputs?|formatted output|response mime type|json mode/i,
  "json-object": /response.?format|json.?object|formatted output|response mime type|json mode/i,
  tool: /tool.?choice|tool use|(?:tool|function).?calling|['"`]tools\b/i,
  // The prompt strategy needs no support from the provider.
  prompt: /(?!)/,
};

/** How providers report that they do not support something. */
const rejections: readonly RegExp[] = [
  // OpenAI: "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model."
  //   https://github.com/langchain-ai/langchain/issues/31490
  // Together: "… is not supported for JSON mode/function calling" https://github.com/togethercomputer/together-python/issues/196
  // DeepInfra: "Tool calling is not supported for model" https://github.com/truefoundry/models/pull/944
  // Gemini: "Json mode is not enabled for models/gemini-pro"
  //   https://github.com/google-gemini/deprecated-generative-ai-python/issues/137
  /\bnot (?:currently |yet )?(?:supported|enabled|available|permitted|allowed)\b/i,
  // xAI: "The response_format parameter is unsupported at the moment." https://github.com/BerriAI/litellm/issues/6610
  // Gemini: "Function calling with a response mime type: 'application/json' is unsupported"
  //   https://github.com/googleapis/python-genai/issues/867
  // DeepSeek: "This response_format type is unavailable now" https://github.com/UKGovernmentBEIS/inspect_ai/issues/4916
  /\bun(?:supported|available|recognized|known)\b/i,
  // Groq: "This model does not support response format `json_schema`", "response_format` does not support streaming"
  //   https://github.com/langchain-ai/langchain/issues/23629
  // xAI: "The model does not support formatted output" https://github.com/spiceai/spiceai/pull/4113
  // DeepSeek: "deepseek-reasoner does not support Function Calling" https://github.com/dnakov/anon-kode/issues/10
  // Qwen: "The tool_choice parameter does not support being set to required or object in thinking mode"
  //   https://github.com/cloudwego/eino/issues/994
  // Workers AI, misspelt: "5025: This model doesn't suuport JSON Schema." https://github.com/cloudflare/cloudflare-docs/issues/21316
  /\b(?:does|do)(?:n['’]t| not) su\w{0,2}port\b/i,
  // "The parameter `response_format.type` … invalid value: `json_schema`, supported values are: `json_object` and `text`"
  //   https://github.com/agno-agi/agno/issues/2553
  // Groq: "'response_format.type' : value is not one of the allowed values" https://github.com/dzhng/deep-research/issues/127
  // LM Studio: "'response_format.type' must be 'json_schema' or 'text'"
  /invalid value: ?\W{0,2}json_|not one of the allowed values|response_format\.type\W{0,3} must be/i,
  // DeepSeek: "Failed to deserialize the JSON body into the target type: response_format…"
  //   https://github.com/langgenius/dify/issues/12868
  /failed to deserialize/i,
  // Perplexity: "At body -> response_format -> ResponseFormatText -> type: Input should be 'text'"
  //   https://github.com/567-labs/instructor/issues/1005
  // Mistral: "extra_forbidden … Extra inputs are not permitted" https://github.com/partITech/php-mistral/issues/76
  /response_format -> \w+ -> type: input should be|extra_forbidden/i,
  // Groq: "response_format` json_object cannot be combined with tool/function calling" https://github.com/agno-agi/agno/issues/1065
  /can(?:no|')t be (?:combined|used) with/i,
  // Moonshot: "tool_choice 'specified' is incompatible with thinking enabled" https://github.com/can1357/oh-my-pi/issues/827
  // Cerebras: "\"tools\" is incompatible with \"response_format\"" https://github.com/BerriAI/litellm/issues/31333
  /\bincompatible with\b/i,
  // Anthropic: "Thinking may not be enabled when tool_choice forces tool use." https://github.com/mastra-ai/mastra/issues/7507
  /may not be enabled when/i,
  // Azure: "Response_format value as json_schema is enabled only for api versions 2024-08-01-preview and later"
  //   https://github.com/dotnet/extensions/issues/6130
  /enabled only for/i,
  // OpenRouter: "No endpoints found that support tool use", "… that support the provided 'tool_choice' value"
  //   https://github.com/zed-industries/zed/issues/36094
  /no endpoints found that/i,
];

/** Errors that mention no parameter, or that read like an error in the schema. */
const certain: Readonly<Partial<Record<OutputStrategy, RegExp>>> = {
  // OpenRouter: "No endpoints found that can handle the requested parameters." https://github.com/openstory-so/openstory/issues/1302
  // Cohere, which takes the schema itself there: "invalid 'json_schema' provided: missing required field 'type'"
  //   https://github.com/koharu-rs/koharu/issues/1128
  "json-schema": /no endpoints found that can handle|invalid 'json_schema' provided: missing required field 'type'/i,
  "json-object": /no endpoints found that can handle/i,
  tool: /no endpoints found that can handle/i,
};

/**
 * Errors in the user's own schema, which are reported to the user.
 * OpenAI: "Invalid schema for response_format 'x': In context=(), …" https://github.com/vercel/ai/issues/6484
 * Groq: "invalid schema for response format: response_format/json_schema/next_step: minItems is not supported"
 *   https://github.com/i-am-bee/beeai-framework/issues/1215
 * Anthropic: "output_config.format.schema: …", "tools.0.custom.input_schema: …"; Gemini: "… 'generation_config.response_schema…'"
 */
const aboutSchema =
  /invalid.?(?:json.?)?schema|in context=|schema is (?:invalid|too)|(?:input|response|json)_schema\.(?:schema|properties|items)|\b(?:input|response)_(?:json_)?schema\b|format\.schema\b/i;

/** Whether the provider reports that it does not support the strategy. */
export function isUnsupported(strategy: OutputStrategy, error: GatewayError): boolean {
  if (!codes.has(error.code)) return false;
  const text = errorText(error);
  if (certain[strategy]?.test(text)) return true;
  return !aboutSchema.test(text) && subjects[strategy].test(text) && rejections.some((rejection) => rejection.test(text));
}

/** How providers report that two parameters are mutually exclusive. */
const exclusions: readonly RegExp[] = [
  // Cerebras: "\"tools\" is incompatible with \"response_format\"" https://github.com/BerriAI/litellm/issues/31333
  /\bincompatible\b|mutually exclusive/i,
  // Groq: "response_format` json_object cannot be combined with tool/function calling" https://github.com/agno-agi/agno/issues/1065
  /can(?:not|['’]t| not) (?:both )?be (?:combined|used|specified|set|provided)|can(?:not|['’]t| not) (?:combine|use|specify)/i,
  // Gemini: "Function calling with a response mime type: 'application/json' is unsupported"
  //   https://github.com/googleapis/python-genai/issues/867
  /(?:with|when|while|alongside|together|both|simultaneous|at the same time)[\s\S]*(?:un|not )(?:supported|allowed|available|permitted)/i,
  /(?:un|not )(?:supported|allowed|available|permitted)[\s\S]*(?:with|when|while|alongside|together|simultaneous|at the same time)/i,
];

/** Whether the provider rejects tools together with a response format. If so, the tools run first, and then the output is requested. */
export function rejectsToolsWithFormat(error: GatewayError): boolean {
  if (!codes.has(error.code)) return false;
  const text = errorText(error);
  const aboutBoth = subjects["json-schema"].test(text) || subjects["json-object"].test(text);
  return aboutBoth && /\btools?\b|function.?call/i.test(text) && exclusions.some((exclusion) => exclusion.test(text));
}

/** The body may contain an error as JSON inside JSON, such as OpenRouter's `metadata.raw`. */
function errorText({ message, body }: GatewayError): string {
  return `${message} ${body === undefined ? "" : JSON.stringify(body)}`.replaceAll("\\", "");
}
