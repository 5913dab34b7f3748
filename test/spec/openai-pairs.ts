// Types only: pairs of the openai package's type and the spec's, by the name that spec/differences.md uses.
import type OpenAI from "openai";
import type * as Spec from "../../generated/openapi.ts";

/** Request types: whatever upstream allows must be allowed here. */
export interface Sent {
  request: [OpenAI.ChatCompletionCreateParamsStreaming, Spec.ChatCompletionRequest];
  "developer message": [OpenAI.ChatCompletionDeveloperMessageParam, Spec.DeveloperMessage];
  "system message": [OpenAI.ChatCompletionSystemMessageParam, Spec.SystemMessage];
  "user message": [OpenAI.ChatCompletionUserMessageParam, Spec.UserMessage];
  "assistant message": [OpenAI.ChatCompletionAssistantMessageParam, Spec.AssistantMessage];
  "tool message": [OpenAI.ChatCompletionToolMessageParam, Spec.ToolMessage];
  "function message": [OpenAI.ChatCompletionFunctionMessageParam, Spec.FunctionMessage];
  "text part": [OpenAI.ChatCompletionContentPartText, Spec.TextPart];
  "image part": [OpenAI.ChatCompletionContentPartImage, Spec.ImagePart];
  "audio part": [OpenAI.ChatCompletionContentPartInputAudio, Spec.InputAudioPart];
  "file part": [OpenAI.ChatCompletionContentPart.File, Spec.FilePart];
  "refusal part": [OpenAI.ChatCompletionContentPartRefusal, Spec.RefusalPart];
  "function tool": [OpenAI.ChatCompletionFunctionTool, Spec.FunctionTool];
  "custom tool": [OpenAI.ChatCompletionCustomTool, Spec.CustomTool];
  "function call": [OpenAI.ChatCompletionMessageFunctionToolCall, Spec.ToolCall];
  "custom call": [OpenAI.ChatCompletionMessageCustomToolCall, Spec.CustomToolCall];
  "named choice": [OpenAI.ChatCompletionNamedToolChoice, Spec.NamedToolChoice];
  "custom choice": [OpenAI.ChatCompletionNamedToolChoiceCustom, Spec.CustomToolChoice];
  "allowed tools": [OpenAI.ChatCompletionAllowedToolChoice, Spec.AllowedToolsChoice];
  "json_schema format": [OpenAI.ResponseFormatJSONSchema, Spec.JsonSchemaResponseFormat];
  "stream options": [OpenAI.ChatCompletionStreamOptions, NonNullable<Spec.ChatCompletionRequest["stream_options"]>];
  "audio options": [OpenAI.ChatCompletionAudioParam, NonNullable<Spec.ChatCompletionRequest["audio"]>];
}

/** Response types: whatever upstream may send must be accepted here. */
export interface Received {
  completion: [OpenAI.ChatCompletion, Spec.ChatCompletion];
  choice: [OpenAI.ChatCompletion.Choice, Spec.CompletionChoice];
  message: [OpenAI.ChatCompletionMessage, Spec.CompletionMessage];
  "audio of a message": [OpenAI.ChatCompletionAudio, Spec.AnswerAudio];
  chunk: [OpenAI.ChatCompletionChunk, Spec.ChatCompletionChunk];
  "chunk choice": [OpenAI.ChatCompletionChunk.Choice, Spec.ChunkChoice];
  delta: [OpenAI.ChatCompletionChunk.Choice.Delta, Spec.ChunkDelta];
  "tool call of a delta": [OpenAI.ChatCompletionChunk.Choice.Delta.ToolCall, Spec.ChunkToolCall];
  usage: [OpenAI.CompletionUsage, Spec.CompletionUsage];
  "prompt token details": [
    OpenAI.CompletionUsage.PromptTokensDetails,
    NonNullable<Spec.CompletionUsage["prompt_tokens_details"]>,
  ];
  "completion token details": [
    OpenAI.CompletionUsage.CompletionTokensDetails,
    NonNullable<Spec.CompletionUsage["completion_tokens_details"]>,
  ];
  "token log probability": [OpenAI.ChatCompletionTokenLogprob, Spec.TokenLogprob];
}

/** Unions: each of their members must be one of ours. */
export interface Kinds {
  "roles of messages": [OpenAI.ChatCompletionMessageParam["role"], Spec.ChatCompletionRequestMessage["role"]];
  "kinds of user parts": [OpenAI.ChatCompletionContentPart["type"], Spec.UserContentPart["type"]];
  "kinds of tools": [OpenAI.ChatCompletionTool["type"], Spec.ChatCompletionTool["type"]];
  "kinds of tool calls": [OpenAI.ChatCompletionMessageToolCall["type"], Spec.AssistantToolCall["type"]];
  "kinds of tool choices": [
    Exclude<OpenAI.ChatCompletionToolChoiceOption, string>["type"],
    Exclude<Spec.ToolChoice, string>["type"],
  ];
  "modes of tool choice": [Extract<OpenAI.ChatCompletionToolChoiceOption, string>, Extract<Spec.ToolChoice, string>];
  "kinds of response formats": [
    NonNullable<OpenAI.ChatCompletionCreateParams["response_format"]>["type"],
    Spec.ResponseFormat["type"],
  ];
}
