// generated from spec/openapi.yaml; do not edit

export interface paths {
    "/v1/{account_id}/{gateway_id}/compat/chat/completions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * Cloudflare account id; 32 lowercase hexadecimal characters in practice.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. `default` is reserved; that gateway is created by the first authenticated request.
                 * @example default
                 */
                gateway_id: components["parameters"]["GatewayId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Chat completion through the gateway
         * `model` is `{provider}/{model}`, a dynamic route (`dynamic/{route}`) or the Auto Router (`cloudflare/auto`). The endpoint that honours stored keys by alias. Cloudflare's documentation points new integrations that call a single model to `rest`; existing ones continue to work. Do not send `Authorization`: the gateway would forward it to the provider in place of the stored key.
         */
        post: operations["createChatCompletionCompat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/compat/chat/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Chat completion through a custom domain
         * Like `createChatCompletionCompat`, on the gateway's own host name. A valid Cloudflare Access token is accepted in place of the gateway token.
         */
        post: operations["createChatCompletionCustomDomain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/{account_id}/ai/v1/chat/completions": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The gateway that handles the request, the account's default gateway if unset. `rest` only; required there for Workers AI models.
                 * @example default
                 */
                "cf-aig-gateway-id"?: components["parameters"]["GatewayIdHeader"];
            };
            path: {
                /**
                 * Cloudflare account id; 32 lowercase hexadecimal characters in practice.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Chat completion through Cloudflare's API
         * The successor of `compat` for requests to a single model. `model` is `{author}/{model}`; Workers AI models are `@cf/{author}/{model}` and need `cf-aig-gateway-id`, as do dynamic routes (`dynamic/{route}`) and model aliases (`custom/{alias}`). Only the stored key with the alias `default` is used; without one, Unified Billing pays.
         */
        post: operations["createChatCompletionRest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{account_id}/{gateway_id}/compat/models": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * Cloudflare account id; 32 lowercase hexadecimal characters in practice.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. `default` is reserved; that gateway is created by the first authenticated request.
                 * @example default
                 */
                gateway_id: components["parameters"]["GatewayId"];
            };
            cookie?: never;
        };
        /**
         * List models
         * The models that `compat` reaches, about 2,500 of them. `rest` has no such list (405, code 7001).
         */
        get: operations["listModelsCompat"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/compat/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List models through a custom domain
         * Like `listModelsCompat`, on the gateway's own host name.
         */
        get: operations["listModelsCustomDomain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/{account_id}/ai-gateway/gateways/{gateway_id}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * Cloudflare account id; 32 lowercase hexadecimal characters in practice.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. `default` is reserved; that gateway is created by the first authenticated request.
                 * @example default
                 */
                gateway_id: components["parameters"]["GatewayId"];
            };
            cookie?: never;
        };
        /**
         * List the gateway's logs
         * One page of the logs that match every given filter. Needs an API token with the permission AI Gateway Read.
         */
        get: operations["listLogs"];
        put?: never;
        post?: never;
        /**
         * Delete the gateway's logs
         * Deletes the logs that match every filter, all of them without a filter. Needs an API token with the permission AI Gateway Edit.
         */
        delete: operations["deleteLogs"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/{account_id}/ai-gateway/gateways/{gateway_id}/logs/{log_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * Cloudflare account id; 32 lowercase hexadecimal characters in practice.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. `default` is reserved; that gateway is created by the first authenticated request.
                 * @example default
                 */
                gateway_id: components["parameters"]["GatewayId"];
                /**
                 * Log id, from the response header `cf-aig-log-id`. Opaque; UUIDv7 since October 2026, ULID before.
                 * @example 019a7c52-4e1b-7c1a-9d7e-5b1f6f0c2a11
                 */
                log_id: components["parameters"]["LogId"];
            };
            cookie?: never;
        };
        /**
         * One log
         * The log of one request. It appears 30 to 60 seconds after the request; until then the response is a 404. Needs an API token with the permission AI Gateway Read.
         */
        get: operations["getLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Feedback on one log
         * Writes feedback to a log. Needs an API token with the permission AI Gateway Edit.
         */
        patch: operations["patchLog"];
        trace?: never;
    };
    "/accounts/{account_id}/ai-gateway/gateways/{gateway_id}/logs/{log_id}/request": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * Cloudflare account id; 32 lowercase hexadecimal characters in practice.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. `default` is reserved; that gateway is created by the first authenticated request.
                 * @example default
                 */
                gateway_id: components["parameters"]["GatewayId"];
                /**
                 * Log id, from the response header `cf-aig-log-id`. Opaque; UUIDv7 since October 2026, ULID before.
                 * @example 019a7c52-4e1b-7c1a-9d7e-5b1f6f0c2a11
                 */
                log_id: components["parameters"]["LogId"];
            };
            cookie?: never;
        };
        /**
         * The request of one log
         * The request body as the gateway logged it, whole. Absent without payload logging (`cf-aig-collect-log-payload`). Needs an API token with the permission AI Gateway Read.
         */
        get: operations["getLogRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/{account_id}/ai-gateway/gateways/{gateway_id}/logs/{log_id}/response": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * Cloudflare account id; 32 lowercase hexadecimal characters in practice.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. `default` is reserved; that gateway is created by the first authenticated request.
                 * @example default
                 */
                gateway_id: components["parameters"]["GatewayId"];
                /**
                 * Log id, from the response header `cf-aig-log-id`. Opaque; UUIDv7 since October 2026, ULID before.
                 * @example 019a7c52-4e1b-7c1a-9d7e-5b1f6f0c2a11
                 */
                log_id: components["parameters"]["LogId"];
            };
            cookie?: never;
        };
        /**
         * The response of one log
         * The response body as the gateway logged it, whole. Absent without payload logging (`cf-aig-collect-log-payload`). Needs an API token with the permission AI Gateway Read.
         */
        get: operations["getLogResponse"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** A chat completion to create. Fields of one provider that are not listed here are passed through. A field that is not set must be absent, not `null`. */
        ChatCompletionRequest: {
            /** The model, with its prefix. On `compat`: `{provider}/{model}` (`openai/gpt-4o-mini`, `openrouter/openai/gpt-4o-mini`, `workers-ai/@cf/meta/…`, `custom-{slug}/{model}`, `grok/…` for xAI), a dynamic route `dynamic/{route}`, or the Auto Router `cloudflare/auto`. On `rest`: `{author}/{model}` (`xai/…`, `google/…`), Workers AI as `@cf/{author}/{model}`, a dynamic route, or a model alias `custom/{alias}`. Without its prefix the gateway answers 400 with code 2019. */
            model: string;
            /** The conversation so far, oldest message first. */
            messages: components["schemas"]["ChatCompletionRequestMessage"][];
            /** Sampling temperature. The default is the provider's, mostly 1. Anthropic accepts 0 to 1; OpenAI's reasoning models refuse the field. */
            temperature?: number;
            /** Nucleus sampling, the probability mass considered. The default is the provider's, mostly 1. */
            top_p?: number;
            /** Makes tokens less likely the more often they have occurred. Default 0. */
            frequency_penalty?: number;
            /** Makes tokens less likely once they have occurred. Default 0. */
            presence_penalty?: number;
            /** Maps token ids to a bias from -100 (never) to 100 (always) (OpenAI). */
            logit_bias?: {
                [key: string]: number;
            };
            /** Strings that end the completion; they are not part of it. OpenAI takes at most 4, others more. */
            stop?: string | string[];
            /** Makes sampling repeatable, as far as the provider can. Mistral's own name for it is `random_seed`. */
            seed?: number;
            /** Return the log probability of each output token. Default false. */
            logprobs?: boolean;
            /** Most likely alternatives to return for each position; needs `logprobs`. */
            top_logprobs?: number;
            /** Completions to generate, each billed. Default 1; most providers accept only 1. */
            n?: number;
            /** The most tokens to generate. OpenAI's reasoning models refuse it and want `max_completion_tokens`. Unset, the provider's limit applies. */
            max_tokens?: number;
            /** The most tokens to generate, reasoning included (OpenAI, Groq). Most other providers know `max_tokens` only. */
            max_completion_tokens?: number;
            /**
             * How much a reasoning model thinks. Values differ by provider and model: `none`, `minimal`, `low`, `medium`, `high`, `xhigh`, `max`; Groq also `default`.
             * @example none
             * @example minimal
             * @example low
             * @example medium
             * @example high
             * @example xhigh
             * @example max
             */
            reasoning_effort?: string;
            /** How the model thinks, as `effort` or as a budget in `max_tokens`, and whether it shows it (OpenRouter). */
            reasoning?: {
                [key: string]: unknown;
            };
            /** Extended thinking, `{ type: enabled, budget_tokens: 2000 }` (Anthropic). */
            thinking?: {
                [key: string]: unknown;
            };
            /** Fields of Google's own API, under the key `google`, such as `thinking_config` (Google). */
            extra_body?: {
                [key: string]: unknown;
            };
            /** How long the completion should be (OpenAI, gpt-5 and later). Default `medium`. */
            verbosity?: "low" | "medium" | "high";
            /** Kinds of output. Default `["text"]`; `audio` needs the field `audio` (OpenAI), `image` is OpenRouter's. */
            modalities?: ("text" | "audio" | "image")[];
            /** Audio output, for `modalities` with `audio` (OpenAI). */
            audio?: {
                /** Name of the voice, or the id of a custom one. */
                voice: string | {
                    /** Id of the custom voice. */
                    id: string;
                    [key: string]: unknown;
                };
                /** File format, such as `wav`, `mp3` or `pcm16`; a stream takes `pcm16` only. */
                format: string;
                [key: string]: unknown;
            };
            /** Text that the completion will mostly repeat, so that it is generated faster (OpenAI). */
            prediction?: {
                /** The kind of prediction. */
                type: "content";
                /** The predicted text. */
                content: string | components["schemas"]["TextPart"][];
                [key: string]: unknown;
            };
            /** Format of the completion. Default text. */
            response_format?: components["schemas"]["ResponseFormat"];
            /** Tools that the model may call. Without tools the key must be absent. */
            tools?: components["schemas"]["ChatCompletionTool"][];
            /** Whether the model may, must or must not call a tool. Default `auto` when there are tools; needs `tools`. */
            tool_choice?: components["schemas"]["ToolChoice"];
            /** Whether one completion may hold several tool calls. Default true; needs `tools`. */
            parallel_tool_calls?: boolean;
            /**
             * Respond with an event stream. Streams are not cached by default. With Guardrails or DLP scanning the gateway may respond with one JSON body all the same.
             * @default false
             */
            stream?: boolean;
            /** Only together with `stream`. */
            stream_options?: {
                /** Send token counts in a last chunk whose `choices` is empty. */
                include_usage?: boolean;
                /** Pad chunks with `obfuscation` against traffic analysis (OpenAI). Default true. */
                include_obfuscation?: boolean;
                [key: string]: unknown;
            };
            /** Processing tier: `auto`, `default`, `flex`, `priority`, `fast`, `scale` at OpenAI; `on_demand`, `flex` at Groq. */
            service_tier?: string;
            /** Keep the completion at the provider for evaluation and distillation (OpenAI). */
            store?: boolean;
            /** Tags of a stored completion at the provider (OpenAI), at most 16. Not the gateway's `cf-aig-metadata`. */
            metadata?: {
                [key: string]: string;
            };
            /** Moderation of the prompt and the completion, reported on both (OpenAI). */
            moderation?: {
                [key: string]: unknown;
            };
            /**
             * Id of the end user. Superseded at OpenAI by `safety_identifier` and `prompt_cache_key`.
             * @deprecated
             */
            user?: string;
            /** Stable, hashed id of the end user, for abuse detection (OpenAI). */
            safety_identifier?: string;
            /** Routes requests with a common beginning to the same prompt cache (OpenAI). */
            prompt_cache_key?: string;
            /** How the prompt is cached, beside the marks of `prompt_cache_breakpoint` (OpenAI). */
            prompt_cache_options?: {
                [key: string]: unknown;
            };
            /**
             * How long the prompt stays cached, `in_memory` or `24h`. Superseded by `prompt_cache_options` (OpenAI).
             * @deprecated
             * @example in_memory
             * @example 24h
             */
            prompt_cache_retention?: string;
            /** Lets the model search the web (OpenAI search models, Perplexity). */
            web_search_options?: {
                /** How much of the search results the model reads. Default `medium` (OpenAI), `low` (Perplexity). */
                search_context_size?: "low" | "medium" | "high";
                /** Where the user is. OpenAI takes `type` and `approximate`, Perplexity takes `country`, `latitude` and `longitude`. */
                user_location?: {
                    /** Kind of location (OpenAI). */
                    type?: "approximate";
                    /** Approximate location (OpenAI). */
                    approximate?: {
                        /** Name of the city. */
                        city?: string;
                        /** ISO 3166-1 code of two letters. */
                        country?: string;
                        /** Name of the region. */
                        region?: string;
                        /** IANA time zone. */
                        timezone?: string;
                        [key: string]: unknown;
                    };
                    [key: string]: unknown;
                };
                [key: string]: unknown;
            };
            [key: string]: unknown;
        };
        /** One message of the conversation; `role` says which kind. */
        ChatCompletionRequestMessage: components["schemas"]["DeveloperMessage"] | components["schemas"]["SystemMessage"] | components["schemas"]["UserMessage"] | components["schemas"]["AssistantMessage"] | components["schemas"]["ToolMessage"] | components["schemas"]["FunctionMessage"];
        /** Instructions of the application; replaces the system message for OpenAI's reasoning models. */
        DeveloperMessage: {
            /** The sender's role. */
            role: "developer";
            /** The instructions. */
            content: string | components["schemas"]["TextPart"][];
            /** Tells several speakers of one role apart (OpenAI). */
            name?: string;
            [key: string]: unknown;
        };
        /** Instructions that the model follows throughout the conversation. */
        SystemMessage: {
            /** The sender's role. */
            role: "system";
            /** The instructions. Workers AI takes a string only. */
            content: string | components["schemas"]["TextPart"][];
            /** Tells several speakers of one role apart (OpenAI). */
            name?: string;
            [key: string]: unknown;
        };
        /** What the user says or shows. */
        UserMessage: {
            /** The sender's role. */
            role: "user";
            /** A string, or parts in reading order. */
            content: string | components["schemas"]["UserContentPart"][];
            /** Tells several speakers of one role apart (OpenAI). */
            name?: string;
            [key: string]: unknown;
        };
        /** An earlier completion of the model, sent back. Each of its tool calls needs a tool message right after it. */
        AssistantMessage: {
            /** The sender's role. */
            role: "assistant";
            /** The text; `null` or absent where there are tool calls only. Workers AI refuses `null` beside tool calls and wants `""`. */
            content?: string | components["schemas"]["AssistantContentPart"][] | null;
            /** Tells several speakers of one role apart (OpenAI). */
            name?: string;
            /** What the model said when it refused (OpenAI). */
            refusal?: string | null;
            /** The tools that the model called. */
            tool_calls?: components["schemas"]["AssistantToolCall"][];
            /** Refers to an earlier spoken completion (OpenAI). */
            audio?: {
                /** Id of the spoken completion. */
                id: string;
                [key: string]: unknown;
            } | null;
            /** The model's thinking, replayed (DeepSeek, Moonshot; wanted between the tool calls of one turn). */
            reasoning_content?: string | null;
            /** Signed or encrypted thinking, to be sent back unchanged (OpenRouter). */
            reasoning_details?: {
                [key: string]: unknown;
            }[];
            /** Provider data to be sent back unchanged; Google's thought signature when it came on the message. */
            extra_content?: unknown;
            [key: string]: unknown;
        };
        /** The result of one tool call. */
        ToolMessage: {
            /** The sender's role. */
            role: "tool";
            /** The `id` of the call that this answers. */
            tool_call_id: string;
            /** The result. A string is understood everywhere; OpenAI takes text parts, Anthropic images as well. */
            content: string | components["schemas"]["UserContentPart"][];
            /** Name of the tool (Google and Mistral read it). */
            name?: string;
            [key: string]: unknown;
        };
        /**
         * The result of a function call, from before there were tools; send a tool message instead.
         * @deprecated
         */
        FunctionMessage: {
            /** The sender. */
            role: "function";
            /** Name of the function. */
            name: string;
            /** The result. */
            content: string | null;
            [key: string]: unknown;
        };
        /** A part of a user message or a tool result; `type` says which kind. */
        UserContentPart: components["schemas"]["TextPart"] | components["schemas"]["ImagePart"] | components["schemas"]["InputAudioPart"] | components["schemas"]["FilePart"];
        /** A part of an assistant message; `type` says which kind. */
        AssistantContentPart: components["schemas"]["TextPart"] | components["schemas"]["RefusalPart"] | components["schemas"]["ThinkingPart"];
        /** Text. */
        TextPart: {
            /** Kind of part. */
            type: "text";
            /** The text. */
            text: string;
            /** Caches the prompt up to here (Anthropic, OpenRouter). */
            cache_control?: components["schemas"]["CacheControl"];
            /** Caches the prompt up to here (OpenAI). */
            prompt_cache_breakpoint?: {
                [key: string]: unknown;
            };
            [key: string]: unknown;
        };
        /** An image. */
        ImagePart: {
            /** Kind of part. */
            type: "image_url";
            /** Where the image is. */
            image_url: {
                /** An https URL, or the image itself as a `data:` URL. */
                url: string;
                /** Resolution at which the model looks (OpenAI). Default `auto`. */
                detail?: "auto" | "low" | "high";
                [key: string]: unknown;
            };
            /** Caches the prompt up to here (Anthropic, OpenRouter). */
            cache_control?: components["schemas"]["CacheControl"];
            /** Caches the prompt up to here (OpenAI). */
            prompt_cache_breakpoint?: {
                [key: string]: unknown;
            };
            [key: string]: unknown;
        };
        /** Recorded speech or sound. */
        InputAudioPart: {
            /** Kind of part. */
            type: "input_audio";
            /** The recording. */
            input_audio: {
                /** The file in base64. */
                data: string;
                /** File format; `wav` and `mp3` at OpenAI. */
                format: string;
                [key: string]: unknown;
            };
            /** Caches the prompt up to here (Anthropic, OpenRouter). */
            cache_control?: components["schemas"]["CacheControl"];
            /** Caches the prompt up to here (OpenAI). */
            prompt_cache_breakpoint?: {
                [key: string]: unknown;
            };
            [key: string]: unknown;
        };
        /** A document, such as a PDF. */
        FilePart: {
            /** Kind of part. */
            type: "file";
            /** Either `file_data` or `file_id`. */
            file: {
                /** Name of the file. */
                filename?: string;
                /** The file as a `data:` URL. */
                file_data?: string;
                /** Id of a file uploaded to the provider (OpenAI). */
                file_id?: string;
                [key: string]: unknown;
            };
            /** Caches the prompt up to here (Anthropic, OpenRouter). */
            cache_control?: components["schemas"]["CacheControl"];
            /** Caches the prompt up to here (OpenAI). */
            prompt_cache_breakpoint?: {
                [key: string]: unknown;
            };
            [key: string]: unknown;
        };
        /** A mark up to which the provider caches the prompt. */
        CacheControl: {
            /** `ephemeral`. */
            type: string;
            /** How long: `5m` (the default) or `1h`. */
            ttl?: string;
            [key: string]: unknown;
        };
        /** What the model said when it refused (OpenAI). */
        RefusalPart: {
            /** Kind of part. */
            type: "refusal";
            /** The refusal. */
            refusal: string;
            [key: string]: unknown;
        };
        /** The model's thinking, replayed as it came (Mistral). */
        ThinkingPart: {
            /** Kind of part. */
            type: "thinking";
            /** The thinking; Mistral sends parts, others a string. */
            thinking: string | {
                [key: string]: unknown;
            }[];
            /** Signature of the thinking, to be sent back unchanged. */
            signature?: string | null;
            [key: string]: unknown;
        };
        /** A call that the model made, replayed in an assistant message; `type` says which kind. */
        AssistantToolCall: components["schemas"]["ToolCall"] | components["schemas"]["CustomToolCall"];
        /** A call of a custom tool, whose input is free text (OpenAI). */
        CustomToolCall: {
            /** Ties the call to its tool message; unique in the conversation. */
            id: string;
            /** Kind of call. */
            type: "custom";
            /** The tool and its input. */
            custom: {
                /** Name of the tool. */
                name: string;
                /** What the model wrote for it. */
                input: string;
                [key: string]: unknown;
            };
            [key: string]: unknown;
        };
        /** A call of a function, replayed in an assistant message. */
        ToolCall: {
            /** Ties the call to its tool message; unique in the conversation. */
            id: string;
            /** Kind of call. */
            type: "function";
            /** The function and its arguments. */
            function: {
                /** Name of the function. */
                name: string;
                /** The arguments as JSON text. */
                arguments: string;
                [key: string]: unknown;
            };
            /** Provider data to be sent back unchanged; Google's thought signature. */
            extra_content?: unknown;
            [key: string]: unknown;
        };
        /** A tool that the model may call; `type` says which kind. */
        ChatCompletionTool: components["schemas"]["FunctionTool"] | components["schemas"]["CustomTool"];
        /** A tool whose input is free text, optionally held to a grammar (OpenAI). */
        CustomTool: {
            /** Kind of tool. */
            type: "custom";
            /** The tool. */
            custom: {
                /** Name of the tool. */
                name: string;
                /** What the tool does; the model decides by it. */
                description?: string;
                /** Form of the input, free text by default or a grammar. */
                format?: {
                    [key: string]: unknown;
                };
                [key: string]: unknown;
            };
            [key: string]: unknown;
        };
        /** A function that the model may call. */
        FunctionTool: {
            /** Kind of tool. */
            type: "function";
            /** The function. */
            function: {
                /** Name of the function; at OpenAI at most 64 letters, digits, underscores and hyphens. */
                name: string;
                /** What the function does; the model decides by it. */
                description?: string;
                /** JSON Schema of the arguments, an object schema. Absent, the function takes none. */
                parameters?: {
                    [key: string]: unknown;
                };
                /** Hold the model to the schema exactly (OpenAI). Every object of the schema must then be closed and every property required. Default false. */
                strict?: boolean | null;
                [key: string]: unknown;
            };
            [key: string]: unknown;
        };
        /** `auto`: the model decides. `none`: no call. `required`: at least one call. An object: this tool, or one of these. Groq answers 400 `tool_use_failed` when the model calls in spite of `none`. */
        ToolChoice: ("none" | "auto" | "required") | components["schemas"]["NamedToolChoice"] | components["schemas"]["CustomToolChoice"] | components["schemas"]["AllowedToolsChoice"];
        /** Forces one function. */
        NamedToolChoice: {
            /** Kind of choice. */
            type: "function";
            /** The function. */
            function: {
                /** Name of a function in `tools`. */
                name: string;
                [key: string]: unknown;
            };
            [key: string]: unknown;
        };
        /** Forces one custom tool (OpenAI). */
        CustomToolChoice: {
            /** Kind of choice. */
            type: "custom";
            /** The tool. */
            custom: {
                /** Name of a custom tool in `tools`. */
                name: string;
                [key: string]: unknown;
            };
            [key: string]: unknown;
        };
        /** Restricts the model to some of the tools, which keeps the prompt cache of the whole list (OpenAI). */
        AllowedToolsChoice: {
            /** Kind of choice. */
            type: "allowed_tools";
            /** The tools and how they may be used. */
            allowed_tools: {
                /** Whether the model has to call one. */
                mode: "auto" | "required";
                /** References to tools in `tools`, such as `{ type: function, function: { name } }`. */
                tools: {
                    [key: string]: unknown;
                }[];
                [key: string]: unknown;
            };
            [key: string]: unknown;
        };
        /** Form of the completion; `type` says which kind. */
        ResponseFormat: components["schemas"]["TextResponseFormat"] | components["schemas"]["JsonObjectResponseFormat"] | components["schemas"]["JsonSchemaResponseFormat"];
        /** Free text, the default. */
        TextResponseFormat: {
            /** Kind of format. */
            type: "text";
            [key: string]: unknown;
        };
        /** Any JSON object. OpenAI and DeepSeek want the word JSON in the prompt as well. */
        JsonObjectResponseFormat: {
            /** Kind of format. */
            type: "json_object";
            [key: string]: unknown;
        };
        /** JSON that follows a schema. Some providers refuse it, some only together with tools. */
        JsonSchemaResponseFormat: {
            /** Kind of format. */
            type: "json_schema";
            /** The schema and its name. */
            json_schema: {
                /** Name of the schema; at OpenAI at most 64 letters, digits, underscores and hyphens. */
                name: string;
                /** What the completion is for; the model reads it. */
                description?: string;
                /** JSON Schema of the completion. */
                schema?: {
                    [key: string]: unknown;
                };
                /** Hold the model to the schema exactly (OpenAI). Every object of the schema must then be closed and every property required. Default false. */
                strict?: boolean | null;
                [key: string]: unknown;
            };
            [key: string]: unknown;
        };
        ChatCompletion: ChatCompletion;
        CompletionChoice: CompletionChoice;
        CompletionMessage: CompletionMessage;
        AnswerContent: AnswerContent;
        AnswerContentPart: AnswerContentPart;
        ThinkingTextPart: ThinkingTextPart;
        CompletionToolCall: CompletionToolCall;
        CalledFunction: CalledFunction;
        CalledCustomTool: CalledCustomTool;
        FinishReason: FinishReason;
        Logprobs: Logprobs;
        TokenLogprob: TokenLogprob;
        ReasoningDetail: ReasoningDetail;
        Annotation: Annotation;
        SearchResult: SearchResult;
        AnswerAudio: AnswerAudio;
        GroqData: GroqData;
        ChatCompletionEventStream: ChatCompletionEventStream;
        ChatCompletionChunk: ChatCompletionChunk;
        ChunkChoice: ChunkChoice;
        ChunkDelta: ChunkDelta;
        ChunkToolCall: ChunkToolCall;
        CompletionUsage: CompletionUsage;
        ErrorBody: ErrorBody;
        GatewayErrorEntry: GatewayErrorEntry;
        GatewayErrorArrayBody: GatewayErrorArrayBody;
        GatewayErrorNamedBody: GatewayErrorNamedBody;
        GatewayPolicyErrorBody: GatewayPolicyErrorBody;
        SpendingLimitErrorBody: SpendingLimitErrorBody;
        ApiErrorBody: ApiErrorBody;
        ErrorDetail: ErrorDetail;
        InlineError: InlineError;
        OpenAIErrorBody: OpenAIErrorBody;
        AnthropicErrorBody: AnthropicErrorBody;
        GoogleErrorBody: GoogleErrorBody;
        MistralErrorBody: MistralErrorBody;
        CohereErrorBody: CohereErrorBody;
        XaiErrorBody: XaiErrorBody;
        HtmlErrorPage: HtmlErrorPage;
        ModelList: ModelList;
        Model: Model;
        Log: Log;
        /** Tags; nested values are not possible. */
        FlatMetadata: {
            [key: string]: string | number | boolean;
        };
        /** A condition on one field of a log. */
        LogFilter: {
            /** The field: `id`, `created_at`, `request_content_type`, `response_content_type`, `request_type`, `success`, `cached`, `provider`, `model`, `model_type`, `cost`, `tokens`, `tokens_in`, `tokens_out`, `duration`, `feedback`, `event_id`, `metadata.key`, `metadata.value`, `authentication`, `wholesale`, `compatibilityMode` or `dlp_action`. */
            key: string;
            /** How the field is compared with the values. */
            operator: "eq" | "neq" | "contains" | "lt" | "gt";
            /** The values; one of them has to match. */
            value: (string | number | boolean)[];
        };
        /** Feedback on a log; at least one field. `null` clears a field. */
        LogPatch: {
            /** Thumbs up or down. */
            feedback?: 1 | -1 | null;
            /** Quality of the completion. */
            score?: number | null;
            /** Tags that replace those of the log. */
            metadata?: components["schemas"]["FlatMetadata"] | null;
        };
        LogPayload: LogPayload;
        LogEnvelope: LogEnvelope;
        LogListEnvelope: LogListEnvelope;
        LogChangeEnvelope: LogChangeEnvelope;
        ResultInfo: ResultInfo;
    };
    responses: {
        /** The completion; an event stream if `stream` was true and the gateway did not have to buffer it for scanning. The headers are those that the gateway adds to every response, errors included. */
        ChatCompletion: {
            headers: {
                "cf-aig-log-id": components["headers"]["LogId"];
                "cf-aig-request-id": components["headers"]["RequestId"];
                "cf-aig-event-id": components["headers"]["EventId"];
                "cf-aig-cache-status": components["headers"]["CacheStatus"];
                "cf-aig-step": components["headers"]["Step"];
                "cf-aig-model": components["headers"]["Model"];
                "cf-aig-provider": components["headers"]["Provider"];
                "cf-aig-routed-model": components["headers"]["RoutedModel"];
                "cf-aig-routing-reason": components["headers"]["RoutingReason"];
                "cf-aig-routing-decision-id": components["headers"]["RoutingDecisionId"];
                "cf-aig-dlp": components["headers"]["Dlp"];
                "cf-ray": components["headers"]["Ray"];
                "x-request-id": components["headers"]["ProviderRequestId"];
                "x-ratelimit-limit-requests": components["headers"]["RateLimitLimitRequests"];
                "x-ratelimit-limit-tokens": components["headers"]["RateLimitLimitTokens"];
                "x-ratelimit-remaining-requests": components["headers"]["RateLimitRemainingRequests"];
                "x-ratelimit-remaining-tokens": components["headers"]["RateLimitRemainingTokens"];
                "x-ratelimit-reset-requests": components["headers"]["RateLimitResetRequests"];
                "x-ratelimit-reset-tokens": components["headers"]["RateLimitResetTokens"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ChatCompletion"];
                "text/event-stream": components["schemas"]["ChatCompletionEventStream"];
            };
        };
        /** The models. */
        ModelList: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ModelList"];
            };
        };
        /** The gateway (2001, 2008, 2019, 2029, 2030, 2040; 2009 was seen too), the Cloudflare API or the provider refuses the request. */
        BadRequest: {
            headers: {
                "cf-aig-log-id": components["headers"]["LogId"];
                "cf-aig-request-id": components["headers"]["RequestId"];
                "cf-aig-event-id": components["headers"]["EventId"];
                "cf-aig-cache-status": components["headers"]["CacheStatus"];
                "cf-aig-step": components["headers"]["Step"];
                "cf-aig-model": components["headers"]["Model"];
                "cf-aig-provider": components["headers"]["Provider"];
                "cf-aig-routed-model": components["headers"]["RoutedModel"];
                "cf-aig-routing-reason": components["headers"]["RoutingReason"];
                "cf-aig-routing-decision-id": components["headers"]["RoutingDecisionId"];
                "cf-aig-dlp": components["headers"]["Dlp"];
                "cf-ray": components["headers"]["Ray"];
                "x-request-id": components["headers"]["ProviderRequestId"];
                "x-ratelimit-limit-requests": components["headers"]["RateLimitLimitRequests"];
                "x-ratelimit-limit-tokens": components["headers"]["RateLimitLimitTokens"];
                "x-ratelimit-remaining-requests": components["headers"]["RateLimitRemainingRequests"];
                "x-ratelimit-remaining-tokens": components["headers"]["RateLimitRemainingTokens"];
                "x-ratelimit-reset-requests": components["headers"]["RateLimitResetRequests"];
                "x-ratelimit-reset-tokens": components["headers"]["RateLimitResetTokens"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** A token is missing or wrong; the gateway's (2009), the Cloudflare API's (9106, 10000) or a stored key. */
        Unauthorized: {
            headers: {
                "cf-aig-log-id": components["headers"]["LogId"];
                "cf-aig-request-id": components["headers"]["RequestId"];
                "cf-aig-event-id": components["headers"]["EventId"];
                "cf-aig-cache-status": components["headers"]["CacheStatus"];
                "cf-aig-step": components["headers"]["Step"];
                "cf-aig-model": components["headers"]["Model"];
                "cf-aig-provider": components["headers"]["Provider"];
                "cf-aig-routed-model": components["headers"]["RoutedModel"];
                "cf-aig-routing-reason": components["headers"]["RoutingReason"];
                "cf-aig-routing-decision-id": components["headers"]["RoutingDecisionId"];
                "cf-aig-dlp": components["headers"]["Dlp"];
                "cf-ray": components["headers"]["Ray"];
                "x-request-id": components["headers"]["ProviderRequestId"];
                "x-ratelimit-limit-requests": components["headers"]["RateLimitLimitRequests"];
                "x-ratelimit-limit-tokens": components["headers"]["RateLimitLimitTokens"];
                "x-ratelimit-remaining-requests": components["headers"]["RateLimitRemainingRequests"];
                "x-ratelimit-remaining-tokens": components["headers"]["RateLimitRemainingTokens"];
                "x-ratelimit-reset-requests": components["headers"]["RateLimitResetRequests"];
                "x-ratelimit-reset-tokens": components["headers"]["RateLimitResetTokens"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** No credit; the gateway's Unified Billing (2021) or the provider's. */
        PaymentRequired: {
            headers: {
                "cf-aig-log-id": components["headers"]["LogId"];
                "cf-aig-request-id": components["headers"]["RequestId"];
                "cf-aig-event-id": components["headers"]["EventId"];
                "cf-aig-cache-status": components["headers"]["CacheStatus"];
                "cf-aig-step": components["headers"]["Step"];
                "cf-aig-model": components["headers"]["Model"];
                "cf-aig-provider": components["headers"]["Provider"];
                "cf-aig-routed-model": components["headers"]["RoutedModel"];
                "cf-aig-routing-reason": components["headers"]["RoutingReason"];
                "cf-aig-routing-decision-id": components["headers"]["RoutingDecisionId"];
                "cf-aig-dlp": components["headers"]["Dlp"];
                "cf-ray": components["headers"]["Ray"];
                "x-request-id": components["headers"]["ProviderRequestId"];
                "x-ratelimit-limit-requests": components["headers"]["RateLimitLimitRequests"];
                "x-ratelimit-limit-tokens": components["headers"]["RateLimitLimitTokens"];
                "x-ratelimit-remaining-requests": components["headers"]["RateLimitRemainingRequests"];
                "x-ratelimit-remaining-tokens": components["headers"]["RateLimitRemainingTokens"];
                "x-ratelimit-reset-requests": components["headers"]["RateLimitResetRequests"];
                "x-ratelimit-reset-tokens": components["headers"]["RateLimitResetTokens"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** A policy, a missing permission or a feature that the account does not have (2036). */
        Forbidden: {
            headers: {
                "cf-aig-log-id": components["headers"]["LogId"];
                "cf-aig-request-id": components["headers"]["RequestId"];
                "cf-aig-event-id": components["headers"]["EventId"];
                "cf-aig-cache-status": components["headers"]["CacheStatus"];
                "cf-aig-step": components["headers"]["Step"];
                "cf-aig-model": components["headers"]["Model"];
                "cf-aig-provider": components["headers"]["Provider"];
                "cf-aig-routed-model": components["headers"]["RoutedModel"];
                "cf-aig-routing-reason": components["headers"]["RoutingReason"];
                "cf-aig-routing-decision-id": components["headers"]["RoutingDecisionId"];
                "cf-aig-dlp": components["headers"]["Dlp"];
                "cf-ray": components["headers"]["Ray"];
                "x-request-id": components["headers"]["ProviderRequestId"];
                "x-ratelimit-limit-requests": components["headers"]["RateLimitLimitRequests"];
                "x-ratelimit-limit-tokens": components["headers"]["RateLimitLimitTokens"];
                "x-ratelimit-remaining-requests": components["headers"]["RateLimitRemainingRequests"];
                "x-ratelimit-remaining-tokens": components["headers"]["RateLimitRemainingTokens"];
                "x-ratelimit-reset-requests": components["headers"]["RateLimitResetRequests"];
                "x-ratelimit-reset-tokens": components["headers"]["RateLimitResetTokens"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** The gateway or the model does not exist; on `rest`, the gateway that `cf-aig-gateway-id` names. */
        NotFound: {
            headers: {
                "cf-aig-log-id": components["headers"]["LogId"];
                "cf-aig-request-id": components["headers"]["RequestId"];
                "cf-aig-event-id": components["headers"]["EventId"];
                "cf-aig-cache-status": components["headers"]["CacheStatus"];
                "cf-aig-step": components["headers"]["Step"];
                "cf-aig-model": components["headers"]["Model"];
                "cf-aig-provider": components["headers"]["Provider"];
                "cf-aig-routed-model": components["headers"]["RoutedModel"];
                "cf-aig-routing-reason": components["headers"]["RoutingReason"];
                "cf-aig-routing-decision-id": components["headers"]["RoutingDecisionId"];
                "cf-aig-dlp": components["headers"]["Dlp"];
                "cf-ray": components["headers"]["Ray"];
                "x-request-id": components["headers"]["ProviderRequestId"];
                "x-ratelimit-limit-requests": components["headers"]["RateLimitLimitRequests"];
                "x-ratelimit-limit-tokens": components["headers"]["RateLimitLimitTokens"];
                "x-ratelimit-remaining-requests": components["headers"]["RateLimitRemainingRequests"];
                "x-ratelimit-remaining-tokens": components["headers"]["RateLimitRemainingTokens"];
                "x-ratelimit-reset-requests": components["headers"]["RateLimitResetRequests"];
                "x-ratelimit-reset-tokens": components["headers"]["RateLimitResetTokens"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** Guardrails blocked the prompt (2016) or the response (2017). */
        Guardrails: {
            headers: {
                "cf-aig-log-id": components["headers"]["LogId"];
                "cf-aig-request-id": components["headers"]["RequestId"];
                "cf-aig-event-id": components["headers"]["EventId"];
                "cf-aig-cache-status": components["headers"]["CacheStatus"];
                "cf-aig-step": components["headers"]["Step"];
                "cf-aig-model": components["headers"]["Model"];
                "cf-aig-provider": components["headers"]["Provider"];
                "cf-aig-routed-model": components["headers"]["RoutedModel"];
                "cf-aig-routing-reason": components["headers"]["RoutingReason"];
                "cf-aig-routing-decision-id": components["headers"]["RoutingDecisionId"];
                "cf-aig-dlp": components["headers"]["Dlp"];
                "cf-ray": components["headers"]["Ray"];
                "x-request-id": components["headers"]["ProviderRequestId"];
                "x-ratelimit-limit-requests": components["headers"]["RateLimitLimitRequests"];
                "x-ratelimit-limit-tokens": components["headers"]["RateLimitLimitTokens"];
                "x-ratelimit-remaining-requests": components["headers"]["RateLimitRemainingRequests"];
                "x-ratelimit-remaining-tokens": components["headers"]["RateLimitRemainingTokens"];
                "x-ratelimit-reset-requests": components["headers"]["RateLimitResetRequests"];
                "x-ratelimit-reset-tokens": components["headers"]["RateLimitResetTokens"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** A rate limit; the gateway's (2003), Unified Billing's (2018) or the provider's. Or a spending limit (2041), where waiting for seconds does not help. */
        TooManyRequests: {
            headers: {
                "retry-after": components["headers"]["RetryAfter"];
                "cf-aig-log-id": components["headers"]["LogId"];
                "cf-aig-request-id": components["headers"]["RequestId"];
                "cf-aig-event-id": components["headers"]["EventId"];
                "cf-aig-cache-status": components["headers"]["CacheStatus"];
                "cf-aig-step": components["headers"]["Step"];
                "cf-aig-model": components["headers"]["Model"];
                "cf-aig-provider": components["headers"]["Provider"];
                "cf-aig-routed-model": components["headers"]["RoutedModel"];
                "cf-aig-routing-reason": components["headers"]["RoutingReason"];
                "cf-aig-routing-decision-id": components["headers"]["RoutingDecisionId"];
                "cf-aig-dlp": components["headers"]["Dlp"];
                "cf-ray": components["headers"]["Ray"];
                "x-request-id": components["headers"]["ProviderRequestId"];
                "x-ratelimit-limit-requests": components["headers"]["RateLimitLimitRequests"];
                "x-ratelimit-limit-tokens": components["headers"]["RateLimitLimitTokens"];
                "x-ratelimit-remaining-requests": components["headers"]["RateLimitRemainingRequests"];
                "x-ratelimit-remaining-tokens": components["headers"]["RateLimitRemainingTokens"];
                "x-ratelimit-reset-requests": components["headers"]["RateLimitResetRequests"];
                "x-ratelimit-reset-tokens": components["headers"]["RateLimitResetTokens"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** The scanner of Guardrails is unavailable (7013), or the provider is. */
        Unavailable: {
            headers: {
                "retry-after": components["headers"]["RetryAfter"];
                "cf-aig-log-id": components["headers"]["LogId"];
                "cf-aig-request-id": components["headers"]["RequestId"];
                "cf-aig-event-id": components["headers"]["EventId"];
                "cf-aig-cache-status": components["headers"]["CacheStatus"];
                "cf-aig-step": components["headers"]["Step"];
                "cf-aig-model": components["headers"]["Model"];
                "cf-aig-provider": components["headers"]["Provider"];
                "cf-aig-routed-model": components["headers"]["RoutedModel"];
                "cf-aig-routing-reason": components["headers"]["RoutingReason"];
                "cf-aig-routing-decision-id": components["headers"]["RoutingDecisionId"];
                "cf-aig-dlp": components["headers"]["Dlp"];
                "cf-ray": components["headers"]["Ray"];
                "x-request-id": components["headers"]["ProviderRequestId"];
                "x-ratelimit-limit-requests": components["headers"]["RateLimitLimitRequests"];
                "x-ratelimit-limit-tokens": components["headers"]["RateLimitLimitTokens"];
                "x-ratelimit-remaining-requests": components["headers"]["RateLimitRemainingRequests"];
                "x-ratelimit-remaining-tokens": components["headers"]["RateLimitRemainingTokens"];
                "x-ratelimit-reset-requests": components["headers"]["RateLimitResetRequests"];
                "x-ratelimit-reset-tokens": components["headers"]["RateLimitResetTokens"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
                "text/html": components["schemas"]["HtmlErrorPage"];
            };
        };
        /** Any other failure: the provider could not be reached or gave no usable response (2005), is overloaded (529 at Anthropic), or responded with an error of its own. 502 and 520 to 524 may be a page of HTML. */
        ProviderError: {
            headers: {
                "retry-after": components["headers"]["RetryAfter"];
                "cf-aig-log-id": components["headers"]["LogId"];
                "cf-aig-request-id": components["headers"]["RequestId"];
                "cf-aig-event-id": components["headers"]["EventId"];
                "cf-aig-cache-status": components["headers"]["CacheStatus"];
                "cf-aig-step": components["headers"]["Step"];
                "cf-aig-model": components["headers"]["Model"];
                "cf-aig-provider": components["headers"]["Provider"];
                "cf-aig-routed-model": components["headers"]["RoutedModel"];
                "cf-aig-routing-reason": components["headers"]["RoutingReason"];
                "cf-aig-routing-decision-id": components["headers"]["RoutingDecisionId"];
                "cf-aig-dlp": components["headers"]["Dlp"];
                "cf-ray": components["headers"]["Ray"];
                "x-request-id": components["headers"]["ProviderRequestId"];
                "x-ratelimit-limit-requests": components["headers"]["RateLimitLimitRequests"];
                "x-ratelimit-limit-tokens": components["headers"]["RateLimitLimitTokens"];
                "x-ratelimit-remaining-requests": components["headers"]["RateLimitRemainingRequests"];
                "x-ratelimit-remaining-tokens": components["headers"]["RateLimitRemainingTokens"];
                "x-ratelimit-reset-requests": components["headers"]["RateLimitResetRequests"];
                "x-ratelimit-reset-tokens": components["headers"]["RateLimitResetTokens"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
                "text/html": components["schemas"]["HtmlErrorPage"];
            };
        };
        /** A parameter or the body is wrong, or the token is missing (9106). */
        ApiBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** The API token is wrong (10000). */
        ApiUnauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** The API token lacks the permission AI Gateway Read or Edit. */
        ApiForbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** No such log; or not yet, for it takes 30 to 60 seconds to appear. */
        ApiNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** Any other failure of the Cloudflare API. */
        ApiError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
                "text/html": components["schemas"]["HtmlErrorPage"];
            };
        };
    };
    parameters: {
        /**
         * Cloudflare account id; 32 lowercase hexadecimal characters in practice.
         * @example 0123456789abcdef0123456789abcdef
         */
        AccountId: string;
        /**
         * Gateway id. `default` is reserved; that gateway is created by the first authenticated request.
         * @example default
         */
        GatewayId: string;
        /**
         * Log id, from the response header `cf-aig-log-id`. Opaque; UUIDv7 since October 2026, ULID before.
         * @example 019a7c52-4e1b-7c1a-9d7e-5b1f6f0c2a11
         */
        LogId: string;
        /**
         * Field to sort by.
         * @example cost
         */
        LogOrderBy: "created_at" | "provider" | "model" | "model_type" | "success" | "cached" | "cost" | "tokens_in" | "tokens_out" | "duration" | "feedback";
        /**
         * Direction of the sort.
         * @example desc
         */
        LogOrderByDirection: "asc" | "desc";
        /**
         * Conditions that a log must all meet, as a JSON array.
         *       {
         *         "key": "provider",
         *         "operator": "eq",
         *         "value": [
         *           "openai"
         *         ]
         *       }
         *     ]
         * @example [
         */
        LogFilters: components["schemas"]["LogFilter"][];
        /**
         * The gateway that handles the request, the account's default gateway if unset. `rest` only; required there for Workers AI models.
         * @example default
         */
        GatewayIdHeader: string;
        /**
         * Seconds that the gateway may cache the response, 60 to 2,592,000 (a month). Unset, the gateway's own setting applies.
         * @example 3600
         */
        CacheTtl: number;
        /**
         * `true` bypasses the cache, for reading and for writing.
         * @example true
         */
        SkipCache: true;
        /**
         * Cache key that replaces the computed one. If caching is off for the gateway, the response is cached for 5 minutes. ASCII, without line breaks.
         * @example capital-of-france
         */
        CacheKey: string;
        /**
         * Tags for the log: a flat JSON object of at most 5 entries whose values are strings, numbers or booleans, written in ASCII (`\u00e9` for é). Keys that start with `cf.` are reserved. With a nested value the gateway ignores the whole header; entries above five are dropped silently.
         * @example {"team":"search","user":42,"trial":false}
         */
        Metadata: string;
        /**
         * Overrides whether the request is logged.
         * @example false
         */
        CollectLog: boolean;
        /**
         * `false` logs the metadata of the request without prompt and response.
         * @example false
         */
        CollectLogPayload: boolean;
        /**
         * Milliseconds that the gateway waits for the first byte of the provider's response. It does not bound the rest of a stream.
         * @example 30000
         */
        RequestTimeout: number;
        /**
         * Attempts the gateway makes, 1 to 5. They multiply with the client's own retries.
         * @example 2
         */
        MaxAttempts: number;
        /**
         * Milliseconds between the gateway's attempts, 100 to 5,000.
         * @example 500
         */
        RetryDelay: number;
        /**
         * How the delay grows from one of the gateway's attempts to the next.
         * @example exponential
         */
        Backoff: "constant" | "linear" | "exponential";
        /**
         * Your own prices for the log, in US dollars, as a JSON object: `per_token_in` and `per_token_out` with optional `per_cache_read_token` and `per_cache_write_token`, or `total_cost` for the whole request.
         * @example {"per_token_in":0.000001,"per_token_out":0.000002}
         */
        CustomCost: string;
        /**
         * Which of the provider's stored keys to use. Unset, `default`; `rest` consults no other.
         * @example production
         */
        ByokAlias: string;
        /**
         * `true` forbids Unified Billing: without a stored key the gateway responds with 400 instead of paying with Cloudflare's credentials. It has no effect on Workers AI models.
         * @example true
         */
        NoWholesale: true;
        /**
         * Overrides zero data retention for this request. Unified Billing only.
         * @example true
         */
        Zdr: boolean;
        /**
         * Your own id for the request, returned unchanged in the response header of the same name.
         * @example order-4711
         */
        EventId: string;
        /**
         * OpenTelemetry trace that the gateway's span joins; 32 hexadecimal characters.
         * @example 4bf92f3577b34da6a3ce929d0e0e4736
         */
        OtelTraceId: string;
        /**
         * OpenTelemetry span that becomes the parent of the gateway's span; 16 hexadecimal characters.
         * @example 00f067aa0ba902b7
         */
        OtelParentSpanId: string;
        /**
         * Id of the conversation. The Auto Router keeps one model for it, so that the provider's prompt cache works.
         * @example session-8c1d
         */
        SessionId: string;
        /**
         * Id of the turn (a user message and its tool rounds) that the request belongs to. Auto Router only.
         * @example turn-3
         */
        TurnId: string;
        /**
         * `true` lets the Auto Router choose a model anew for each request of a session.
         * @example true
         */
        NoSessionAffinity: true;
        /**
         * Models that the Auto Router may choose from, separated by commas. The wildcard `*` does not cross a `/`.
         * @example openai/gpt-4o-mini,anthropic/*
         */
        AllowedModels: string;
        /**
         * Providers that the Auto Router may choose from, separated by commas.
         * @example openai,anthropic
         */
        AllowedProviders: string;
    };
    requestBodies: {
        /** A conversation, the model that continues it, and how it does. */
        ChatCompletion: {
            content: {
                "application/json": components["schemas"]["ChatCompletionRequest"] | KnownFields<ChatCompletionRequest>;
            };
        };
    };
    headers: {
        /**
         * Id of the request's log, for reading it and for feedback. Opaque; UUIDv7 since October 2026, ULID before.
         * @example 019a7c52-4e1b-7c1a-9d7e-5b1f6f0c2a11
         */
        LogId: string;
        /**
         * The gateway's id of the request, for Cloudflare's support.
         * @example 01JCX3W8V4Q0R6T2N9E5H7K1MD
         */
        RequestId: string;
        /**
         * The caller's own id, unchanged.
         * @example order-4711
         */
        EventId: string;
        /**
         * `HIT`: a stored answer; `MISS`: the provider's. Absent where caching is off.
         * @example MISS
         */
        CacheStatus: string;
        /**
         * Which fallback step answered; 0 is the first.
         * @example 0
         */
        Step: number;
        /**
         * The model that a dynamic route used.
         * @example claude-sonnet-4-5
         */
        Model: string;
        /**
         * The provider that a dynamic route used.
         * @example anthropic
         */
        Provider: string;
        /**
         * The model that the Auto Router chose.
         * @example anthropic/claude-sonnet-4-5
         */
        RoutedModel: string;
        /**
         * Why the Auto Router chose it.
         * @example complex-reasoning
         */
        RoutingReason: string;
        /**
         * Id of the Auto Router's decision.
         * @example rd_8c1d2f
         */
        RoutingDecisionId: string;
        /**
         * What data loss prevention found, as JSON with `findings` and `action` (`FLAG` or `BLOCK`).
         * @example {"findings":[],"action":"FLAG"}
         */
        Dlp: string;
        /**
         * Cloudflare's id of the HTTP request.
         * @example 8f0c2b1d4e5a6789-FRA
         */
        Ray: string;
        /**
         * When to try again, in seconds or as an HTTP date. From the gateway or the provider.
         * @example 20
         */
        RetryAfter: string;
        /**
         * The provider's own id of the request.
         * @example req_0a1b2c3d
         */
        ProviderRequestId: string;
        /**
         * Requests that the provider allows in a period.
         * @example 5000
         */
        RateLimitLimitRequests: string;
        /**
         * Tokens that the provider allows in a period.
         * @example 2000000
         */
        RateLimitLimitTokens: string;
        /**
         * Requests left in the period.
         * @example 4999
         */
        RateLimitRemainingRequests: string;
        /**
         * Tokens left in the period.
         * @example 1999960
         */
        RateLimitRemainingTokens: string;
        /**
         * Time until the requests are full again, such as `12ms` or `6m0s`.
         * @example 12ms
         */
        RateLimitResetRequests: string;
        /**
         * Time until the tokens are full again, such as `12ms` or `6m0s`.
         * @example 1ms
         */
        RateLimitResetTokens: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    createChatCompletionCompat: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * Seconds that the gateway may cache the response, 60 to 2,592,000 (a month). Unset, the gateway's own setting applies.
                 * @example 3600
                 */
                "cf-aig-cache-ttl"?: components["parameters"]["CacheTtl"];
                /**
                 * `true` bypasses the cache, for reading and for writing.
                 * @example true
                 */
                "cf-aig-skip-cache"?: components["parameters"]["SkipCache"];
                /**
                 * Cache key that replaces the computed one. If caching is off for the gateway, the response is cached for 5 minutes. ASCII, without line breaks.
                 * @example capital-of-france
                 */
                "cf-aig-cache-key"?: components["parameters"]["CacheKey"];
                /**
                 * Tags for the log: a flat JSON object of at most 5 entries whose values are strings, numbers or booleans, written in ASCII (`\u00e9` for é). Keys that start with `cf.` are reserved. With a nested value the gateway ignores the whole header; entries above five are dropped silently.
                 * @example {"team":"search","user":42,"trial":false}
                 */
                "cf-aig-metadata"?: components["parameters"]["Metadata"];
                /**
                 * Overrides whether the request is logged.
                 * @example false
                 */
                "cf-aig-collect-log"?: components["parameters"]["CollectLog"];
                /**
                 * `false` logs the metadata of the request without prompt and response.
                 * @example false
                 */
                "cf-aig-collect-log-payload"?: components["parameters"]["CollectLogPayload"];
                /**
                 * Milliseconds that the gateway waits for the first byte of the provider's response. It does not bound the rest of a stream.
                 * @example 30000
                 */
                "cf-aig-request-timeout"?: components["parameters"]["RequestTimeout"];
                /**
                 * Attempts the gateway makes, 1 to 5. They multiply with the client's own retries.
                 * @example 2
                 */
                "cf-aig-max-attempts"?: components["parameters"]["MaxAttempts"];
                /**
                 * Milliseconds between the gateway's attempts, 100 to 5,000.
                 * @example 500
                 */
                "cf-aig-retry-delay"?: components["parameters"]["RetryDelay"];
                /**
                 * How the delay grows from one of the gateway's attempts to the next.
                 * @example exponential
                 */
                "cf-aig-backoff"?: components["parameters"]["Backoff"];
                /**
                 * Your own prices for the log, in US dollars, as a JSON object: `per_token_in` and `per_token_out` with optional `per_cache_read_token` and `per_cache_write_token`, or `total_cost` for the whole request.
                 * @example {"per_token_in":0.000001,"per_token_out":0.000002}
                 */
                "cf-aig-custom-cost"?: components["parameters"]["CustomCost"];
                /**
                 * Which of the provider's stored keys to use. Unset, `default`; `rest` consults no other.
                 * @example production
                 */
                "cf-aig-byok-alias"?: components["parameters"]["ByokAlias"];
                /**
                 * `true` forbids Unified Billing: without a stored key the gateway responds with 400 instead of paying with Cloudflare's credentials. It has no effect on Workers AI models.
                 * @example true
                 */
                "cf-aig-no-wholesale"?: components["parameters"]["NoWholesale"];
                /**
                 * Overrides zero data retention for this request. Unified Billing only.
                 * @example true
                 */
                "cf-aig-zdr"?: components["parameters"]["Zdr"];
                /**
                 * Your own id for the request, returned unchanged in the response header of the same name.
                 * @example order-4711
                 */
                "cf-aig-event-id"?: components["parameters"]["EventId"];
                /**
                 * OpenTelemetry trace that the gateway's span joins; 32 hexadecimal characters.
                 * @example 4bf92f3577b34da6a3ce929d0e0e4736
                 */
                "cf-aig-otel-trace-id"?: components["parameters"]["OtelTraceId"];
                /**
                 * OpenTelemetry span that becomes the parent of the gateway's span; 16 hexadecimal characters.
                 * @example 00f067aa0ba902b7
                 */
                "cf-aig-otel-parent-span-id"?: components["parameters"]["OtelParentSpanId"];
                /**
                 * Id of the conversation. The Auto Router keeps one model for it, so that the provider's prompt cache works.
                 * @example session-8c1d
                 */
                "cf-aig-session-id"?: components["parameters"]["SessionId"];
                /**
                 * Id of the turn (a user message and its tool rounds) that the request belongs to. Auto Router only.
                 * @example turn-3
                 */
                "cf-aig-turn-id"?: components["parameters"]["TurnId"];
                /**
                 * `true` lets the Auto Router choose a model anew for each request of a session.
                 * @example true
                 */
                "cf-aig-no-session-affinity"?: components["parameters"]["NoSessionAffinity"];
                /**
                 * Models that the Auto Router may choose from, separated by commas. The wildcard `*` does not cross a `/`.
                 * @example openai/gpt-4o-mini,anthropic/*
                 */
                "cf-aig-allowed-models"?: components["parameters"]["AllowedModels"];
                /**
                 * Providers that the Auto Router may choose from, separated by commas.
                 * @example openai,anthropic
                 */
                "cf-aig-allowed-providers"?: components["parameters"]["AllowedProviders"];
            };
            path: {
                /**
                 * Cloudflare account id; 32 lowercase hexadecimal characters in practice.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. `default` is reserved; that gateway is created by the first authenticated request.
                 * @example default
                 */
                gateway_id: components["parameters"]["GatewayId"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["ChatCompletion"];
        responses: {
            200: components["responses"]["ChatCompletion"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PaymentRequired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            424: components["responses"]["Guardrails"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["ProviderError"];
        };
    };
    createChatCompletionCustomDomain: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * Seconds that the gateway may cache the response, 60 to 2,592,000 (a month). Unset, the gateway's own setting applies.
                 * @example 3600
                 */
                "cf-aig-cache-ttl"?: components["parameters"]["CacheTtl"];
                /**
                 * `true` bypasses the cache, for reading and for writing.
                 * @example true
                 */
                "cf-aig-skip-cache"?: components["parameters"]["SkipCache"];
                /**
                 * Cache key that replaces the computed one. If caching is off for the gateway, the response is cached for 5 minutes. ASCII, without line breaks.
                 * @example capital-of-france
                 */
                "cf-aig-cache-key"?: components["parameters"]["CacheKey"];
                /**
                 * Tags for the log: a flat JSON object of at most 5 entries whose values are strings, numbers or booleans, written in ASCII (`\u00e9` for é). Keys that start with `cf.` are reserved. With a nested value the gateway ignores the whole header; entries above five are dropped silently.
                 * @example {"team":"search","user":42,"trial":false}
                 */
                "cf-aig-metadata"?: components["parameters"]["Metadata"];
                /**
                 * Overrides whether the request is logged.
                 * @example false
                 */
                "cf-aig-collect-log"?: components["parameters"]["CollectLog"];
                /**
                 * `false` logs the metadata of the request without prompt and response.
                 * @example false
                 */
                "cf-aig-collect-log-payload"?: components["parameters"]["CollectLogPayload"];
                /**
                 * Milliseconds that the gateway waits for the first byte of the provider's response. It does not bound the rest of a stream.
                 * @example 30000
                 */
                "cf-aig-request-timeout"?: components["parameters"]["RequestTimeout"];
                /**
                 * Attempts the gateway makes, 1 to 5. They multiply with the client's own retries.
                 * @example 2
                 */
                "cf-aig-max-attempts"?: components["parameters"]["MaxAttempts"];
                /**
                 * Milliseconds between the gateway's attempts, 100 to 5,000.
                 * @example 500
                 */
                "cf-aig-retry-delay"?: components["parameters"]["RetryDelay"];
                /**
                 * How the delay grows from one of the gateway's attempts to the next.
                 * @example exponential
                 */
                "cf-aig-backoff"?: components["parameters"]["Backoff"];
                /**
                 * Your own prices for the log, in US dollars, as a JSON object: `per_token_in` and `per_token_out` with optional `per_cache_read_token` and `per_cache_write_token`, or `total_cost` for the whole request.
                 * @example {"per_token_in":0.000001,"per_token_out":0.000002}
                 */
                "cf-aig-custom-cost"?: components["parameters"]["CustomCost"];
                /**
                 * Which of the provider's stored keys to use. Unset, `default`; `rest` consults no other.
                 * @example production
                 */
                "cf-aig-byok-alias"?: components["parameters"]["ByokAlias"];
                /**
                 * `true` forbids Unified Billing: without a stored key the gateway responds with 400 instead of paying with Cloudflare's credentials. It has no effect on Workers AI models.
                 * @example true
                 */
                "cf-aig-no-wholesale"?: components["parameters"]["NoWholesale"];
                /**
                 * Overrides zero data retention for this request. Unified Billing only.
                 * @example true
                 */
                "cf-aig-zdr"?: components["parameters"]["Zdr"];
                /**
                 * Your own id for the request, returned unchanged in the response header of the same name.
                 * @example order-4711
                 */
                "cf-aig-event-id"?: components["parameters"]["EventId"];
                /**
                 * OpenTelemetry trace that the gateway's span joins; 32 hexadecimal characters.
                 * @example 4bf92f3577b34da6a3ce929d0e0e4736
                 */
                "cf-aig-otel-trace-id"?: components["parameters"]["OtelTraceId"];
                /**
                 * OpenTelemetry span that becomes the parent of the gateway's span; 16 hexadecimal characters.
                 * @example 00f067aa0ba902b7
                 */
                "cf-aig-otel-parent-span-id"?: components["parameters"]["OtelParentSpanId"];
                /**
                 * Id of the conversation. The Auto Router keeps one model for it, so that the provider's prompt cache works.
                 * @example session-8c1d
                 */
                "cf-aig-session-id"?: components["parameters"]["SessionId"];
                /**
                 * Id of the turn (a user message and its tool rounds) that the request belongs to. Auto Router only.
                 * @example turn-3
                 */
                "cf-aig-turn-id"?: components["parameters"]["TurnId"];
                /**
                 * `true` lets the Auto Router choose a model anew for each request of a session.
                 * @example true
                 */
                "cf-aig-no-session-affinity"?: components["parameters"]["NoSessionAffinity"];
                /**
                 * Models that the Auto Router may choose from, separated by commas. The wildcard `*` does not cross a `/`.
                 * @example openai/gpt-4o-mini,anthropic/*
                 */
                "cf-aig-allowed-models"?: components["parameters"]["AllowedModels"];
                /**
                 * Providers that the Auto Router may choose from, separated by commas.
                 * @example openai,anthropic
                 */
                "cf-aig-allowed-providers"?: components["parameters"]["AllowedProviders"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["ChatCompletion"];
        responses: {
            200: components["responses"]["ChatCompletion"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PaymentRequired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            424: components["responses"]["Guardrails"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["ProviderError"];
        };
    };
    createChatCompletionRest: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * The gateway that handles the request, the account's default gateway if unset. `rest` only; required there for Workers AI models.
                 * @example default
                 */
                "cf-aig-gateway-id"?: components["parameters"]["GatewayIdHeader"];
                /**
                 * Seconds that the gateway may cache the response, 60 to 2,592,000 (a month). Unset, the gateway's own setting applies.
                 * @example 3600
                 */
                "cf-aig-cache-ttl"?: components["parameters"]["CacheTtl"];
                /**
                 * `true` bypasses the cache, for reading and for writing.
                 * @example true
                 */
                "cf-aig-skip-cache"?: components["parameters"]["SkipCache"];
                /**
                 * Cache key that replaces the computed one. If caching is off for the gateway, the response is cached for 5 minutes. ASCII, without line breaks.
                 * @example capital-of-france
                 */
                "cf-aig-cache-key"?: components["parameters"]["CacheKey"];
                /**
                 * Tags for the log: a flat JSON object of at most 5 entries whose values are strings, numbers or booleans, written in ASCII (`\u00e9` for é). Keys that start with `cf.` are reserved. With a nested value the gateway ignores the whole header; entries above five are dropped silently.
                 * @example {"team":"search","user":42,"trial":false}
                 */
                "cf-aig-metadata"?: components["parameters"]["Metadata"];
                /**
                 * Overrides whether the request is logged.
                 * @example false
                 */
                "cf-aig-collect-log"?: components["parameters"]["CollectLog"];
                /**
                 * `false` logs the metadata of the request without prompt and response.
                 * @example false
                 */
                "cf-aig-collect-log-payload"?: components["parameters"]["CollectLogPayload"];
                /**
                 * Milliseconds that the gateway waits for the first byte of the provider's response. It does not bound the rest of a stream.
                 * @example 30000
                 */
                "cf-aig-request-timeout"?: components["parameters"]["RequestTimeout"];
                /**
                 * Attempts the gateway makes, 1 to 5. They multiply with the client's own retries.
                 * @example 2
                 */
                "cf-aig-max-attempts"?: components["parameters"]["MaxAttempts"];
                /**
                 * Milliseconds between the gateway's attempts, 100 to 5,000.
                 * @example 500
                 */
                "cf-aig-retry-delay"?: components["parameters"]["RetryDelay"];
                /**
                 * How the delay grows from one of the gateway's attempts to the next.
                 * @example exponential
                 */
                "cf-aig-backoff"?: components["parameters"]["Backoff"];
                /**
                 * Your own prices for the log, in US dollars, as a JSON object: `per_token_in` and `per_token_out` with optional `per_cache_read_token` and `per_cache_write_token`, or `total_cost` for the whole request.
                 * @example {"per_token_in":0.000001,"per_token_out":0.000002}
                 */
                "cf-aig-custom-cost"?: components["parameters"]["CustomCost"];
                /**
                 * Which of the provider's stored keys to use. Unset, `default`; `rest` consults no other.
                 * @example production
                 */
                "cf-aig-byok-alias"?: components["parameters"]["ByokAlias"];
                /**
                 * `true` forbids Unified Billing: without a stored key the gateway responds with 400 instead of paying with Cloudflare's credentials. It has no effect on Workers AI models.
                 * @example true
                 */
                "cf-aig-no-wholesale"?: components["parameters"]["NoWholesale"];
                /**
                 * Overrides zero data retention for this request. Unified Billing only.
                 * @example true
                 */
                "cf-aig-zdr"?: components["parameters"]["Zdr"];
                /**
                 * Your own id for the request, returned unchanged in the response header of the same name.
                 * @example order-4711
                 */
                "cf-aig-event-id"?: components["parameters"]["EventId"];
                /**
                 * OpenTelemetry trace that the gateway's span joins; 32 hexadecimal characters.
                 * @example 4bf92f3577b34da6a3ce929d0e0e4736
                 */
                "cf-aig-otel-trace-id"?: components["parameters"]["OtelTraceId"];
                /**
                 * OpenTelemetry span that becomes the parent of the gateway's span; 16 hexadecimal characters.
                 * @example 00f067aa0ba902b7
                 */
                "cf-aig-otel-parent-span-id"?: components["parameters"]["OtelParentSpanId"];
                /**
                 * Id of the conversation. The Auto Router keeps one model for it, so that the provider's prompt cache works.
                 * @example session-8c1d
                 */
                "cf-aig-session-id"?: components["parameters"]["SessionId"];
                /**
                 * Id of the turn (a user message and its tool rounds) that the request belongs to. Auto Router only.
                 * @example turn-3
                 */
                "cf-aig-turn-id"?: components["parameters"]["TurnId"];
                /**
                 * `true` lets the Auto Router choose a model anew for each request of a session.
                 * @example true
                 */
                "cf-aig-no-session-affinity"?: components["parameters"]["NoSessionAffinity"];
                /**
                 * Models that the Auto Router may choose from, separated by commas. The wildcard `*` does not cross a `/`.
                 * @example openai/gpt-4o-mini,anthropic/*
                 */
                "cf-aig-allowed-models"?: components["parameters"]["AllowedModels"];
                /**
                 * Providers that the Auto Router may choose from, separated by commas.
                 * @example openai,anthropic
                 */
                "cf-aig-allowed-providers"?: components["parameters"]["AllowedProviders"];
            };
            path: {
                /**
                 * Cloudflare account id; 32 lowercase hexadecimal characters in practice.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["ChatCompletion"];
        responses: {
            200: components["responses"]["ChatCompletion"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            402: components["responses"]["PaymentRequired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            424: components["responses"]["Guardrails"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["ProviderError"];
        };
    };
    listModelsCompat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * Cloudflare account id; 32 lowercase hexadecimal characters in practice.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. `default` is reserved; that gateway is created by the first authenticated request.
                 * @example default
                 */
                gateway_id: components["parameters"]["GatewayId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ModelList"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            default: components["responses"]["ProviderError"];
        };
    };
    listModelsCustomDomain: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ModelList"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            default: components["responses"]["ProviderError"];
        };
    };
    listLogs: {
        parameters: {
            query?: {
                /**
                 * Page to return, counted from 1.
                 * @example 1
                 */
                page?: number;
                /**
                 * Logs on a page, 1 to 50.
                 * @example 20
                 */
                per_page?: number;
                /**
                 * Field to sort by.
                 * @example cost
                 */
                order_by?: components["parameters"]["LogOrderBy"];
                /**
                 * Direction of the sort.
                 * @example desc
                 */
                order_by_direction?: components["parameters"]["LogOrderByDirection"];
                /**
                 * Conditions that a log must all meet, as a JSON array.
                 *       {
                 *         "key": "provider",
                 *         "operator": "eq",
                 *         "value": [
                 *           "openai"
                 *         ]
                 *       }
                 *     ]
                 * @example [
                 */
                filters?: components["parameters"]["LogFilters"];
                /**
                 * Text to search the logs for.
                 * @example strawberry
                 */
                search?: string;
                /**
                 * Only logs from this time on, in RFC 3339; use `filters`.
                 * @deprecated
                 * @example 2026-11-01T00:00:00Z
                 */
                start_date?: string;
                /**
                 * Only logs up to this time, in RFC 3339; use `filters`.
                 * @deprecated
                 * @example 2026-11-30T23:59:59Z
                 */
                end_date?: string;
                /**
                 * Only logs of this provider.
                 * @deprecated
                 * @example openai
                 */
                provider?: string;
                /**
                 * Only logs of this model.
                 * @deprecated
                 * @example gpt-4o-mini
                 */
                model?: string;
                /**
                 * Only logs of this kind of model.
                 * @deprecated
                 * @example chat
                 */
                model_type?: string;
                /**
                 * Only responses served from the cache (`true`) or by the provider (`false`).
                 * @deprecated
                 * @example false
                 */
                cached?: boolean;
                /**
                 * Only requests that succeeded (`true`) or failed (`false`).
                 * @deprecated
                 * @example true
                 */
                success?: boolean;
                /**
                 * Only logs with this feedback.
                 * @deprecated
                 * @example 1
                 */
                feedback?: -1 | 0 | 1;
                /**
                 * Lowest cost in US dollars.
                 * @deprecated
                 * @example 0.01
                 */
                min_cost?: number;
                /**
                 * Highest cost in US dollars.
                 * @deprecated
                 * @example 1
                 */
                max_cost?: number;
                /**
                 * Lowest number of input tokens.
                 * @deprecated
                 * @example 100
                 */
                min_tokens_in?: number;
                /**
                 * Highest number of input tokens.
                 * @deprecated
                 * @example 100000
                 */
                max_tokens_in?: number;
                /**
                 * Lowest number of output tokens.
                 * @deprecated
                 * @example 1
                 */
                min_tokens_out?: number;
                /**
                 * Highest number of output tokens.
                 * @deprecated
                 * @example 4000
                 */
                max_tokens_out?: number;
                /**
                 * Lowest number of tokens, input and output together.
                 * @deprecated
                 * @example 100
                 */
                min_total_tokens?: number;
                /**
                 * Highest number of tokens, input and output together.
                 * @deprecated
                 * @example 104000
                 */
                max_total_tokens?: number;
                /**
                 * Shortest duration in milliseconds.
                 * @deprecated
                 * @example 1000
                 */
                min_duration?: number;
                /**
                 * Longest duration in milliseconds.
                 * @deprecated
                 * @example 60000
                 */
                max_duration?: number;
                /**
                 * Only logs whose request had this content type.
                 * @deprecated
                 * @example application/json
                 */
                request_content_type?: string;
                /**
                 * Only logs whose response had this content type.
                 * @deprecated
                 * @example text/event-stream
                 */
                response_content_type?: string;
                /**
                 * Add the extremes of cost, tokens and duration to `result_info`.
                 * @example true
                 */
                meta_info?: boolean;
            };
            header?: never;
            path: {
                /**
                 * Cloudflare account id; 32 lowercase hexadecimal characters in practice.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. `default` is reserved; that gateway is created by the first authenticated request.
                 * @example default
                 */
                gateway_id: components["parameters"]["GatewayId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of logs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogListEnvelope"];
                };
            };
            400: components["responses"]["ApiBadRequest"];
            401: components["responses"]["ApiUnauthorized"];
            403: components["responses"]["ApiForbidden"];
            default: components["responses"]["ApiError"];
        };
    };
    deleteLogs: {
        parameters: {
            query?: {
                /**
                 * Field to sort by.
                 * @example cost
                 */
                order_by?: components["parameters"]["LogOrderBy"];
                /**
                 * Direction of the sort.
                 * @example desc
                 */
                order_by_direction?: components["parameters"]["LogOrderByDirection"];
                /**
                 * Conditions that a log must all meet, as a JSON array.
                 *       {
                 *         "key": "provider",
                 *         "operator": "eq",
                 *         "value": [
                 *           "openai"
                 *         ]
                 *       }
                 *     ]
                 * @example [
                 */
                filters?: components["parameters"]["LogFilters"];
                /**
                 * Maximum number of logs to delete, 1 to 10,000.
                 * @example 100
                 */
                limit?: number;
            };
            header?: never;
            path: {
                /**
                 * Cloudflare account id; 32 lowercase hexadecimal characters in practice.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. `default` is reserved; that gateway is created by the first authenticated request.
                 * @example default
                 */
                gateway_id: components["parameters"]["GatewayId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Deleted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogChangeEnvelope"];
                };
            };
            400: components["responses"]["ApiBadRequest"];
            401: components["responses"]["ApiUnauthorized"];
            403: components["responses"]["ApiForbidden"];
            default: components["responses"]["ApiError"];
        };
    };
    getLog: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * Cloudflare account id; 32 lowercase hexadecimal characters in practice.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. `default` is reserved; that gateway is created by the first authenticated request.
                 * @example default
                 */
                gateway_id: components["parameters"]["GatewayId"];
                /**
                 * Log id, from the response header `cf-aig-log-id`. Opaque; UUIDv7 since October 2026, ULID before.
                 * @example 019a7c52-4e1b-7c1a-9d7e-5b1f6f0c2a11
                 */
                log_id: components["parameters"]["LogId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The log. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogEnvelope"];
                };
            };
            400: components["responses"]["ApiBadRequest"];
            401: components["responses"]["ApiUnauthorized"];
            403: components["responses"]["ApiForbidden"];
            404: components["responses"]["ApiNotFound"];
            default: components["responses"]["ApiError"];
        };
    };
    patchLog: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * Cloudflare account id; 32 lowercase hexadecimal characters in practice.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. `default` is reserved; that gateway is created by the first authenticated request.
                 * @example default
                 */
                gateway_id: components["parameters"]["GatewayId"];
                /**
                 * Log id, from the response header `cf-aig-log-id`. Opaque; UUIDv7 since October 2026, ULID before.
                 * @example 019a7c52-4e1b-7c1a-9d7e-5b1f6f0c2a11
                 */
                log_id: components["parameters"]["LogId"];
            };
            cookie?: never;
        };
        /** The fields to write; the others stay as they are. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogPatch"];
            };
        };
        responses: {
            /** Written. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogChangeEnvelope"];
                };
            };
            400: components["responses"]["ApiBadRequest"];
            401: components["responses"]["ApiUnauthorized"];
            403: components["responses"]["ApiForbidden"];
            404: components["responses"]["ApiNotFound"];
            default: components["responses"]["ApiError"];
        };
    };
    getLogRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * Cloudflare account id; 32 lowercase hexadecimal characters in practice.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. `default` is reserved; that gateway is created by the first authenticated request.
                 * @example default
                 */
                gateway_id: components["parameters"]["GatewayId"];
                /**
                 * Log id, from the response header `cf-aig-log-id`. Opaque; UUIDv7 since October 2026, ULID before.
                 * @example 019a7c52-4e1b-7c1a-9d7e-5b1f6f0c2a11
                 */
                log_id: components["parameters"]["LogId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The logged request body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogPayload"];
                };
            };
            400: components["responses"]["ApiBadRequest"];
            401: components["responses"]["ApiUnauthorized"];
            403: components["responses"]["ApiForbidden"];
            404: components["responses"]["ApiNotFound"];
            default: components["responses"]["ApiError"];
        };
    };
    getLogResponse: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * Cloudflare account id; 32 lowercase hexadecimal characters in practice.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. `default` is reserved; that gateway is created by the first authenticated request.
                 * @example default
                 */
                gateway_id: components["parameters"]["GatewayId"];
                /**
                 * Log id, from the response header `cf-aig-log-id`. Opaque; UUIDv7 since October 2026, ULID before.
                 * @example 019a7c52-4e1b-7c1a-9d7e-5b1f6f0c2a11
                 */
                log_id: components["parameters"]["LogId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The logged response body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogPayload"];
                };
            };
            400: components["responses"]["ApiBadRequest"];
            401: components["responses"]["ApiUnauthorized"];
            403: components["responses"]["ApiForbidden"];
            404: components["responses"]["ApiNotFound"];
            default: components["responses"]["ApiError"];
        };
    };
}

/** A chat completion to create. Fields of one provider that are not listed here are passed through. A field that is not set must be absent, not `null`. */
export interface ChatCompletionRequest {
    /** The model, with its prefix. On `compat`: `{provider}/{model}` (`openai/gpt-4o-mini`, `openrouter/openai/gpt-4o-mini`, `workers-ai/@cf/meta/…`, `custom-{slug}/{model}`, `grok/…` for xAI), a dynamic route `dynamic/{route}`, or the Auto Router `cloudflare/auto`. On `rest`: `{author}/{model}` (`xai/…`, `google/…`), Workers AI as `@cf/{author}/{model}`, a dynamic route, or a model alias `custom/{alias}`. Without its prefix the gateway answers 400 with code 2019. */
    model: string;
    /** The conversation so far, oldest message first. */
    messages: ChatCompletionRequestMessage[];
    /** Sampling temperature. The default is the provider's, mostly 1. Anthropic accepts 0 to 1; OpenAI's reasoning models refuse the field. */
    temperature?: number;
    /** Nucleus sampling, the probability mass considered. The default is the provider's, mostly 1. */
    top_p?: number;
    /** Makes tokens less likely the more often they have occurred. Default 0. */
    frequency_penalty?: number;
    /** Makes tokens less likely once they have occurred. Default 0. */
    presence_penalty?: number;
    /** Maps token ids to a bias from -100 (never) to 100 (always) (OpenAI). */
    logit_bias?: {
        [key: string]: number;
    };
    /** Strings that end the completion; they are not part of it. OpenAI takes at most 4, others more. */
    stop?: string | string[];
    /** Makes sampling repeatable, as far as the provider can. Mistral's own name for it is `random_seed`. */
    seed?: number;
    /** Return the log probability of each output token. Default false. */
    logprobs?: boolean;
    /** Most likely alternatives to return for each position; needs `logprobs`. */
    top_logprobs?: number;
    /** Completions to generate, each billed. Default 1; most providers accept only 1. */
    n?: number;
    /** The most tokens to generate. OpenAI's reasoning models refuse it and want `max_completion_tokens`. Unset, the provider's limit applies. */
    max_tokens?: number;
    /** The most tokens to generate, reasoning included (OpenAI, Groq). Most other providers know `max_tokens` only. */
    max_completion_tokens?: number;
    /**
     * How much a reasoning model thinks. Values differ by provider and model: `none`, `minimal`, `low`, `medium`, `high`, `xhigh`, `max`; Groq also `default`.
     * @example none
     * @example minimal
     * @example low
     * @example medium
     * @example high
     * @example xhigh
     * @example max
     */
    reasoning_effort?: string;
    /** How the model thinks, as `effort` or as a budget in `max_tokens`, and whether it shows it (OpenRouter). */
    reasoning?: {
        [key: string]: any;
    };
    /** Extended thinking, `{ type: enabled, budget_tokens: 2000 }` (Anthropic). */
    thinking?: {
        [key: string]: any;
    };
    /** Fields of Google's own API, under the key `google`, such as `thinking_config` (Google). */
    extra_body?: {
        [key: string]: any;
    };
    /** How long the completion should be (OpenAI, gpt-5 and later). Default `medium`. */
    verbosity?: "low" | "medium" | "high";
    /** Kinds of output. Default `["text"]`; `audio` needs the field `audio` (OpenAI), `image` is OpenRouter's. */
    modalities?: ("text" | "audio" | "image")[];
    /** Audio output, for `modalities` with `audio` (OpenAI). */
    audio?: {
        /** Name of the voice, or the id of a custom one. */
        voice: string | {
            /** Id of the custom voice. */
            id: string;
            [key: string]: any;
        };
        /** File format, such as `wav`, `mp3` or `pcm16`; a stream takes `pcm16` only. */
        format: string;
        [key: string]: any;
    };
    /** Text that the completion will mostly repeat, so that it is generated faster (OpenAI). */
    prediction?: {
        /** The kind of prediction. */
        type: "content";
        /** The predicted text. */
        content: string | TextPart[];
        [key: string]: any;
    };
    /** Format of the completion. Default text. */
    response_format?: ResponseFormat;
    /** Tools that the model may call. Without tools the key must be absent. */
    tools?: ChatCompletionTool[];
    /** Whether the model may, must or must not call a tool. Default `auto` when there are tools; needs `tools`. */
    tool_choice?: ToolChoice;
    /** Whether one completion may hold several tool calls. Default true; needs `tools`. */
    parallel_tool_calls?: boolean;
    /**
     * Respond with an event stream. Streams are not cached by default. With Guardrails or DLP scanning the gateway may respond with one JSON body all the same.
     * @default false
     */
    stream?: boolean;
    /** Only together with `stream`. */
    stream_options?: {
        /** Send token counts in a last chunk whose `choices` is empty. */
        include_usage?: boolean;
        /** Pad chunks with `obfuscation` against traffic analysis (OpenAI). Default true. */
        include_obfuscation?: boolean;
        [key: string]: any;
    };
    /** Processing tier: `auto`, `default`, `flex`, `priority`, `fast`, `scale` at OpenAI; `on_demand`, `flex` at Groq. */
    service_tier?: string;
    /** Keep the completion at the provider for evaluation and distillation (OpenAI). */
    store?: boolean;
    /** Tags of a stored completion at the provider (OpenAI), at most 16. Not the gateway's `cf-aig-metadata`. */
    metadata?: {
        [key: string]: string;
    };
    /** Moderation of the prompt and the completion, reported on both (OpenAI). */
    moderation?: {
        [key: string]: any;
    };
    /**
     * Id of the end user. Superseded at OpenAI by `safety_identifier` and `prompt_cache_key`.
     * @deprecated
     */
    user?: string;
    /** Stable, hashed id of the end user, for abuse detection (OpenAI). */
    safety_identifier?: string;
    /** Routes requests with a common beginning to the same prompt cache (OpenAI). */
    prompt_cache_key?: string;
    /** How the prompt is cached, beside the marks of `prompt_cache_breakpoint` (OpenAI). */
    prompt_cache_options?: {
        [key: string]: any;
    };
    /**
     * How long the prompt stays cached, `in_memory` or `24h`. Superseded by `prompt_cache_options` (OpenAI).
     * @deprecated
     * @example in_memory
     * @example 24h
     */
    prompt_cache_retention?: string;
    /** Lets the model search the web (OpenAI search models, Perplexity). */
    web_search_options?: {
        /** How much of the search results the model reads. Default `medium` (OpenAI), `low` (Perplexity). */
        search_context_size?: "low" | "medium" | "high";
        /** Where the user is. OpenAI takes `type` and `approximate`, Perplexity takes `country`, `latitude` and `longitude`. */
        user_location?: {
            /** Kind of location (OpenAI). */
            type?: "approximate";
            /** Approximate location (OpenAI). */
            approximate?: {
                /** Name of the city. */
                city?: string;
                /** ISO 3166-1 code of two letters. */
                country?: string;
                /** Name of the region. */
                region?: string;
                /** IANA time zone. */
                timezone?: string;
                [key: string]: any;
            };
            [key: string]: any;
        };
        [key: string]: any;
    };
    [key: string]: any;
}

/** One message of the conversation; `role` says which kind. */
export type ChatCompletionRequestMessage = DeveloperMessage | SystemMessage | UserMessage | AssistantMessage | ToolMessage | FunctionMessage;

/** Instructions of the application; replaces the system message for OpenAI's reasoning models. */
export interface DeveloperMessage {
    /** The sender's role. */
    role: "developer";
    /** The instructions. */
    content: string | TextPart[];
    /** Tells several speakers of one role apart (OpenAI). */
    name?: string;
    [key: string]: any;
}

/** Instructions that the model follows throughout the conversation. */
export interface SystemMessage {
    /** The sender's role. */
    role: "system";
    /** The instructions. Workers AI takes a string only. */
    content: string | TextPart[];
    /** Tells several speakers of one role apart (OpenAI). */
    name?: string;
    [key: string]: any;
}

/** What the user says or shows. */
export interface UserMessage {
    /** The sender's role. */
    role: "user";
    /** A string, or parts in reading order. */
    content: string | UserContentPart[];
    /** Tells several speakers of one role apart (OpenAI). */
    name?: string;
    [key: string]: any;
}

/** An earlier completion of the model, sent back. Each of its tool calls needs a tool message right after it. */
export interface AssistantMessage {
    /** The sender's role. */
    role: "assistant";
    /** The text; `null` or absent where there are tool calls only. Workers AI refuses `null` beside tool calls and wants `""`. */
    content?: string | AssistantContentPart[] | null;
    /** Tells several speakers of one role apart (OpenAI). */
    name?: string;
    /** What the model said when it refused (OpenAI). */
    refusal?: string | null;
    /** The tools that the model called. */
    tool_calls?: AssistantToolCall[];
    /** Refers to an earlier spoken completion (OpenAI). */
    audio?: {
        /** Id of the spoken completion. */
        id: string;
        [key: string]: any;
    } | null;
    /** The model's thinking, replayed (DeepSeek, Moonshot; wanted between the tool calls of one turn). */
    reasoning_content?: string | null;
    /** Signed or encrypted thinking, to be sent back unchanged (OpenRouter). */
    reasoning_details?: {
        [key: string]: any;
    }[];
    /** Provider data to be sent back unchanged; Google's thought signature when it came on the message. */
    extra_content?: unknown;
    [key: string]: any;
}

/** The result of one tool call. */
export interface ToolMessage {
    /** The sender's role. */
    role: "tool";
    /** The `id` of the call that this answers. */
    tool_call_id: string;
    /** The result. A string is understood everywhere; OpenAI takes text parts, Anthropic images as well. */
    content: string | UserContentPart[];
    /** Name of the tool (Google and Mistral read it). */
    name?: string;
    [key: string]: any;
}

/**
 * The result of a function call, from before there were tools; send a tool message instead.
 * @deprecated
 */
export interface FunctionMessage {
    /** The sender. */
    role: "function";
    /** Name of the function. */
    name: string;
    /** The result. */
    content: string | null;
    [key: string]: any;
}

/** A part of a user message or a tool result; `type` says which kind. */
export type UserContentPart = TextPart | ImagePart | InputAudioPart | FilePart;

/** A part of an assistant message; `type` says which kind. */
export type AssistantContentPart = TextPart | RefusalPart | ThinkingPart;

/** Text. */
export interface TextPart {
    /** Kind of part. */
    type: "text";
    /** The text. */
    text: string;
    /** Caches the prompt up to here (Anthropic, OpenRouter). */
    cache_control?: CacheControl;
    /** Caches the prompt up to here (OpenAI). */
    prompt_cache_breakpoint?: {
        [key: string]: any;
    };
    [key: string]: any;
}

/** An image. */
export interface ImagePart {
    /** Kind of part. */
    type: "image_url";
    /** Where the image is. */
    image_url: {
        /** An https URL, or the image itself as a `data:` URL. */
        url: string;
        /** Resolution at which the model looks (OpenAI). Default `auto`. */
        detail?: "auto" | "low" | "high";
        [key: string]: any;
    };
    /** Caches the prompt up to here (Anthropic, OpenRouter). */
    cache_control?: CacheControl;
    /** Caches the prompt up to here (OpenAI). */
    prompt_cache_breakpoint?: {
        [key: string]: any;
    };
    [key: string]: any;
}

/** Recorded speech or sound. */
export interface InputAudioPart {
    /** Kind of part. */
    type: "input_audio";
    /** The recording. */
    input_audio: {
        /** The file in base64. */
        data: string;
        /** File format; `wav` and `mp3` at OpenAI. */
        format: string;
        [key: string]: any;
    };
    /** Caches the prompt up to here (Anthropic, OpenRouter). */
    cache_control?: CacheControl;
    /** Caches the prompt up to here (OpenAI). */
    prompt_cache_breakpoint?: {
        [key: string]: any;
    };
    [key: string]: any;
}

/** A document, such as a PDF. */
export interface FilePart {
    /** Kind of part. */
    type: "file";
    /** Either `file_data` or `file_id`. */
    file: {
        /** Name of the file. */
        filename?: string;
        /** The file as a `data:` URL. */
        file_data?: string;
        /** Id of a file uploaded to the provider (OpenAI). */
        file_id?: string;
        [key: string]: any;
    };
    /** Caches the prompt up to here (Anthropic, OpenRouter). */
    cache_control?: CacheControl;
    /** Caches the prompt up to here (OpenAI). */
    prompt_cache_breakpoint?: {
        [key: string]: any;
    };
    [key: string]: any;
}

/** A mark up to which the provider caches the prompt. */
export interface CacheControl {
    /** `ephemeral`. */
    type: string;
    /** How long: `5m` (the default) or `1h`. */
    ttl?: string;
    [key: string]: any;
}

/** What the model said when it refused (OpenAI). */
export interface RefusalPart {
    /** Kind of part. */
    type: "refusal";
    /** The refusal. */
    refusal: string;
    [key: string]: any;
}

/** The model's thinking, replayed as it came (Mistral). */
export interface ThinkingPart {
    /** Kind of part. */
    type: "thinking";
    /** The thinking; Mistral sends parts, others a string. */
    thinking: string | {
        [key: string]: any;
    }[];
    /** Signature of the thinking, to be sent back unchanged. */
    signature?: string | null;
    [key: string]: any;
}

/** A call that the model made, replayed in an assistant message; `type` says which kind. */
export type AssistantToolCall = ToolCall | CustomToolCall;

/** A call of a custom tool, whose input is free text (OpenAI). */
export interface CustomToolCall {
    /** Ties the call to its tool message; unique in the conversation. */
    id: string;
    /** Kind of call. */
    type: "custom";
    /** The tool and its input. */
    custom: {
        /** Name of the tool. */
        name: string;
        /** What the model wrote for it. */
        input: string;
        [key: string]: any;
    };
    [key: string]: any;
}

/** A call of a function, replayed in an assistant message. */
export interface ToolCall {
    /** Ties the call to its tool message; unique in the conversation. */
    id: string;
    /** Kind of call. */
    type: "function";
    /** The function and its arguments. */
    function: {
        /** Name of the function. */
        name: string;
        /** The arguments as JSON text. */
        arguments: string;
        [key: string]: any;
    };
    /** Provider data to be sent back unchanged; Google's thought signature. */
    extra_content?: unknown;
    [key: string]: any;
}

/** A tool that the model may call; `type` says which kind. */
export type ChatCompletionTool = FunctionTool | CustomTool;

/** A tool whose input is free text, optionally held to a grammar (OpenAI). */
export interface CustomTool {
    /** Kind of tool. */
    type: "custom";
    /** The tool. */
    custom: {
        /** Name of the tool. */
        name: string;
        /** What the tool does; the model decides by it. */
        description?: string;
        /** Form of the input, free text by default or a grammar. */
        format?: {
            [key: string]: any;
        };
        [key: string]: any;
    };
    [key: string]: any;
}

/** A function that the model may call. */
export interface FunctionTool {
    /** Kind of tool. */
    type: "function";
    /** The function. */
    function: {
        /** Name of the function; at OpenAI at most 64 letters, digits, underscores and hyphens. */
        name: string;
        /** What the function does; the model decides by it. */
        description?: string;
        /** JSON Schema of the arguments, an object schema. Absent, the function takes none. */
        parameters?: {
            [key: string]: any;
        };
        /** Hold the model to the schema exactly (OpenAI). Every object of the schema must then be closed and every property required. Default false. */
        strict?: boolean | null;
        [key: string]: any;
    };
    [key: string]: any;
}

/** `auto`: the model decides. `none`: no call. `required`: at least one call. An object: this tool, or one of these. Groq answers 400 `tool_use_failed` when the model calls in spite of `none`. */
export type ToolChoice = ("none" | "auto" | "required") | NamedToolChoice | CustomToolChoice | AllowedToolsChoice;

/** Forces one function. */
export interface NamedToolChoice {
    /** Kind of choice. */
    type: "function";
    /** The function. */
    function: {
        /** Name of a function in `tools`. */
        name: string;
        [key: string]: any;
    };
    [key: string]: any;
}

/** Forces one custom tool (OpenAI). */
export interface CustomToolChoice {
    /** Kind of choice. */
    type: "custom";
    /** The tool. */
    custom: {
        /** Name of a custom tool in `tools`. */
        name: string;
        [key: string]: any;
    };
    [key: string]: any;
}

/** Restricts the model to some of the tools, which keeps the prompt cache of the whole list (OpenAI). */
export interface AllowedToolsChoice {
    /** Kind of choice. */
    type: "allowed_tools";
    /** The tools and how they may be used. */
    allowed_tools: {
        /** Whether the model has to call one. */
        mode: "auto" | "required";
        /** References to tools in `tools`, such as `{ type: function, function: { name } }`. */
        tools: {
            [key: string]: any;
        }[];
        [key: string]: any;
    };
    [key: string]: any;
}

/** Form of the completion; `type` says which kind. */
export type ResponseFormat = TextResponseFormat | JsonObjectResponseFormat | JsonSchemaResponseFormat;

/** Free text, the default. */
export interface TextResponseFormat {
    /** Kind of format. */
    type: "text";
    [key: string]: any;
}

/** Any JSON object. OpenAI and DeepSeek want the word JSON in the prompt as well. */
export interface JsonObjectResponseFormat {
    /** Kind of format. */
    type: "json_object";
    [key: string]: any;
}

/** JSON that follows a schema. Some providers refuse it, some only together with tools. */
export interface JsonSchemaResponseFormat {
    /** Kind of format. */
    type: "json_schema";
    /** The schema and its name. */
    json_schema: {
        /** Name of the schema; at OpenAI at most 64 letters, digits, underscores and hyphens. */
        name: string;
        /** What the completion is for; the model reads it. */
        description?: string;
        /** JSON Schema of the completion. */
        schema?: {
            [key: string]: any;
        };
        /** Hold the model to the schema exactly (OpenAI). Every object of the schema must then be closed and every property required. Default false. */
        strict?: boolean | null;
        [key: string]: any;
    };
    [key: string]: any;
}

/** A finished completion. Only `choices` is certain. A 200 with an error beside it, or with no choice, is a failure of the provider. */
export interface ChatCompletion {
    /** Id of the completion, given by the provider; Google may leave it out. */
    id?: string | null;
    /** `chat.completion`; some custom providers leave it out. */
    object?: string | null;
    /** Time of creation in seconds since 1970; some providers leave it out. */
    created?: number | null;
    /** The model that answered, as the provider names it. */
    model?: string | null;
    /** The choices, `n` of them; empty beside an error. */
    choices: CompletionChoice[];
    /** Token counts; absent or `null` where the provider does not count. */
    usage?: CompletionUsage | null;
    /** The provider's configuration that answered (OpenAI, Groq, DeepSeek, xAI). */
    system_fingerprint?: string | null;
    /** The tier that answered (OpenAI, Groq). */
    service_tier?: string | null;
    /** Sources in the order of the marks `[1]`, `[2]`; URLs (Perplexity, xAI) or objects. */
    citations?: unknown[] | null;
    /** Pages that the model read (Perplexity). */
    search_results?: SearchResult[] | null;
    /** Pictures that were found (Perplexity). */
    images?: unknown[] | null;
    /** Questions the user might ask next (Perplexity). */
    related_questions?: unknown[] | null;
    /** The provider behind OpenRouter that answered. */
    provider?: string | null;
    /** Groq's own data. */
    x_groq?: GroqData | null;
    /** Tags of a stored completion (OpenAI). */
    metadata?: {
        [key: string]: unknown;
    } | null;
    /** Verdicts on the prompt and the completion (OpenAI). */
    moderation?: {
        [key: string]: unknown;
    } | null;
    /** Token counts by model, for compound models; otherwise `null` (Groq). */
    usage_breakdown?: unknown;
    /** Log probabilities of the prompt's tokens; mostly `null` (Workers AI). */
    prompt_logprobs?: unknown;
    /** An error in spite of status 200 (OpenRouter and others). */
    error?: InlineError;
    [key: string]: unknown;
}

/** One of the completions. */
export interface CompletionChoice {
    /** Position among the choices, from 0; some custom providers leave it out. */
    index?: number | null;
    /** The answer. */
    message: CompletionMessage;
    /** Why the completion ended. */
    finish_reason?: FinishReason;
    /** An empty delta beside the message (Perplexity); without meaning. */
    delta?: ChunkDelta | null;
    /** The token id or the stop sequence that ended the completion; mostly `null` (Workers AI). */
    stop_reason?: unknown;
    /** The reason in the words of the provider behind OpenRouter. */
    native_finish_reason?: string | null;
    /** Log probabilities, if they were asked for. */
    logprobs?: Logprobs | null;
    /** An error of this choice (OpenRouter). */
    error?: InlineError;
    [key: string]: unknown;
}

/** The model's message. */
export interface CompletionMessage {
    /** `assistant`; some providers leave it out or send `""`. */
    role?: string | null;
    /** The text; `null`, absent or `""` beside tool calls. Mistral sends parts when it thinks. */
    content?: AnswerContent;
    /** What the model said when it refused (OpenAI); xAI sends `null`. */
    refusal?: string | null;
    /** The tools that the model calls. They count whatever the finish reason says. */
    tool_calls?: CompletionToolCall[] | null;
    /** The model's thinking (DeepSeek, xAI, Moonshot, Alibaba). */
    reasoning_content?: string | null;
    /** The model's thinking (OpenRouter, Groq, Cerebras, Workers AI). */
    reasoning?: string | null;
    /** Thinking in parts, some signed or encrypted; to be sent back unchanged (OpenRouter). */
    reasoning_details?: ReasoningDetail[] | null;
    /** Marks on the text, such as URL citations (OpenAI, OpenRouter). */
    annotations?: Annotation[] | null;
    /** The spoken answer (OpenAI). */
    audio?: AnswerAudio | null;
    /** Generated pictures (OpenRouter). */
    images?: unknown[] | null;
    /** Sources of this answer, where the provider puts them on the message. */
    citations?: unknown[] | null;
    /** Provider data to be sent back unchanged; Google's thought signature when it comes on the message. */
    extra_content?: unknown;
    [key: string]: unknown;
}

/** The content of an answer. A string nearly always; an array of parts (Mistral); a number, a boolean or an object that was already parsed where a JSON format was asked for (Workers AI and others). */
export type AnswerContent = string | AnswerContentPart[] | number | boolean | {
    [key: string]: unknown;
} | null;

/** A part of an answer's content (Mistral). */
export interface AnswerContentPart {
    /** `text`, `thinking`, `reference` or another kind. */
    type?: string | null;
    /** Text of a `text` part. */
    text?: string | null;
    /** Thinking of a `thinking` part; parts at Mistral, or a string. */
    thinking?: string | ThinkingTextPart[] | null;
    [key: string]: unknown;
}

/** A piece of thinking inside a thinking part (Mistral). */
export interface ThinkingTextPart {
    /** `text`, or `reference`. */
    type?: string | null;
    /** The thinking. */
    text?: string | null;
    [key: string]: unknown;
}

/** A call of a tool in a finished answer. */
export interface CompletionToolCall {
    /** Id of the call; some providers leave it out, send `""` or repeat it. */
    id?: string | null;
    /** Position among the calls; sent by few. */
    index?: number | null;
    /** `function`; missing (Mistral) or `""` means the same. */
    type?: string | null;
    /** The function and its arguments. */
    function?: CalledFunction;
    /** The custom tool and its input, or a piece of them (OpenAI). */
    custom?: CalledCustomTool;
    /** Provider data to be sent back unchanged; Google's thought signature, at times on the first call only. */
    extra_content?: unknown;
    [key: string]: unknown;
}

/** The function that is called, or a fragment of it; `null` in a closing fragment. */
export type CalledFunction = {
    /** Name of the function; in a stream it may come after the first arguments, and be `null` later. */
    name?: string | null;
    /** JSON text; `""` means `{}`. Some providers send the object itself. In a stream a piece of the text. */
    arguments?: string | {
        [key: string]: unknown;
    } | null;
    [key: string]: unknown;
} | null;

/** The custom tool that is called, or a fragment of the call (OpenAI). */
export type CalledCustomTool = {
    /** Name of the tool. */
    name?: string | null;
    /** The input; in a stream a piece of it. */
    input?: string | null;
    [key: string]: unknown;
} | null;

/** OpenAI: `stop`, `length`, `tool_calls`, `content_filter`, `function_call`. Others also: `model_length` (Mistral), `max_tokens`, `end_turn` (Anthropic), `eos`, `insufficient_system_resource` (DeepSeek), `error` (OpenRouter). `null` while the answer goes on. `stop` may stand beside tool calls. */
export type FinishReason = string | null;

/** Log probabilities of the output tokens. */
export interface Logprobs {
    /** One entry for each token of the text. */
    content?: TokenLogprob[] | null;
    /** One entry for each token of the refusal (OpenAI). */
    refusal?: TokenLogprob[] | null;
    [key: string]: unknown;
}

/** Log probability of one token. */
export interface TokenLogprob {
    /** The token as text. */
    token?: string | null;
    /** Natural logarithm of its probability. */
    logprob?: number | null;
    /** The token's UTF-8 bytes. */
    bytes?: number[] | null;
    /** The most likely tokens here, as many as `top_logprobs` asked for; each with token, logprob and bytes. */
    top_logprobs?: {
        [key: string]: unknown;
    }[] | null;
    [key: string]: unknown;
}

/** A part of the thinking (OpenRouter). */
export interface ReasoningDetail {
    /** `reasoning.text`, `reasoning.summary` or `reasoning.encrypted`. */
    type?: string | null;
    /** The thinking. */
    text?: string | null;
    /** A summary of it. */
    summary?: string | null;
    /** The thinking, encrypted. */
    data?: string | null;
    /** The provider's signature. */
    signature?: string | null;
    /** Id of the part. */
    id?: string | null;
    /** The provider's format of the part. */
    format?: string | null;
    /** Position of the part. */
    index?: number | null;
    [key: string]: unknown;
}

/** A mark on the text. */
export interface Annotation {
    /** `url_citation`, or another kind. */
    type?: string | null;
    /** A cited page. */
    url_citation?: {
        /** Its URL. */
        url?: string | null;
        /** Its title. */
        title?: string | null;
        /** First character of the marked text. */
        start_index?: number | null;
        /** Last character of the marked text. */
        end_index?: number | null;
        [key: string]: unknown;
    } | null;
    [key: string]: unknown;
}

/** A page that the model read (Perplexity). */
export interface SearchResult {
    /** Its title. */
    title?: string | null;
    /** Its URL. */
    url?: string | null;
    /** When it was published. */
    date?: string | null;
    /** When it was changed. */
    last_updated?: string | null;
    /** An excerpt. */
    snippet?: string | null;
    /** Where it was found, such as `web`. */
    source?: string | null;
    [key: string]: unknown;
}

/** A spoken completion (OpenAI); in a stream a piece of it. */
export interface AnswerAudio {
    /** Refers to the audio in a later request. */
    id?: string | null;
    /** The sound in base64. */
    data?: string | null;
    /** What is said. */
    transcript?: string | null;
    /** Until when the id is known, in seconds since 1970. */
    expires_at?: number | null;
    [key: string]: unknown;
}

/** Groq's own data about a request. */
export interface GroqData {
    /** Groq's request id. */
    id?: string | null;
    /** The seed that was used. */
    seed?: number | null;
    /** Token counts; older models send them here only. */
    usage?: CompletionUsage | null;
    /** An error of a streamed request. */
    error?: string | null;
    [key: string]: unknown;
}

/** Server-sent events. Each `data:` line carries one ChatCompletionChunk as JSON; `data: [DONE]` ends the stream, though some providers leave it out. Comment lines (`: OPENROUTER PROCESSING`) keep the connection open. An error may come as `event: error` or as a chunk with `error`. */
export type ChatCompletionEventStream = string;

/** One event of a streamed completion. No field is certain. */
export interface ChatCompletionChunk {
    /** Id of the completion, the same in each chunk; Google may leave it out. */
    id?: string | null;
    /** `chat.completion.chunk`; Perplexity ends with `chat.completion.done`; some leave it out. */
    object?: string | null;
    /** Time of creation in seconds since 1970; some providers leave it out. */
    created?: number | null;
    /** The model that answers, as the provider names it. */
    model?: string | null;
    /** The choices that grow; empty, missing or `null` in the chunk with the usage. */
    choices?: ChunkChoice[] | null;
    /** Token counts so far. In the last chunk, or in each one (Perplexity, Alibaba): then cumulative, the last one counts. `null` in the others (OpenAI). */
    usage?: CompletionUsage | null;
    /** The provider's configuration that answers (OpenAI, Groq, DeepSeek, xAI); `null` from Alibaba. */
    system_fingerprint?: string | null;
    /** The tier that answers (OpenAI, Groq). */
    service_tier?: string | null;
    /** Sources in the order of the marks `[1]`, `[2]`; repeated in each chunk (Perplexity). */
    citations?: unknown[] | null;
    /** Pages that the model read; repeated in each chunk (Perplexity). */
    search_results?: SearchResult[] | null;
    /** Pictures that were found (Perplexity). */
    images?: unknown[] | null;
    /** The provider behind OpenRouter that answers. */
    provider?: string | null;
    /** Verdicts on the prompt and the completion (OpenAI). */
    moderation?: {
        [key: string]: unknown;
    } | null;
    /** Padding against traffic analysis (OpenAI); without meaning. */
    obfuscation?: string | null;
    /** Padding against traffic analysis (Workers AI); without meaning. */
    p?: string | null;
    /** Groq's own data; in the last chunk with the usage. */
    x_groq?: GroqData | null;
    /** An error; the stream ends with it. It may stand beside choices (OpenRouter). */
    error?: InlineError;
    [key: string]: unknown;
}

/** What one choice gains with this chunk. */
export interface ChunkChoice {
    /** Which choice; missing means the first. */
    index?: number | null;
    /** What is new; missing or `null` in some closing chunks. */
    delta?: ChunkDelta | null;
    /** The whole message so far, which Perplexity sends beside `delta`. */
    message?: CompletionMessage | null;
    /** Why the completion ended; `null` or missing (xAI, Perplexity) until then, at times repeated. */
    finish_reason?: FinishReason;
    /** The token id or the stop sequence that ended the completion; `null` until then (Workers AI). */
    matched_stop?: unknown;
    /** The reason in the words of the provider behind OpenRouter. */
    native_finish_reason?: string | null;
    /** Log probabilities of the new tokens. */
    logprobs?: Logprobs | null;
    /** An error of this choice (OpenRouter). */
    error?: InlineError;
    [key: string]: unknown;
}

/** New pieces of a completion; text and tool calls may come together. */
export interface ChunkDelta {
    /** `assistant`, in the first chunk or in each; may be missing or `""`. */
    role?: string | null;
    /** New text, or new parts (Mistral). */
    content?: AnswerContent;
    /** New text of a refusal (OpenAI). */
    refusal?: string | null;
    /** New calls or pieces of calls. */
    tool_calls?: ChunkToolCall[] | null;
    /** New thinking (DeepSeek, xAI, Moonshot, Alibaba). */
    reasoning_content?: string | null;
    /** New thinking (OpenRouter, Groq, Cerebras, Workers AI). */
    reasoning?: string | null;
    /** New thinking in parts (OpenRouter). */
    reasoning_details?: ReasoningDetail[] | null;
    /** New marks on the text (OpenAI, OpenRouter). */
    annotations?: Annotation[] | null;
    /** A piece of the spoken answer (OpenAI). */
    audio?: AnswerAudio | null;
    /** Generated pictures (OpenRouter). */
    images?: unknown[] | null;
    /** Sources of this answer, where the provider puts them on the delta. */
    citations?: unknown[] | null;
    /** The channel of new thinking, such as `analysis` (Groq, gpt-oss). */
    channel?: string | null;
    /** Provider data to be sent back unchanged; Google's thought signature when it comes alone. */
    extra_content?: unknown;
    [key: string]: unknown;
}

/** A call or a piece of one. Mistral and Groq send a whole call in one piece. */
export interface ChunkToolCall {
    /** Which call this belongs to. Missing from Google and Mistral; may start at 1; a new id under an old index is a new call. */
    index?: number | null;
    /** Id of the call, in its first piece; `""` or `null` in later ones, repeated in each by some. */
    id?: string | null;
    /** `function`; missing (Mistral) or `""` means the same. */
    type?: string | null;
    /** A piece of the function's name or arguments. */
    function?: CalledFunction;
    /** The custom tool and its input, or a piece of them (OpenAI). */
    custom?: CalledCustomTool;
    /** Provider data to be sent back unchanged; Google's thought signature. */
    extra_content?: unknown;
    [key: string]: unknown;
}

/** Token counts of one request. A count that is absent is unknown, not zero. */
export interface CompletionUsage {
    /** Input tokens. With cached ones, but for xAI (where cached may exceed it) and Anthropic-style counts. */
    prompt_tokens?: number | null;
    /** Output tokens. With thinking, but for xAI, where the total shows the difference. */
    completion_tokens?: number | null;
    /** Input, output and thinking together. */
    total_tokens?: number | null;
    /** What the input tokens consist of. */
    prompt_tokens_details?: {
        /** Read from the provider's prompt cache. */
        cached_tokens?: number | null;
        /** Written to the provider's prompt cache (OpenRouter). */
        cache_write_tokens?: number | null;
        /** Of sound. */
        audio_tokens?: number | null;
        /** Of text (xAI). */
        text_tokens?: number | null;
        /** Of images (xAI). */
        image_tokens?: number | null;
        [key: string]: unknown;
    } | null;
    /** What the output tokens consist of. */
    completion_tokens_details?: {
        /** Of thinking. */
        reasoning_tokens?: number | null;
        /** Of sound. */
        audio_tokens?: number | null;
        /** Of text (OpenAI). */
        text_tokens?: number | null;
        /** Of images (OpenRouter). */
        image_tokens?: number | null;
        /** Taken from `prediction` (OpenAI). */
        accepted_prediction_tokens?: number | null;
        /** Predicted, billed, not used (OpenAI). */
        rejected_prediction_tokens?: number | null;
        [key: string]: unknown;
    } | null;
    /** Input tokens read from the cache (DeepSeek). */
    prompt_cache_hit_tokens?: number | null;
    /** Input tokens not in the cache (DeepSeek). */
    prompt_cache_miss_tokens?: number | null;
    /** Input tokens read from the cache (Mistral). */
    num_cached_tokens?: number | null;
    /** Input tokens read from the cache (Moonshot). */
    cached_tokens?: number | null;
    /** Input tokens read from the cache (Anthropic); not part of the prompt's count. */
    cache_read_input_tokens?: number | null;
    /** Input tokens written to the cache (Anthropic); not part of the prompt's count. */
    cache_creation_input_tokens?: number | null;
    /** Thinking tokens (Perplexity). */
    reasoning_tokens?: number | null;
    /** Tokens of the sources read (Perplexity). */
    citation_tokens?: number | null;
    /** Searches that were made (Perplexity). */
    num_search_queries?: number | null;
    /** The size that applied (Perplexity). */
    search_context_size?: string | null;
    /** Sources that were billed (xAI). */
    num_sources_used?: number | null;
    /** Price in ten-billionths of a US dollar (xAI). */
    cost_in_usd_ticks?: number | null;
    /** Price in US dollars (OpenRouter), or an object with its parts (Perplexity). */
    cost?: number | {
        [key: string]: unknown;
    } | null;
    /** What the provider behind OpenRouter charges, in US dollars (OpenRouter). */
    cost_details?: {
        [key: string]: unknown;
    } | null;
    /** Whether the key was the user's own (OpenRouter). */
    is_byok?: boolean | null;
    /** Neurons that are billed (Workers AI). */
    neurons?: number | null;
    /** Seconds in the queue (Groq). */
    queue_time?: number | null;
    /** Seconds of reading the prompt (Groq). */
    prompt_time?: number | null;
    /** Seconds of generating (Groq). */
    completion_time?: number | null;
    /** Seconds in all (Groq). */
    total_time?: number | null;
    [key: string]: unknown;
}

/** The body of a refused or failed request. The first four are the gateway's own, the fifth is the Cloudflare API's, the others are the providers', passed through. */
export type ErrorBody = GatewayErrorNamedBody | GatewayErrorArrayBody | SpendingLimitErrorBody | GatewayPolicyErrorBody | ApiErrorBody | OpenAIErrorBody | AnthropicErrorBody | GoogleErrorBody | MistralErrorBody | CohereErrorBody | XaiErrorBody;

/** One problem that the gateway or the Cloudflare API names. */
export interface GatewayErrorEntry {
    /** Code of the problem; 2000 to 2999 are the gateway's. */
    code: number;
    /** The problem in words. */
    message: string;
    [key: string]: unknown;
}

/** An error of the gateway. */
export interface GatewayErrorArrayBody {
    /** Always false. */
    success: false;
    /** The problems, mostly one. */
    error: GatewayErrorEntry[];
    /** Without meaning; an empty array. */
    result?: unknown;
    /** Notes; mostly empty. */
    messages?: unknown[];
    [key: string]: unknown;
}

/** An error of the gateway, with its name and codes. */
export interface GatewayErrorNamedBody {
    /** Always false. */
    success: false;
    /** `AiGatewayError`. */
    name: string;
    /** The HTTP status. */
    httpCode?: number;
    /** The gateway's code, as in `error`. */
    internalCode: number;
    /** The problem in words. */
    message?: string;
    /** The problems, mostly one. */
    error?: GatewayErrorEntry[];
    [key: string]: unknown;
}

/** A policy of the gateway denied the call; comes with 403 and no code. */
export interface GatewayPolicyErrorBody {
    /** Always false. */
    success: false;
    /** The problem. */
    error: {
        /** `Access denied by policy`. */
        message: string;
        [key: string]: unknown;
    };
    [key: string]: unknown;
}

/** A spending limit of the gateway is used up; waiting for seconds does not help. */
export interface SpendingLimitErrorBody {
    /** Always false. */
    success: false;
    /** The limit. */
    error: {
        /** `Spending limit exceeded`. */
        message: string;
        /** What the limit counts. */
        bucket?: string;
        /** US dollars spent in the period. */
        spent: number;
        /** US dollars allowed in the period. */
        limit: number;
        [key: string]: unknown;
    };
    [key: string]: unknown;
}

/** An error of the Cloudflare API (`rest`, logs). */
export interface ApiErrorBody {
    /** Always false. */
    success: false;
    /** The problems, mostly one. */
    errors: GatewayErrorEntry[];
    /** Notes; mostly empty. */
    messages?: unknown[];
    /** Without meaning; `null`. */
    result?: unknown;
    [key: string]: unknown;
}

/** What went wrong, in the form of OpenAI and of those who follow it. */
export interface ErrorDetail {
    /** The problem in words. */
    message?: string | null;
    /** Kind of problem, such as `invalid_request_error`. */
    type?: string | null;
    /** The field of the request that is wrong. */
    param?: string | null;
    /** Code of the problem; a text at OpenAI, an HTTP status at OpenRouter and Google. */
    code?: string | number | null;
    /** Kind of problem at Google, such as `INVALID_ARGUMENT`. */
    status?: string | null;
    /** OpenRouter's details, such as the answer of the provider behind it (`raw`). */
    metadata?: unknown;
    [key: string]: unknown;
}

/** An error inside an answer or an event; a text, or an object as in an error body. */
export type InlineError = string | ErrorDetail | null;

/** An error of OpenAI and of those who follow it (Groq, OpenRouter, DeepSeek, Perplexity, Cerebras). */
export interface OpenAIErrorBody {
    /** The problem. */
    error: ErrorDetail;
    [key: string]: unknown;
}

/** An error of Anthropic. `overloaded_error` comes with status 529. */
export interface AnthropicErrorBody {
    /** Always `error`. */
    type: "error";
    /** The problem. */
    error: ErrorDetail;
    /** Anthropic's request id. */
    request_id?: string | null;
    [key: string]: unknown;
}

/** An error of Google, in an array. */
export type GoogleErrorBody = {
    /** The problem. */
    error: ErrorDetail;
    [key: string]: unknown;
}[];

/** An error of Mistral; the second form names fields that are wrong. */
export type MistralErrorBody = {
    /** Always `error`. */
    object: "error";
    /** The problem in words, or an object with `detail`. */
    message: unknown;
    /** Kind of problem. */
    type?: string | null;
    /** The field that is wrong. */
    param?: string | null;
    /** Code of the problem. */
    code?: string | number | null;
    [key: string]: unknown;
} | {
    /** The wrong fields, each with `loc`, `msg` and `type`; or a text. */
    detail: string | {
        [key: string]: unknown;
    }[];
    [key: string]: unknown;
};

/** An error of Cohere. */
export interface CohereErrorBody {
    /** The problem in words. */
    message: string;
    /** Cohere's request id. */
    id?: string | null;
    [key: string]: unknown;
}

/** An error of xAI; other providers send the text alone. */
export interface XaiErrorBody {
    /** Kind of problem in words. */
    code?: string | number | null;
    /** The problem in words. */
    error: string;
    [key: string]: unknown;
}

/** A page of HTML from the edge, not from the gateway or a provider (502, 520 to 524). */
export type HtmlErrorPage = string;

/** The models that the gateway reaches. */
export interface ModelList {
    /** `list`. */
    object?: string | null;
    /** The models, in no documented order. */
    data: Model[];
    [key: string]: unknown;
}

/** A model that the gateway reaches. */
export interface Model {
    /** The model as `model` of a request takes it, `{provider}/{model}`. */
    id: string;
    /** `model`. */
    object?: string | null;
    /** Time of publication in seconds since 1970. */
    created?: number | null;
    /** The provider. */
    owned_by?: string | null;
    /** Price of an input token in US dollars; not always present. */
    cost_in?: number | null;
    /** Price of an output token in US dollars; not always present. */
    cost_out?: number | null;
    [key: string]: unknown;
}

/** What the gateway recorded about one call. */
export interface Log {
    /** Log id, as in the response header `cf-aig-log-id`. Opaque. */
    id: string;
    /** The provider that answered. */
    provider?: string | null;
    /** The model that answered. */
    model?: string | null;
    /** Kind of model, such as `chat`. */
    model_type?: string | null;
    /** Price in US dollars, estimated or by `cf-aig-custom-cost`. */
    cost?: number | null;
    /** Whether own prices applied. */
    custom_cost?: boolean | null;
    /** Input tokens. */
    tokens_in?: number | null;
    /** Output tokens. */
    tokens_out?: number | null;
    /** Whether the answer came from the cache. */
    cached?: boolean | null;
    /** Milliseconds that the call took. */
    duration?: number | null;
    /** HTTP status of the answer. */
    status_code?: number | null;
    /** Whether the call succeeded. */
    success?: boolean | null;
    /** Which fallback step answered; 0 is the first. */
    step?: number | null;
    /** The tags of `cf-aig-metadata`, as an object or as its JSON text. */
    metadata?: FlatMetadata | string | null;
    /** When the call came, RFC 3339. */
    created_at?: string | null;
    /** Path of the request at the provider. */
    path?: string | null;
    /** The caller's own id, from `cf-aig-event-id`. */
    event_id?: string | null;
    /** 1 or -1, if it was given. */
    feedback?: number | null;
    /** 0 to 100, if it was given. */
    score?: number | null;
    /** Kind of request. */
    request_type?: string | null;
    /** Content type of the request. */
    request_content_type?: string | null;
    /** Bytes of the request. */
    request_size?: number | null;
    /** Beginning of the request; absent without payload logging. */
    request_head?: string | null;
    /** Whether `request_head` is the whole request. */
    request_head_complete?: boolean | null;
    /** Content type of the response. */
    response_content_type?: string | null;
    /** Bytes of the response. */
    response_size?: number | null;
    /** Beginning of the response; absent without payload logging. */
    response_head?: string | null;
    /** Whether `response_head` is the whole response. */
    response_head_complete?: boolean | null;
    [key: string]: unknown;
}

/** Tags; nested values are not possible. */
export interface FlatMetadata {
    [key: string]: string | number | boolean;
}

/** A condition on one field of a log. */
export interface LogFilter {
    /** The field: `id`, `created_at`, `request_content_type`, `response_content_type`, `request_type`, `success`, `cached`, `provider`, `model`, `model_type`, `cost`, `tokens`, `tokens_in`, `tokens_out`, `duration`, `feedback`, `event_id`, `metadata.key`, `metadata.value`, `authentication`, `wholesale`, `compatibilityMode` or `dlp_action`. */
    key: string;
    /** How the field is compared with the values. */
    operator: "eq" | "neq" | "contains" | "lt" | "gt";
    /** The values; one of them has to match. */
    value: (string | number | boolean)[];
}

/** Feedback on a log; at least one field. `null` clears a field. */
export interface LogPatch {
    /** Thumbs up or down. */
    feedback?: 1 | -1 | null;
    /** Quality of the completion. */
    score?: number | null;
    /** Tags that replace those of the log. */
    metadata?: FlatMetadata | null;
}

/** A logged body, in the provider's own form. */
export interface LogPayload {
    [key: string]: unknown;
}

/** The Cloudflare API's envelope around one log. */
export interface LogEnvelope {
    /** True with a 200. */
    success: boolean;
    /** Problems; empty with a 200. */
    errors?: GatewayErrorEntry[];
    /** Notes; mostly empty. */
    messages?: unknown[];
    /** The log. */
    result: Log;
    [key: string]: unknown;
}

/** The Cloudflare API's envelope around a page of logs. */
export interface LogListEnvelope {
    /** True with a 200. */
    success: boolean;
    /** Problems; empty with a 200. */
    errors?: GatewayErrorEntry[];
    /** Notes; mostly empty. */
    messages?: unknown[];
    /** The logs of this page. */
    result: Log[];
    /** Where this page stands. */
    result_info?: ResultInfo;
    [key: string]: unknown;
}

/** The Cloudflare API's envelope around the result of a change. */
export interface LogChangeEnvelope {
    /** True with a 200. */
    success: boolean;
    /** Problems; empty with a 200. */
    errors?: GatewayErrorEntry[];
    /** Notes; mostly empty. */
    messages?: unknown[];
    /** Without meaning. */
    result?: unknown;
    [key: string]: unknown;
}

/** Where a page stands among all pages. */
export interface ResultInfo {
    /** The page, counted from 1. */
    page?: number;
    /** Most entries on a page. */
    per_page?: number;
    /** Entries on this page. */
    count?: number;
    /** Entries on all pages. */
    total_count?: number;
    [key: string]: unknown;
}

/** A field of the request body that the spec names. */
export type RequestField =
    | "model"
    | "messages"
    | "temperature"
    | "top_p"
    | "frequency_penalty"
    | "presence_penalty"
    | "logit_bias"
    | "stop"
    | "seed"
    | "logprobs"
    | "top_logprobs"
    | "n"
    | "max_tokens"
    | "max_completion_tokens"
    | "reasoning_effort"
    | "reasoning"
    | "thinking"
    | "extra_body"
    | "verbosity"
    | "modalities"
    | "audio"
    | "prediction"
    | "response_format"
    | "tools"
    | "tool_choice"
    | "parallel_tool_calls"
    | "stream"
    | "stream_options"
    | "service_tier"
    | "store"
    | "metadata"
    | "moderation"
    | "user"
    | "safety_identifier"
    | "prompt_cache_key"
    | "prompt_cache_options"
    | "prompt_cache_retention"
    | "web_search_options";

/** A part of a message's content; `type` says which kind. */
export type ContentPart = UserContentPart | AssistantContentPart;

/** The `cf-aig-*` headers of a chat request; all optional. */
export interface GatewayRequestHeaders extends NonNullable<operations["createChatCompletionCompat"]["parameters"]["header"]> {}

/** A type without its index signatures, at every depth. */
export type KnownFields<T> = T extends (infer Each)[]
    ? KnownFields<Each>[]
    : T extends object
      ? { [Key in keyof T as string extends Key ? never : Key]: KnownFields<T[Key]> }
      : T;
