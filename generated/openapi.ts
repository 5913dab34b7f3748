// generated from spec/openapi.yaml; do not edit

export interface paths {
    "/v1/{account_id}/{gateway_id}/compat/chat/completions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * Cloudflare account id, 32 lowercase hexadecimal characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. The gateway `default` is created automatically by the first authenticated request.
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
         * `model` is `{provider}/{model}`, a dynamic route (`dynamic/{route}`) or the Auto Router (`cloudflare/auto`). Only here and on custom domains can a stored key be selected by its alias. Cloudflare recommends `rest` for new integrations that call a single model; existing ones continue to work. Do not send `Authorization`: the gateway would forward it to the provider in place of the stored key.
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
                 * The gateway that handles the request; if unset, the account's default gateway. `rest` only, where Workers AI models require it.
                 * @example default
                 */
                "cf-aig-gateway-id"?: components["parameters"]["GatewayIdHeader"];
            };
            path: {
                /**
                 * Cloudflare account id, 32 lowercase hexadecimal characters.
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
                 * Cloudflare account id, 32 lowercase hexadecimal characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. The gateway `default` is created automatically by the first authenticated request.
                 * @example default
                 */
                gateway_id: components["parameters"]["GatewayId"];
            };
            cookie?: never;
        };
        /**
         * List models
         * The models available on `compat`, about 2,500. `rest` has no such list: it responds with 405, code 7001.
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
                 * Cloudflare account id, 32 lowercase hexadecimal characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. The gateway `default` is created automatically by the first authenticated request.
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
         * Deletes the logs that match every filter; without a filter, all logs. Needs an API token with the permission AI Gateway Edit.
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
                 * Cloudflare account id, 32 lowercase hexadecimal characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. The gateway `default` is created automatically by the first authenticated request.
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
         * Get a log
         * The log of one request. It becomes available 30 to 60 seconds after the request; until then the response is a 404. Needs an API token with the permission AI Gateway Read.
         */
        get: operations["getLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a log
         * Adds feedback, a score or metadata to a log. Needs an API token with the permission AI Gateway Edit.
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
                 * Cloudflare account id, 32 lowercase hexadecimal characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. The gateway `default` is created automatically by the first authenticated request.
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
         * Get the logged request body
         * The complete request body, as the gateway logged it. Not available when payload logging is off (`cf-aig-collect-log-payload`). Needs an API token with the permission AI Gateway Read.
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
                 * Cloudflare account id, 32 lowercase hexadecimal characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. The gateway `default` is created automatically by the first authenticated request.
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
         * Get the logged response body
         * The complete response body, as the gateway logged it. Not available when payload logging is off (`cf-aig-collect-log-payload`). Needs an API token with the permission AI Gateway Read.
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
        /** A chat completion to create. Fields that are not listed here are passed through to the provider. Omit a field that is not set; do not send `null`. */
        ChatCompletionRequest: {
            /** The model, with its prefix. On `compat`: `{provider}/{model}` (`openai/gpt-4o-mini`, `openrouter/openai/gpt-4o-mini`, `workers-ai/@cf/meta/…`, `custom-{slug}/{model}`, `grok/…` for xAI), a dynamic route `dynamic/{route}`, or the Auto Router `cloudflare/auto`. On `rest`: `{author}/{model}` (`xai/…`, `google/…`), Workers AI as `@cf/{author}/{model}`, a dynamic route, or a model alias `custom/{alias}`. For a model without a prefix the gateway responds with 400, code 2019. */
            model: string;
            /** The conversation so far, oldest message first. */
            messages: components["schemas"]["ChatCompletionRequestMessage"][];
            /** Sampling temperature. The default depends on the provider, usually 1. Anthropic reduces values above 1 to 1; OpenAI's reasoning models reject the field. */
            temperature?: number;
            /** Nucleus sampling, only the tokens that make up this probability mass are considered. The default depends on the provider, usually 1. */
            top_p?: number;
            /** Positive values make a token less likely the more often it has occurred. Default 0. */
            frequency_penalty?: number;
            /** Positive values make a token less likely once it has occurred. Default 0. */
            presence_penalty?: number;
            /** Maps token ids to a bias from -100 (never) to 100 (always) (OpenAI, OpenRouter). */
            logit_bias?: {
                [key: string]: number;
            };
            /** Strings at which the model stops; they are not part of the completion. OpenAI accepts up to 4, other providers more. */
            stop?: string | string[];
            /** Makes sampling deterministic, on a best-effort basis. Mistral calls it `random_seed`. */
            seed?: number;
            /** Whether to return the log probability of each output token. Default false. */
            logprobs?: boolean;
            /** Number of most likely tokens to return at each position; needs `logprobs`. */
            top_logprobs?: number;
            /** Number of completions to generate; each is billed. Default 1; most providers accept only 1. */
            n?: number;
            /** Maximum number of tokens to generate. OpenAI's reasoning models reject it and require `max_completion_tokens`. If unset, the provider's limit applies. */
            max_tokens?: number;
            /** Maximum number of tokens to generate, including reasoning (OpenAI, Anthropic, Cerebras, Groq, xAI). Other providers know only `max_tokens`. */
            max_completion_tokens?: number;
            /**
             * How much a reasoning model reasons. Values differ by provider and model: `none`, `minimal`, `low`, `medium`, `high`, `xhigh`, `max`; Groq also `default`.
             * @example none
             * @example minimal
             * @example low
             * @example medium
             * @example high
             * @example xhigh
             * @example max
             */
            reasoning_effort?: string;
            /** Reasoning settings, `effort` or a budget in `max_tokens`, and `exclude` to leave the reasoning out of the response (OpenRouter). */
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
            /** How verbose the completion should be (OpenAI, gpt-5 and later). Default `medium`. */
            verbosity?: "low" | "medium" | "high";
            /** Kinds of output. Default `["text"]`; `audio` requires the field `audio` (OpenAI), `image` is for OpenRouter. */
            modalities?: ("text" | "audio" | "image")[];
            /** Settings of audio output; required when `modalities` contains `audio` (OpenAI). */
            audio?: {
                /** Name of the voice, or the id of a custom one. */
                voice: string | {
                    /** Id of the custom voice. */
                    id: string;
                    [key: string]: unknown;
                };
                /** Audio format, such as `wav`, `mp3` or `pcm16`; a stream supports only `pcm16`. */
                format: string;
                [key: string]: unknown;
            };
            /** Predicted output. Generation is faster where the completion repeats it (OpenAI). */
            prediction?: {
                /** The kind of prediction. */
                type: "content";
                /** The predicted text. */
                content: string | components["schemas"]["TextPart"][];
                [key: string]: unknown;
            };
            /** Format of the completion. Default `text`. */
            response_format?: components["schemas"]["ResponseFormat"];
            /** Tools that the model may call. Omit the field when there are none. */
            tools?: components["schemas"]["ChatCompletionTool"][];
            /** Whether the model may, must or must not call a tool. Needs `tools`; default `auto`. */
            tool_choice?: components["schemas"]["ToolChoice"];
            /** Whether one completion may contain several tool calls. Needs `tools`; default true. */
            parallel_tool_calls?: boolean;
            /**
             * Whether to respond with an event stream. Streams are not cached by default. With Guardrails or DLP scanning the gateway may respond with a JSON body even so.
             * @default false
             */
            stream?: boolean;
            /** Options of a stream; only together with `stream`. */
            stream_options?: {
                /** Whether to send the token counts in a final chunk with empty `choices`. Default false. */
                include_usage?: boolean;
                /** Whether to pad chunks with `obfuscation` against traffic analysis (OpenAI). Default true. */
                include_obfuscation?: boolean;
                [key: string]: unknown;
            };
            /** Processing tier: `auto`, `default`, `flex`, `priority`, `fast`, `scale` at OpenAI; `on_demand`, `flex` at Groq. */
            service_tier?: string;
            /** Whether the provider stores the completion, for evaluation and distillation (OpenAI). */
            store?: boolean;
            /** Up to 16 tags of a completion stored at the provider (OpenAI). Not the gateway's `cf-aig-metadata`. */
            metadata?: {
                [key: string]: string;
            };
            /** Settings of moderation; the results for prompt and completion are part of the response (OpenAI). */
            moderation?: {
                [key: string]: unknown;
            };
            /**
             * Id of the end user. Superseded at OpenAI by `safety_identifier` and `prompt_cache_key`.
             * @deprecated
             */
            user?: string;
            /** Stable, hashed id of the end user, used to detect abuse (OpenAI). */
            safety_identifier?: string;
            /** Routes requests with a common prefix to the same prompt cache (OpenAI). */
            prompt_cache_key?: string;
            /** How the prompt is cached, in addition to `prompt_cache_breakpoint` on content parts (OpenAI). */
            prompt_cache_options?: {
                [key: string]: unknown;
            };
            /**
             * How long the prompt remains cached, `in_memory` or `24h`. Superseded by `prompt_cache_options` (OpenAI).
             * @deprecated
             * @example in_memory
             * @example 24h
             */
            prompt_cache_retention?: string;
            /** Web search settings (OpenAI's search models, Perplexity). */
            web_search_options?: {
                /** How much context from search results the model gets. Default `medium` (OpenAI), `low` (Perplexity). */
                search_context_size?: "low" | "medium" | "high";
                /** Location of the user. OpenAI accepts `type` and `approximate`, Perplexity `country`, `latitude` and `longitude`. */
                user_location?: {
                    /** Kind of location (OpenAI). */
                    type?: "approximate";
                    /** Approximate location (OpenAI). */
                    approximate?: {
                        /** Name of the city. */
                        city?: string;
                        /** Two-letter ISO 3166-1 code. */
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
        /** Instructions of the developer; OpenAI's reasoning models use it in place of the system message. */
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
            /** The instructions. Workers AI accepts only a string. */
            content: string | components["schemas"]["TextPart"][];
            /** Tells several speakers of one role apart (OpenAI). */
            name?: string;
            [key: string]: unknown;
        };
        /** What the user says or shows. */
        UserMessage: {
            /** The sender's role. */
            role: "user";
            /** A string, or content parts in order. */
            content: string | components["schemas"]["UserContentPart"][];
            /** Tells several speakers of one role apart (OpenAI). */
            name?: string;
            [key: string]: unknown;
        };
        /** An earlier completion of the model. Each of its tool calls needs a tool message directly after it. */
        AssistantMessage: {
            /** The sender's role. */
            role: "assistant";
            /** The text; `null` or absent when there are only tool calls. Workers AI rejects `null` next to tool calls and requires `""`. */
            content?: string | components["schemas"]["AssistantContentPart"][] | null;
            /** Tells several speakers of one role apart (OpenAI). */
            name?: string;
            /** The refusal, if the model refused (OpenAI). */
            refusal?: string | null;
            /** The tools that the model called. */
            tool_calls?: components["schemas"]["AssistantToolCall"][];
            /** Reference to the audio of an earlier completion (OpenAI). */
            audio?: {
                /** Id of the audio. */
                id: string;
                [key: string]: unknown;
            } | null;
            /** The model's reasoning, to be sent back during the tool calls of a turn (DeepSeek, Moonshot). */
            reasoning_content?: string | null;
            /** Signed or encrypted reasoning, to be sent back unchanged (OpenRouter). */
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
            /** The `id` of the tool call that this is the result of. */
            tool_call_id: string;
            /** The result. Every provider accepts a string; OpenAI also accepts text parts, Anthropic images as well. */
            content: string | components["schemas"]["UserContentPart"][];
            /** Name of the tool (Google and Mistral read it). */
            name?: string;
            [key: string]: unknown;
        };
        /**
         * The result of a function call. Superseded by tool messages.
         * @deprecated
         */
        FunctionMessage: {
            /** The sender's role. */
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
            /** Source of the image. */
            image_url: {
                /** An https URL, or the image itself as a `data:` URL. */
                url: string;
                /** Resolution at which the model processes the image (OpenAI). Default `auto`. */
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
        /** Marks the end of the prompt's part that the provider caches. */
        CacheControl: {
            /** `ephemeral`. */
            type: string;
            /** How long it is cached, `5m` (the default) or `1h`. */
            ttl?: string;
            [key: string]: unknown;
        };
        /** A refusal of the model (OpenAI). */
        RefusalPart: {
            /** Kind of part. */
            type: "refusal";
            /** The refusal. */
            refusal: string;
            [key: string]: unknown;
        };
        /** The model's reasoning, to be sent back unchanged (Mistral). */
        ThinkingPart: {
            /** Kind of part. */
            type: "thinking";
            /** The reasoning; Mistral uses content parts, others a string. */
            thinking: string | {
                [key: string]: unknown;
            }[];
            /** Signature of the reasoning, to be sent back unchanged. */
            signature?: string | null;
            [key: string]: unknown;
        };
        /** A tool call in an assistant message; `type` says which kind. */
        AssistantToolCall: components["schemas"]["ToolCall"] | components["schemas"]["CustomToolCall"];
        /** A call of a custom tool, whose input is free text (OpenAI). */
        CustomToolCall: {
            /** Id that the tool message refers to; unique within the conversation. */
            id: string;
            /** Kind of call. */
            type: "custom";
            /** The tool and its input. */
            custom: {
                /** Name of the tool. */
                name: string;
                /** The input, as the model wrote it. */
                input: string;
                [key: string]: unknown;
            };
            [key: string]: unknown;
        };
        /** A function call in an assistant message. */
        ToolCall: {
            /** Id that the tool message refers to; unique within the conversation. */
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
        /** A tool whose input is free text, optionally constrained by a grammar (OpenAI). */
        CustomTool: {
            /** Kind of tool. */
            type: "custom";
            /** The tool. */
            custom: {
                /** Name of the tool. */
                name: string;
                /** What the tool does; the model decides by it. */
                description?: string;
                /** Format of the input, free text (the default) or a grammar. */
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
                /** JSON Schema of the arguments, whose root is an object. If absent, the function has no parameters. */
                parameters?: {
                    [key: string]: unknown;
                };
                /** Hold the model to the schema exactly (OpenAI). Every object of the schema must then be closed and every property required. Default false. */
                strict?: boolean | null;
                [key: string]: unknown;
            };
            [key: string]: unknown;
        };
        /** `auto`: the model decides. `none`: no call. `required`: at least one call. An object: this tool, or one of these tools. Groq responds with 400 `tool_use_failed` if the model makes a call despite `none`. */
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
        /** Restricts the model to some of the tools. `tools` remains unchanged, so the prompt cache remains valid (OpenAI). */
        AllowedToolsChoice: {
            /** Kind of choice. */
            type: "allowed_tools";
            /** The tools, and whether one of them must be called. */
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
        /** Format of the completion; `type` says which kind. */
        ResponseFormat: components["schemas"]["TextResponseFormat"] | components["schemas"]["JsonObjectResponseFormat"] | components["schemas"]["JsonSchemaResponseFormat"];
        /** Text, the default. */
        TextResponseFormat: {
            /** Kind of format. */
            type: "text";
            [key: string]: unknown;
        };
        /** Any JSON object. OpenAI and DeepSeek also require the word JSON in the prompt. */
        JsonObjectResponseFormat: {
            /** Kind of format. */
            type: "json_object";
            [key: string]: unknown;
        };
        /** JSON that conforms to a schema. Some providers reject it, some only together with tools. */
        JsonSchemaResponseFormat: {
            /** Kind of format. */
            type: "json_schema";
            /** The schema and its name. */
            json_schema: {
                /** Name of the schema; at OpenAI at most 64 letters, digits, underscores and hyphens. */
                name: string;
                /** What the output is for; the model reads it. */
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
            /** The values, of which one has to match. */
            value: (string | number | boolean)[];
        };
        /** Feedback on a log; at least one field. `null` clears a field. */
        LogPatch: {
            /** 1 (thumbs up) or -1 (thumbs down). */
            feedback?: 1 | -1 | null;
            /** Quality of the completion, 0 to 100. */
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
        /** The completion. It is an event stream if `stream` is true, unless the gateway buffers the response to scan it. The gateway adds the headers to every response, including errors. */
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
        /** The gateway (2001, 2008, 2019, 2029, 2030, 2040; 2009 was seen too), the Cloudflare API or the provider rejects the request. */
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
        /** A token is missing or invalid, the gateway's (2009) or the Cloudflare API's (9106, 10000); or the provider rejects the stored key. */
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
        /** A rate limit; the gateway's (2003), Unified Billing's (2018) or the provider's. Or a spending limit (2041), which lasts until its period ends. */
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
        /** Any other failure: the provider could not be reached or gave no usable response (2005), is overloaded (529 at Anthropic), or responded with an error of its own. 502 and 520 to 524 may be an HTML page. */
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
        /** A parameter or the body is invalid, or the token is missing (9106). */
        ApiBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** The API token is invalid (10000). */
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
        /** No such log, or not yet; a log becomes available after 30 to 60 seconds. */
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
         * Cloudflare account id, 32 lowercase hexadecimal characters.
         * @example 0123456789abcdef0123456789abcdef
         */
        AccountId: string;
        /**
         * Gateway id. The gateway `default` is created automatically by the first authenticated request.
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
         * Conditions as a JSON array; a log must meet all of them.
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
         * The gateway that handles the request; if unset, the account's default gateway. `rest` only, where Workers AI models require it.
         * @example default
         */
        GatewayIdHeader: string;
        /**
         * How long the gateway caches the response, in seconds, 60 to 2,592,000 (30 days). If unset, the gateway's own setting applies.
         * @example 3600
         */
        CacheTtl: number;
        /**
         * `true` bypasses the cache: the response is neither read from it nor stored in it.
         * @example true
         */
        SkipCache: true;
        /**
         * Cache key used in place of the computed one. If caching is off for the gateway, the response is cached for 5 minutes. Printable ASCII.
         * @example capital-of-france
         */
        CacheKey: string;
        /**
         * Tags for the log: a flat JSON object of at most 5 entries whose values are strings, numbers or booleans, written in ASCII (`\u00e9` for é). Keys that start with `cf.` are reserved. The gateway ignores the whole header if a value is nested, and silently drops entries beyond the fifth.
         * @example {"team":"search","user":42,"trial":false}
         */
        Metadata: string;
        /**
         * Whether to log the request. If unset, the gateway's own setting applies.
         * @example false
         */
        CollectLog: boolean;
        /**
         * `false` logs the request's metadata only, without prompt and response.
         * @example false
         */
        CollectLogPayload: boolean;
        /**
         * How long the gateway waits for the first byte of the provider's response, in milliseconds. It does not limit the rest of a stream.
         * @example 30000
         */
        RequestTimeout: number;
        /**
         * How many attempts the gateway makes, 1 to 5. If the client retries too, the attempts multiply.
         * @example 2
         */
        MaxAttempts: number;
        /**
         * Delay between the gateway's attempts in milliseconds, 100 to 5,000.
         * @example 500
         */
        RetryDelay: number;
        /**
         * How the delay grows between the gateway's attempts.
         * @example exponential
         */
        Backoff: "constant" | "linear" | "exponential";
        /**
         * Your own prices, which the log uses instead of the list prices, in US dollars as a JSON object: `per_token_in` and `per_token_out` with optional `per_cache_read_token` and `per_cache_write_token`, or `total_cost` for the whole request.
         * @example {"per_token_in":0.000001,"per_token_out":0.000002}
         */
        CustomCost: string;
        /**
         * Alias of the provider's stored key to use. Default `default`, the only one that `rest` uses.
         * @example production
         */
        ByokAlias: string;
        /**
         * `true` disables Unified Billing: without a stored key the gateway responds with 400 instead of using Cloudflare's own credentials, at your expense. It has no effect on Workers AI models.
         * @example true
         */
        NoWholesale: true;
        /**
         * Whether to use zero data retention for this request. If unset, the gateway's own setting applies. Unified Billing only; without effect for providers that do not support it (all but OpenAI and Anthropic).
         * @example true
         */
        Zdr: boolean;
        /**
         * Your own id for the request, returned unchanged in the response header of the same name.
         * @example order-4711
         */
        EventId: string;
        /**
         * Id of the OpenTelemetry trace that the gateway's span is added to; 32 hexadecimal characters.
         * @example 4bf92f3577b34da6a3ce929d0e0e4736
         */
        OtelTraceId: string;
        /**
         * Id of the OpenTelemetry span that becomes the parent of the gateway's span; 16 hexadecimal characters.
         * @example 00f067aa0ba902b7
         */
        OtelParentSpanId: string;
        /**
         * Id of the conversation. The Auto Router then uses one model for each turn of it, so that the provider's prompt cache is used. Without an id it chooses a model for each request.
         * @example session-8c1d
         */
        SessionId: string;
        /**
         * Id of the turn that the request belongs to (a user message and the tool calls that follow). If unset, the Auto Router derives the turn from the messages.
         * @example turn-3
         */
        TurnId: string;
        /**
         * With `true` the Auto Router chooses a model for each request, instead of one for each turn of a session.
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
        /** The conversation, the model that continues it, and its settings. */
        ChatCompletion: {
            content: {
                "application/json": components["schemas"]["ChatCompletionRequest"] | KnownFields<ChatCompletionRequest>;
            };
        };
    };
    headers: {
        /**
         * Id of the request's log, to read it or to send feedback. Opaque; UUIDv7 since October 2026, ULID before.
         * @example 019a7c52-4e1b-7c1a-9d7e-5b1f6f0c2a11
         */
        LogId: string;
        /**
         * The gateway's id of the request, for Cloudflare's support.
         * @example 01JCX3W8V4Q0R6T2N9E5H7K1MD
         */
        RequestId: string;
        /**
         * Your own id from the request header of the same name, unchanged.
         * @example order-4711
         */
        EventId: string;
        /**
         * `HIT` if the response came from the cache, `MISS` if it came from the provider. Absent when caching is off.
         * @example MISS
         */
        CacheStatus: string;
        /**
         * Index of the fallback step that responded; 0 is the first.
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
         * @example cost_optimal_within_pool
         */
        RoutingReason: string;
        /**
         * Id of the Auto Router's decision.
         * @example 5b0f3c1e-7a2d-4c8b-9e61-0d4f2a7b9c35
         */
        RoutingDecisionId: string;
        /**
         * Findings of data loss prevention, as JSON with `findings` and `action` (`FLAG` or `BLOCK`).
         * @example {"findings":[],"action":"FLAG"}
         */
        Dlp: string;
        /**
         * Cloudflare's id of the HTTP request.
         * @example 8f0c2b1d4e5a6789-FRA
         */
        Ray: string;
        /**
         * When to retry, in seconds or as an HTTP date; from the gateway or the provider.
         * @example 20
         */
        RetryAfter: string;
        /**
         * The provider's own id of the request.
         * @example req_0a1b2c3d
         */
        ProviderRequestId: string;
        /**
         * Number of requests that the provider allows per period.
         * @example 5000
         */
        RateLimitLimitRequests: string;
        /**
         * Number of tokens that the provider allows per period.
         * @example 2000000
         */
        RateLimitLimitTokens: string;
        /**
         * Number of requests left in the period.
         * @example 4999
         */
        RateLimitRemainingRequests: string;
        /**
         * Number of tokens left in the period.
         * @example 1999960
         */
        RateLimitRemainingTokens: string;
        /**
         * Time until the request limit resets, such as `12ms` or `6m0s`.
         * @example 12ms
         */
        RateLimitResetRequests: string;
        /**
         * Time until the token limit resets, such as `12ms` or `6m0s`.
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
                 * How long the gateway caches the response, in seconds, 60 to 2,592,000 (30 days). If unset, the gateway's own setting applies.
                 * @example 3600
                 */
                "cf-aig-cache-ttl"?: components["parameters"]["CacheTtl"];
                /**
                 * `true` bypasses the cache: the response is neither read from it nor stored in it.
                 * @example true
                 */
                "cf-aig-skip-cache"?: components["parameters"]["SkipCache"];
                /**
                 * Cache key used in place of the computed one. If caching is off for the gateway, the response is cached for 5 minutes. Printable ASCII.
                 * @example capital-of-france
                 */
                "cf-aig-cache-key"?: components["parameters"]["CacheKey"];
                /**
                 * Tags for the log: a flat JSON object of at most 5 entries whose values are strings, numbers or booleans, written in ASCII (`\u00e9` for é). Keys that start with `cf.` are reserved. The gateway ignores the whole header if a value is nested, and silently drops entries beyond the fifth.
                 * @example {"team":"search","user":42,"trial":false}
                 */
                "cf-aig-metadata"?: components["parameters"]["Metadata"];
                /**
                 * Whether to log the request. If unset, the gateway's own setting applies.
                 * @example false
                 */
                "cf-aig-collect-log"?: components["parameters"]["CollectLog"];
                /**
                 * `false` logs the request's metadata only, without prompt and response.
                 * @example false
                 */
                "cf-aig-collect-log-payload"?: components["parameters"]["CollectLogPayload"];
                /**
                 * How long the gateway waits for the first byte of the provider's response, in milliseconds. It does not limit the rest of a stream.
                 * @example 30000
                 */
                "cf-aig-request-timeout"?: components["parameters"]["RequestTimeout"];
                /**
                 * How many attempts the gateway makes, 1 to 5. If the client retries too, the attempts multiply.
                 * @example 2
                 */
                "cf-aig-max-attempts"?: components["parameters"]["MaxAttempts"];
                /**
                 * Delay between the gateway's attempts in milliseconds, 100 to 5,000.
                 * @example 500
                 */
                "cf-aig-retry-delay"?: components["parameters"]["RetryDelay"];
                /**
                 * How the delay grows between the gateway's attempts.
                 * @example exponential
                 */
                "cf-aig-backoff"?: components["parameters"]["Backoff"];
                /**
                 * Your own prices, which the log uses instead of the list prices, in US dollars as a JSON object: `per_token_in` and `per_token_out` with optional `per_cache_read_token` and `per_cache_write_token`, or `total_cost` for the whole request.
                 * @example {"per_token_in":0.000001,"per_token_out":0.000002}
                 */
                "cf-aig-custom-cost"?: components["parameters"]["CustomCost"];
                /**
                 * Alias of the provider's stored key to use. Default `default`, the only one that `rest` uses.
                 * @example production
                 */
                "cf-aig-byok-alias"?: components["parameters"]["ByokAlias"];
                /**
                 * `true` disables Unified Billing: without a stored key the gateway responds with 400 instead of using Cloudflare's own credentials, at your expense. It has no effect on Workers AI models.
                 * @example true
                 */
                "cf-aig-no-wholesale"?: components["parameters"]["NoWholesale"];
                /**
                 * Whether to use zero data retention for this request. If unset, the gateway's own setting applies. Unified Billing only; without effect for providers that do not support it (all but OpenAI and Anthropic).
                 * @example true
                 */
                "cf-aig-zdr"?: components["parameters"]["Zdr"];
                /**
                 * Your own id for the request, returned unchanged in the response header of the same name.
                 * @example order-4711
                 */
                "cf-aig-event-id"?: components["parameters"]["EventId"];
                /**
                 * Id of the OpenTelemetry trace that the gateway's span is added to; 32 hexadecimal characters.
                 * @example 4bf92f3577b34da6a3ce929d0e0e4736
                 */
                "cf-aig-otel-trace-id"?: components["parameters"]["OtelTraceId"];
                /**
                 * Id of the OpenTelemetry span that becomes the parent of the gateway's span; 16 hexadecimal characters.
                 * @example 00f067aa0ba902b7
                 */
                "cf-aig-otel-parent-span-id"?: components["parameters"]["OtelParentSpanId"];
                /**
                 * Id of the conversation. The Auto Router then uses one model for each turn of it, so that the provider's prompt cache is used. Without an id it chooses a model for each request.
                 * @example session-8c1d
                 */
                "cf-aig-session-id"?: components["parameters"]["SessionId"];
                /**
                 * Id of the turn that the request belongs to (a user message and the tool calls that follow). If unset, the Auto Router derives the turn from the messages.
                 * @example turn-3
                 */
                "cf-aig-turn-id"?: components["parameters"]["TurnId"];
                /**
                 * With `true` the Auto Router chooses a model for each request, instead of one for each turn of a session.
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
                 * Cloudflare account id, 32 lowercase hexadecimal characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. The gateway `default` is created automatically by the first authenticated request.
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
                 * How long the gateway caches the response, in seconds, 60 to 2,592,000 (30 days). If unset, the gateway's own setting applies.
                 * @example 3600
                 */
                "cf-aig-cache-ttl"?: components["parameters"]["CacheTtl"];
                /**
                 * `true` bypasses the cache: the response is neither read from it nor stored in it.
                 * @example true
                 */
                "cf-aig-skip-cache"?: components["parameters"]["SkipCache"];
                /**
                 * Cache key used in place of the computed one. If caching is off for the gateway, the response is cached for 5 minutes. Printable ASCII.
                 * @example capital-of-france
                 */
                "cf-aig-cache-key"?: components["parameters"]["CacheKey"];
                /**
                 * Tags for the log: a flat JSON object of at most 5 entries whose values are strings, numbers or booleans, written in ASCII (`\u00e9` for é). Keys that start with `cf.` are reserved. The gateway ignores the whole header if a value is nested, and silently drops entries beyond the fifth.
                 * @example {"team":"search","user":42,"trial":false}
                 */
                "cf-aig-metadata"?: components["parameters"]["Metadata"];
                /**
                 * Whether to log the request. If unset, the gateway's own setting applies.
                 * @example false
                 */
                "cf-aig-collect-log"?: components["parameters"]["CollectLog"];
                /**
                 * `false` logs the request's metadata only, without prompt and response.
                 * @example false
                 */
                "cf-aig-collect-log-payload"?: components["parameters"]["CollectLogPayload"];
                /**
                 * How long the gateway waits for the first byte of the provider's response, in milliseconds. It does not limit the rest of a stream.
                 * @example 30000
                 */
                "cf-aig-request-timeout"?: components["parameters"]["RequestTimeout"];
                /**
                 * How many attempts the gateway makes, 1 to 5. If the client retries too, the attempts multiply.
                 * @example 2
                 */
                "cf-aig-max-attempts"?: components["parameters"]["MaxAttempts"];
                /**
                 * Delay between the gateway's attempts in milliseconds, 100 to 5,000.
                 * @example 500
                 */
                "cf-aig-retry-delay"?: components["parameters"]["RetryDelay"];
                /**
                 * How the delay grows between the gateway's attempts.
                 * @example exponential
                 */
                "cf-aig-backoff"?: components["parameters"]["Backoff"];
                /**
                 * Your own prices, which the log uses instead of the list prices, in US dollars as a JSON object: `per_token_in` and `per_token_out` with optional `per_cache_read_token` and `per_cache_write_token`, or `total_cost` for the whole request.
                 * @example {"per_token_in":0.000001,"per_token_out":0.000002}
                 */
                "cf-aig-custom-cost"?: components["parameters"]["CustomCost"];
                /**
                 * Alias of the provider's stored key to use. Default `default`, the only one that `rest` uses.
                 * @example production
                 */
                "cf-aig-byok-alias"?: components["parameters"]["ByokAlias"];
                /**
                 * `true` disables Unified Billing: without a stored key the gateway responds with 400 instead of using Cloudflare's own credentials, at your expense. It has no effect on Workers AI models.
                 * @example true
                 */
                "cf-aig-no-wholesale"?: components["parameters"]["NoWholesale"];
                /**
                 * Whether to use zero data retention for this request. If unset, the gateway's own setting applies. Unified Billing only; without effect for providers that do not support it (all but OpenAI and Anthropic).
                 * @example true
                 */
                "cf-aig-zdr"?: components["parameters"]["Zdr"];
                /**
                 * Your own id for the request, returned unchanged in the response header of the same name.
                 * @example order-4711
                 */
                "cf-aig-event-id"?: components["parameters"]["EventId"];
                /**
                 * Id of the OpenTelemetry trace that the gateway's span is added to; 32 hexadecimal characters.
                 * @example 4bf92f3577b34da6a3ce929d0e0e4736
                 */
                "cf-aig-otel-trace-id"?: components["parameters"]["OtelTraceId"];
                /**
                 * Id of the OpenTelemetry span that becomes the parent of the gateway's span; 16 hexadecimal characters.
                 * @example 00f067aa0ba902b7
                 */
                "cf-aig-otel-parent-span-id"?: components["parameters"]["OtelParentSpanId"];
                /**
                 * Id of the conversation. The Auto Router then uses one model for each turn of it, so that the provider's prompt cache is used. Without an id it chooses a model for each request.
                 * @example session-8c1d
                 */
                "cf-aig-session-id"?: components["parameters"]["SessionId"];
                /**
                 * Id of the turn that the request belongs to (a user message and the tool calls that follow). If unset, the Auto Router derives the turn from the messages.
                 * @example turn-3
                 */
                "cf-aig-turn-id"?: components["parameters"]["TurnId"];
                /**
                 * With `true` the Auto Router chooses a model for each request, instead of one for each turn of a session.
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
                 * The gateway that handles the request; if unset, the account's default gateway. `rest` only, where Workers AI models require it.
                 * @example default
                 */
                "cf-aig-gateway-id"?: components["parameters"]["GatewayIdHeader"];
                /**
                 * How long the gateway caches the response, in seconds, 60 to 2,592,000 (30 days). If unset, the gateway's own setting applies.
                 * @example 3600
                 */
                "cf-aig-cache-ttl"?: components["parameters"]["CacheTtl"];
                /**
                 * `true` bypasses the cache: the response is neither read from it nor stored in it.
                 * @example true
                 */
                "cf-aig-skip-cache"?: components["parameters"]["SkipCache"];
                /**
                 * Cache key used in place of the computed one. If caching is off for the gateway, the response is cached for 5 minutes. Printable ASCII.
                 * @example capital-of-france
                 */
                "cf-aig-cache-key"?: components["parameters"]["CacheKey"];
                /**
                 * Tags for the log: a flat JSON object of at most 5 entries whose values are strings, numbers or booleans, written in ASCII (`\u00e9` for é). Keys that start with `cf.` are reserved. The gateway ignores the whole header if a value is nested, and silently drops entries beyond the fifth.
                 * @example {"team":"search","user":42,"trial":false}
                 */
                "cf-aig-metadata"?: components["parameters"]["Metadata"];
                /**
                 * Whether to log the request. If unset, the gateway's own setting applies.
                 * @example false
                 */
                "cf-aig-collect-log"?: components["parameters"]["CollectLog"];
                /**
                 * `false` logs the request's metadata only, without prompt and response.
                 * @example false
                 */
                "cf-aig-collect-log-payload"?: components["parameters"]["CollectLogPayload"];
                /**
                 * How long the gateway waits for the first byte of the provider's response, in milliseconds. It does not limit the rest of a stream.
                 * @example 30000
                 */
                "cf-aig-request-timeout"?: components["parameters"]["RequestTimeout"];
                /**
                 * How many attempts the gateway makes, 1 to 5. If the client retries too, the attempts multiply.
                 * @example 2
                 */
                "cf-aig-max-attempts"?: components["parameters"]["MaxAttempts"];
                /**
                 * Delay between the gateway's attempts in milliseconds, 100 to 5,000.
                 * @example 500
                 */
                "cf-aig-retry-delay"?: components["parameters"]["RetryDelay"];
                /**
                 * How the delay grows between the gateway's attempts.
                 * @example exponential
                 */
                "cf-aig-backoff"?: components["parameters"]["Backoff"];
                /**
                 * Your own prices, which the log uses instead of the list prices, in US dollars as a JSON object: `per_token_in` and `per_token_out` with optional `per_cache_read_token` and `per_cache_write_token`, or `total_cost` for the whole request.
                 * @example {"per_token_in":0.000001,"per_token_out":0.000002}
                 */
                "cf-aig-custom-cost"?: components["parameters"]["CustomCost"];
                /**
                 * Alias of the provider's stored key to use. Default `default`, the only one that `rest` uses.
                 * @example production
                 */
                "cf-aig-byok-alias"?: components["parameters"]["ByokAlias"];
                /**
                 * `true` disables Unified Billing: without a stored key the gateway responds with 400 instead of using Cloudflare's own credentials, at your expense. It has no effect on Workers AI models.
                 * @example true
                 */
                "cf-aig-no-wholesale"?: components["parameters"]["NoWholesale"];
                /**
                 * Whether to use zero data retention for this request. If unset, the gateway's own setting applies. Unified Billing only; without effect for providers that do not support it (all but OpenAI and Anthropic).
                 * @example true
                 */
                "cf-aig-zdr"?: components["parameters"]["Zdr"];
                /**
                 * Your own id for the request, returned unchanged in the response header of the same name.
                 * @example order-4711
                 */
                "cf-aig-event-id"?: components["parameters"]["EventId"];
                /**
                 * Id of the OpenTelemetry trace that the gateway's span is added to; 32 hexadecimal characters.
                 * @example 4bf92f3577b34da6a3ce929d0e0e4736
                 */
                "cf-aig-otel-trace-id"?: components["parameters"]["OtelTraceId"];
                /**
                 * Id of the OpenTelemetry span that becomes the parent of the gateway's span; 16 hexadecimal characters.
                 * @example 00f067aa0ba902b7
                 */
                "cf-aig-otel-parent-span-id"?: components["parameters"]["OtelParentSpanId"];
                /**
                 * Id of the conversation. The Auto Router then uses one model for each turn of it, so that the provider's prompt cache is used. Without an id it chooses a model for each request.
                 * @example session-8c1d
                 */
                "cf-aig-session-id"?: components["parameters"]["SessionId"];
                /**
                 * Id of the turn that the request belongs to (a user message and the tool calls that follow). If unset, the Auto Router derives the turn from the messages.
                 * @example turn-3
                 */
                "cf-aig-turn-id"?: components["parameters"]["TurnId"];
                /**
                 * With `true` the Auto Router chooses a model for each request, instead of one for each turn of a session.
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
                 * Cloudflare account id, 32 lowercase hexadecimal characters.
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
                 * Cloudflare account id, 32 lowercase hexadecimal characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. The gateway `default` is created automatically by the first authenticated request.
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
                 * Number of logs per page, 1 to 50.
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
                 * Conditions as a JSON array; a log must meet all of them.
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
                 * Add the minimum and maximum of cost, tokens and duration to `result_info`.
                 * @example true
                 */
                meta_info?: boolean;
            };
            header?: never;
            path: {
                /**
                 * Cloudflare account id, 32 lowercase hexadecimal characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. The gateway `default` is created automatically by the first authenticated request.
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
                 * Conditions as a JSON array; a log must meet all of them.
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
                 * Cloudflare account id, 32 lowercase hexadecimal characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. The gateway `default` is created automatically by the first authenticated request.
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
                 * Cloudflare account id, 32 lowercase hexadecimal characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. The gateway `default` is created automatically by the first authenticated request.
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
                 * Cloudflare account id, 32 lowercase hexadecimal characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. The gateway `default` is created automatically by the first authenticated request.
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
        /** The fields to set; the others remain unchanged. */
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
                 * Cloudflare account id, 32 lowercase hexadecimal characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. The gateway `default` is created automatically by the first authenticated request.
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
                 * Cloudflare account id, 32 lowercase hexadecimal characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * Gateway id. The gateway `default` is created automatically by the first authenticated request.
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

/** A chat completion to create. Fields that are not listed here are passed through to the provider. Omit a field that is not set; do not send `null`. */
export interface ChatCompletionRequest {
    /** The model, with its prefix. On `compat`: `{provider}/{model}` (`openai/gpt-4o-mini`, `openrouter/openai/gpt-4o-mini`, `workers-ai/@cf/meta/…`, `custom-{slug}/{model}`, `grok/…` for xAI), a dynamic route `dynamic/{route}`, or the Auto Router `cloudflare/auto`. On `rest`: `{author}/{model}` (`xai/…`, `google/…`), Workers AI as `@cf/{author}/{model}`, a dynamic route, or a model alias `custom/{alias}`. For a model without a prefix the gateway responds with 400, code 2019. */
    model: string;
    /** The conversation so far, oldest message first. */
    messages: ChatCompletionRequestMessage[];
    /** Sampling temperature. The default depends on the provider, usually 1. Anthropic reduces values above 1 to 1; OpenAI's reasoning models reject the field. */
    temperature?: number;
    /** Nucleus sampling, only the tokens that make up this probability mass are considered. The default depends on the provider, usually 1. */
    top_p?: number;
    /** Positive values make a token less likely the more often it has occurred. Default 0. */
    frequency_penalty?: number;
    /** Positive values make a token less likely once it has occurred. Default 0. */
    presence_penalty?: number;
    /** Maps token ids to a bias from -100 (never) to 100 (always) (OpenAI, OpenRouter). */
    logit_bias?: {
        [key: string]: number;
    };
    /** Strings at which the model stops; they are not part of the completion. OpenAI accepts up to 4, other providers more. */
    stop?: string | string[];
    /** Makes sampling deterministic, on a best-effort basis. Mistral calls it `random_seed`. */
    seed?: number;
    /** Whether to return the log probability of each output token. Default false. */
    logprobs?: boolean;
    /** Number of most likely tokens to return at each position; needs `logprobs`. */
    top_logprobs?: number;
    /** Number of completions to generate; each is billed. Default 1; most providers accept only 1. */
    n?: number;
    /** Maximum number of tokens to generate. OpenAI's reasoning models reject it and require `max_completion_tokens`. If unset, the provider's limit applies. */
    max_tokens?: number;
    /** Maximum number of tokens to generate, including reasoning (OpenAI, Anthropic, Cerebras, Groq, xAI). Other providers know only `max_tokens`. */
    max_completion_tokens?: number;
    /**
     * How much a reasoning model reasons. Values differ by provider and model: `none`, `minimal`, `low`, `medium`, `high`, `xhigh`, `max`; Groq also `default`.
     * @example none
     * @example minimal
     * @example low
     * @example medium
     * @example high
     * @example xhigh
     * @example max
     */
    reasoning_effort?: string;
    /** Reasoning settings, `effort` or a budget in `max_tokens`, and `exclude` to leave the reasoning out of the response (OpenRouter). */
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
    /** How verbose the completion should be (OpenAI, gpt-5 and later). Default `medium`. */
    verbosity?: "low" | "medium" | "high";
    /** Kinds of output. Default `["text"]`; `audio` requires the field `audio` (OpenAI), `image` is for OpenRouter. */
    modalities?: ("text" | "audio" | "image")[];
    /** Settings of audio output; required when `modalities` contains `audio` (OpenAI). */
    audio?: {
        /** Name of the voice, or the id of a custom one. */
        voice: string | {
            /** Id of the custom voice. */
            id: string;
            [key: string]: any;
        };
        /** Audio format, such as `wav`, `mp3` or `pcm16`; a stream supports only `pcm16`. */
        format: string;
        [key: string]: any;
    };
    /** Predicted output. Generation is faster where the completion repeats it (OpenAI). */
    prediction?: {
        /** The kind of prediction. */
        type: "content";
        /** The predicted text. */
        content: string | TextPart[];
        [key: string]: any;
    };
    /** Format of the completion. Default `text`. */
    response_format?: ResponseFormat;
    /** Tools that the model may call. Omit the field when there are none. */
    tools?: ChatCompletionTool[];
    /** Whether the model may, must or must not call a tool. Needs `tools`; default `auto`. */
    tool_choice?: ToolChoice;
    /** Whether one completion may contain several tool calls. Needs `tools`; default true. */
    parallel_tool_calls?: boolean;
    /**
     * Whether to respond with an event stream. Streams are not cached by default. With Guardrails or DLP scanning the gateway may respond with a JSON body even so.
     * @default false
     */
    stream?: boolean;
    /** Options of a stream; only together with `stream`. */
    stream_options?: {
        /** Whether to send the token counts in a final chunk with empty `choices`. Default false. */
        include_usage?: boolean;
        /** Whether to pad chunks with `obfuscation` against traffic analysis (OpenAI). Default true. */
        include_obfuscation?: boolean;
        [key: string]: any;
    };
    /** Processing tier: `auto`, `default`, `flex`, `priority`, `fast`, `scale` at OpenAI; `on_demand`, `flex` at Groq. */
    service_tier?: string;
    /** Whether the provider stores the completion, for evaluation and distillation (OpenAI). */
    store?: boolean;
    /** Up to 16 tags of a completion stored at the provider (OpenAI). Not the gateway's `cf-aig-metadata`. */
    metadata?: {
        [key: string]: string;
    };
    /** Settings of moderation; the results for prompt and completion are part of the response (OpenAI). */
    moderation?: {
        [key: string]: any;
    };
    /**
     * Id of the end user. Superseded at OpenAI by `safety_identifier` and `prompt_cache_key`.
     * @deprecated
     */
    user?: string;
    /** Stable, hashed id of the end user, used to detect abuse (OpenAI). */
    safety_identifier?: string;
    /** Routes requests with a common prefix to the same prompt cache (OpenAI). */
    prompt_cache_key?: string;
    /** How the prompt is cached, in addition to `prompt_cache_breakpoint` on content parts (OpenAI). */
    prompt_cache_options?: {
        [key: string]: any;
    };
    /**
     * How long the prompt remains cached, `in_memory` or `24h`. Superseded by `prompt_cache_options` (OpenAI).
     * @deprecated
     * @example in_memory
     * @example 24h
     */
    prompt_cache_retention?: string;
    /** Web search settings (OpenAI's search models, Perplexity). */
    web_search_options?: {
        /** How much context from search results the model gets. Default `medium` (OpenAI), `low` (Perplexity). */
        search_context_size?: "low" | "medium" | "high";
        /** Location of the user. OpenAI accepts `type` and `approximate`, Perplexity `country`, `latitude` and `longitude`. */
        user_location?: {
            /** Kind of location (OpenAI). */
            type?: "approximate";
            /** Approximate location (OpenAI). */
            approximate?: {
                /** Name of the city. */
                city?: string;
                /** Two-letter ISO 3166-1 code. */
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

/** Instructions of the developer; OpenAI's reasoning models use it in place of the system message. */
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
    /** The instructions. Workers AI accepts only a string. */
    content: string | TextPart[];
    /** Tells several speakers of one role apart (OpenAI). */
    name?: string;
    [key: string]: any;
}

/** What the user says or shows. */
export interface UserMessage {
    /** The sender's role. */
    role: "user";
    /** A string, or content parts in order. */
    content: string | UserContentPart[];
    /** Tells several speakers of one role apart (OpenAI). */
    name?: string;
    [key: string]: any;
}

/** An earlier completion of the model. Each of its tool calls needs a tool message directly after it. */
export interface AssistantMessage {
    /** The sender's role. */
    role: "assistant";
    /** The text; `null` or absent when there are only tool calls. Workers AI rejects `null` next to tool calls and requires `""`. */
    content?: string | AssistantContentPart[] | null;
    /** Tells several speakers of one role apart (OpenAI). */
    name?: string;
    /** The refusal, if the model refused (OpenAI). */
    refusal?: string | null;
    /** The tools that the model called. */
    tool_calls?: AssistantToolCall[];
    /** Reference to the audio of an earlier completion (OpenAI). */
    audio?: {
        /** Id of the audio. */
        id: string;
        [key: string]: any;
    } | null;
    /** The model's reasoning, to be sent back during the tool calls of a turn (DeepSeek, Moonshot). */
    reasoning_content?: string | null;
    /** Signed or encrypted reasoning, to be sent back unchanged (OpenRouter). */
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
    /** The `id` of the tool call that this is the result of. */
    tool_call_id: string;
    /** The result. Every provider accepts a string; OpenAI also accepts text parts, Anthropic images as well. */
    content: string | UserContentPart[];
    /** Name of the tool (Google and Mistral read it). */
    name?: string;
    [key: string]: any;
}

/**
 * The result of a function call. Superseded by tool messages.
 * @deprecated
 */
export interface FunctionMessage {
    /** The sender's role. */
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
    /** Source of the image. */
    image_url: {
        /** An https URL, or the image itself as a `data:` URL. */
        url: string;
        /** Resolution at which the model processes the image (OpenAI). Default `auto`. */
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

/** Marks the end of the prompt's part that the provider caches. */
export interface CacheControl {
    /** `ephemeral`. */
    type: string;
    /** How long it is cached, `5m` (the default) or `1h`. */
    ttl?: string;
    [key: string]: any;
}

/** A refusal of the model (OpenAI). */
export interface RefusalPart {
    /** Kind of part. */
    type: "refusal";
    /** The refusal. */
    refusal: string;
    [key: string]: any;
}

/** The model's reasoning, to be sent back unchanged (Mistral). */
export interface ThinkingPart {
    /** Kind of part. */
    type: "thinking";
    /** The reasoning; Mistral uses content parts, others a string. */
    thinking: string | {
        [key: string]: any;
    }[];
    /** Signature of the reasoning, to be sent back unchanged. */
    signature?: string | null;
    [key: string]: any;
}

/** A tool call in an assistant message; `type` says which kind. */
export type AssistantToolCall = ToolCall | CustomToolCall;

/** A call of a custom tool, whose input is free text (OpenAI). */
export interface CustomToolCall {
    /** Id that the tool message refers to; unique within the conversation. */
    id: string;
    /** Kind of call. */
    type: "custom";
    /** The tool and its input. */
    custom: {
        /** Name of the tool. */
        name: string;
        /** The input, as the model wrote it. */
        input: string;
        [key: string]: any;
    };
    [key: string]: any;
}

/** A function call in an assistant message. */
export interface ToolCall {
    /** Id that the tool message refers to; unique within the conversation. */
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

/** A tool whose input is free text, optionally constrained by a grammar (OpenAI). */
export interface CustomTool {
    /** Kind of tool. */
    type: "custom";
    /** The tool. */
    custom: {
        /** Name of the tool. */
        name: string;
        /** What the tool does; the model decides by it. */
        description?: string;
        /** Format of the input, free text (the default) or a grammar. */
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
        /** JSON Schema of the arguments, whose root is an object. If absent, the function has no parameters. */
        parameters?: {
            [key: string]: any;
        };
        /** Hold the model to the schema exactly (OpenAI). Every object of the schema must then be closed and every property required. Default false. */
        strict?: boolean | null;
        [key: string]: any;
    };
    [key: string]: any;
}

/** `auto`: the model decides. `none`: no call. `required`: at least one call. An object: this tool, or one of these tools. Groq responds with 400 `tool_use_failed` if the model makes a call despite `none`. */
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

/** Restricts the model to some of the tools. `tools` remains unchanged, so the prompt cache remains valid (OpenAI). */
export interface AllowedToolsChoice {
    /** Kind of choice. */
    type: "allowed_tools";
    /** The tools, and whether one of them must be called. */
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

/** Format of the completion; `type` says which kind. */
export type ResponseFormat = TextResponseFormat | JsonObjectResponseFormat | JsonSchemaResponseFormat;

/** Text, the default. */
export interface TextResponseFormat {
    /** Kind of format. */
    type: "text";
    [key: string]: any;
}

/** Any JSON object. OpenAI and DeepSeek also require the word JSON in the prompt. */
export interface JsonObjectResponseFormat {
    /** Kind of format. */
    type: "json_object";
    [key: string]: any;
}

/** JSON that conforms to a schema. Some providers reject it, some only together with tools. */
export interface JsonSchemaResponseFormat {
    /** Kind of format. */
    type: "json_schema";
    /** The schema and its name. */
    json_schema: {
        /** Name of the schema; at OpenAI at most 64 letters, digits, underscores and hyphens. */
        name: string;
        /** What the output is for; the model reads it. */
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

/** A finished completion. Only `choices` is always present. A response with status 200 that contains an error or no choice is a failure of the provider. */
export interface ChatCompletion {
    /** Id of the completion, given by the provider; Google may leave it out. */
    id?: string | null;
    /** `chat.completion`; some custom providers leave it out. */
    object?: string | null;
    /** Time of creation in seconds since 1970; some providers leave it out. */
    created?: number | null;
    /** The model that responded, as the provider names it. */
    model?: string | null;
    /** The choices, as many as `n`; empty next to an error. */
    choices: CompletionChoice[];
    /** Token counts; absent or `null` where the provider does not count. */
    usage?: CompletionUsage | null;
    /** Fingerprint of the provider's backend configuration (OpenAI, Cerebras, DeepSeek, Groq, xAI). */
    system_fingerprint?: string | null;
    /** The processing tier that was used (OpenAI, Groq). */
    service_tier?: string | null;
    /** Sources in the order of the references `[1]`, `[2]` in the text; URLs (Perplexity, xAI) or objects. */
    citations?: unknown[] | null;
    /** Pages that the model read (Perplexity). */
    search_results?: SearchResult[] | null;
    /** Images that were found (Perplexity). */
    images?: unknown[] | null;
    /** Suggested follow-up questions (Perplexity). */
    related_questions?: unknown[] | null;
    /** The provider behind OpenRouter that responded. */
    provider?: string | null;
    /** Groq's own data. */
    x_groq?: GroqData | null;
    /** Tags of a stored completion (OpenAI). */
    metadata?: {
        [key: string]: unknown;
    } | null;
    /** Moderation results for the prompt and the completion (OpenAI). */
    moderation?: {
        [key: string]: unknown;
    } | null;
    /** Seconds spent in the queue, on the prompt and on the completion (Cerebras). */
    time_info?: {
        [key: string]: unknown;
    } | null;
    /** Token counts per model for compound models, otherwise `null` (Groq). */
    usage_breakdown?: unknown;
    /** Log probabilities of the prompt's tokens; usually `null` (Workers AI). */
    prompt_logprobs?: unknown;
    /** An error despite status 200 (OpenRouter and others). */
    error?: InlineError;
    [key: string]: unknown;
}

/** One of the completions. */
export interface CompletionChoice {
    /** Position among the choices, from 0; some custom providers leave it out. */
    index?: number | null;
    /** The model's message. */
    message: CompletionMessage;
    /** Why the completion ended. */
    finish_reason?: FinishReason;
    /** An empty delta next to the message (Perplexity); carries no information. */
    delta?: ChunkDelta | null;
    /** The token id or the stop sequence that ended the completion; usually `null` (Workers AI). */
    stop_reason?: unknown;
    /** The finish reason as the provider behind OpenRouter reported it. */
    native_finish_reason?: string | null;
    /** Log probabilities, if requested. */
    logprobs?: Logprobs | null;
    /** An error of this choice (OpenRouter). */
    error?: InlineError;
    [key: string]: unknown;
}

/** The model's message. */
export interface CompletionMessage {
    /** `assistant`; some providers leave it out or send `""`. */
    role?: string | null;
    /** The text; `null`, absent or `""` next to tool calls. Mistral's reasoning models send content parts. */
    content?: AnswerContent;
    /** The refusal, if the model refused (OpenAI); xAI sends `null`. */
    refusal?: string | null;
    /** The tool calls. They are valid whatever the finish reason says. */
    tool_calls?: CompletionToolCall[] | null;
    /** The model's reasoning (DeepSeek, xAI, Moonshot, Alibaba). */
    reasoning_content?: string | null;
    /** The model's reasoning (OpenRouter, Groq, Cerebras, Workers AI). */
    reasoning?: string | null;
    /** The reasoning in parts, some signed or encrypted; to be sent back unchanged (OpenRouter). */
    reasoning_details?: ReasoningDetail[] | null;
    /** Annotations of the text, such as URL citations (OpenAI, OpenRouter). */
    annotations?: Annotation[] | null;
    /** The generated audio (OpenAI). */
    audio?: AnswerAudio | null;
    /** Generated images (OpenRouter). */
    images?: unknown[] | null;
    /** Sources, from providers that send them on the message. */
    citations?: unknown[] | null;
    /** Provider data to be sent back unchanged; Google's thought signature when it comes on the message. */
    extra_content?: unknown;
    [key: string]: unknown;
}

/** The content of a completion. Nearly always a string; an array of content parts (Mistral); or, if a JSON format was requested, a number, a boolean or an object that is already parsed (Workers AI and others). */
export type AnswerContent = string | AnswerContentPart[] | number | boolean | {
    [key: string]: unknown;
} | null;

/** A content part of a completion (Mistral). */
export interface AnswerContentPart {
    /** `text`, `thinking`, `reference` or another kind. */
    type?: string | null;
    /** Text of a `text` part. */
    text?: string | null;
    /** Reasoning of a `thinking` part; content parts from Mistral, otherwise a string. */
    thinking?: string | ThinkingTextPart[] | null;
    [key: string]: unknown;
}

/** A part of the reasoning in a `thinking` part (Mistral). */
export interface ThinkingTextPart {
    /** `text`, or `reference`. */
    type?: string | null;
    /** The reasoning. */
    text?: string | null;
    [key: string]: unknown;
}

/** A tool call in a finished completion. */
export interface CompletionToolCall {
    /** Id of the call; some providers leave it out, send `""` or use it twice. */
    id?: string | null;
    /** Position among the calls; few providers send it. */
    index?: number | null;
    /** `function`; missing (Mistral) or `""` means the same. */
    type?: string | null;
    /** The function and its arguments. */
    function?: CalledFunction;
    /** The custom tool and its input; in a stream, a fragment of them (OpenAI). */
    custom?: CalledCustomTool;
    /** Provider data to be sent back unchanged; Google's thought signature, sometimes on the first call only. */
    extra_content?: unknown;
    [key: string]: unknown;
}

/** The function that is called, or a fragment of it; `null` in a closing fragment. */
export type CalledFunction = {
    /** Name of the function; in a stream it may arrive after the first arguments, and be `null` later. */
    name?: string | null;
    /** The arguments as JSON text, in a stream a fragment of it; `""` means `{}`. Some providers send the object itself. */
    arguments?: string | {
        [key: string]: unknown;
    } | null;
    [key: string]: unknown;
} | null;

/** The custom tool that is called, or a fragment of the call (OpenAI). */
export type CalledCustomTool = {
    /** Name of the tool. */
    name?: string | null;
    /** The input; in a stream, a fragment of it. */
    input?: string | null;
    [key: string]: unknown;
} | null;

/** OpenAI: `stop`, `length`, `tool_calls`, `content_filter`, `function_call`. Others also: `model_length` (Mistral), `max_tokens`, `end_turn` (Anthropic), `eos`, `insufficient_system_resource` (DeepSeek), `error` (OpenRouter). `null` until the completion ends. `stop` may come with tool calls. */
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
    /** The most likely tokens at this position, as many as `top_logprobs` requests; each with `token`, `logprob` and `bytes`. */
    top_logprobs?: {
        [key: string]: unknown;
    }[] | null;
    [key: string]: unknown;
}

/** A part of the reasoning (OpenRouter). */
export interface ReasoningDetail {
    /** `reasoning.text`, `reasoning.summary` or `reasoning.encrypted`. */
    type?: string | null;
    /** The reasoning. */
    text?: string | null;
    /** A summary of the reasoning. */
    summary?: string | null;
    /** The encrypted reasoning. */
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

/** An annotation of the text. */
export interface Annotation {
    /** `url_citation`, or another kind. */
    type?: string | null;
    /** A cited page. */
    url_citation?: {
        /** Its URL. */
        url?: string | null;
        /** Its title. */
        title?: string | null;
        /** Index of the first character of the annotated text. */
        start_index?: number | null;
        /** Index of the last character of the annotated text. */
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

/** Generated audio (OpenAI); in a stream, a fragment of it. */
export interface AnswerAudio {
    /** Id of the audio, for later requests. */
    id?: string | null;
    /** The audio in base64. */
    data?: string | null;
    /** Transcript of the audio. */
    transcript?: string | null;
    /** When the id expires, in seconds since 1970. */
    expires_at?: number | null;
    [key: string]: unknown;
}

/** Groq's own data about the request. */
export interface GroqData {
    /** Groq's request id. */
    id?: string | null;
    /** The seed that was used. */
    seed?: number | null;
    /** Token counts; older models send them here only. */
    usage?: CompletionUsage | null;
    /** The error of a failed stream. */
    error?: string | null;
    [key: string]: unknown;
}

/** Server-sent events. Each `data:` line carries one ChatCompletionChunk as JSON; `data: [DONE]` ends the stream, though some providers leave it out. Comment lines (`: OPENROUTER PROCESSING`) keep the connection alive. An error may be sent as `event: error` or as a chunk with `error`. */
export type ChatCompletionEventStream = string;

/** One event of a streamed completion. Any field may be missing. */
export interface ChatCompletionChunk {
    /** Id of the completion, the same in each chunk; Google may leave it out. */
    id?: string | null;
    /** `chat.completion.chunk`; Perplexity ends with `chat.completion.done`; some leave it out. */
    object?: string | null;
    /** Time of creation in seconds since 1970; some providers leave it out. */
    created?: number | null;
    /** The model that responds, as the provider names it. */
    model?: string | null;
    /** What the choices gain with this chunk; empty, missing or `null` in the chunk with the usage. */
    choices?: ChunkChoice[] | null;
    /** Token counts, in the last chunk, otherwise `null` (OpenAI). In each chunk from Perplexity and Alibaba; these are cumulative, so the last one counts. */
    usage?: CompletionUsage | null;
    /** Fingerprint of the provider's backend configuration (OpenAI, Cerebras, DeepSeek, Groq, xAI); `null` from Alibaba. */
    system_fingerprint?: string | null;
    /** The processing tier that is used (OpenAI, Groq). */
    service_tier?: string | null;
    /** Sources in the order of the references `[1]`, `[2]` in the text; repeated in each chunk (Perplexity). */
    citations?: unknown[] | null;
    /** Pages that the model read; repeated in each chunk (Perplexity). */
    search_results?: SearchResult[] | null;
    /** Images that were found (Perplexity). */
    images?: unknown[] | null;
    /** The provider behind OpenRouter that responds. */
    provider?: string | null;
    /** Moderation results for the prompt and the completion (OpenAI). */
    moderation?: {
        [key: string]: unknown;
    } | null;
    /** Padding against traffic analysis (OpenAI); carries no information. */
    obfuscation?: string | null;
    /** Seconds spent in the queue, on the prompt and on the completion; in the last chunk (Cerebras). */
    time_info?: {
        [key: string]: unknown;
    } | null;
    /** Padding against traffic analysis (Workers AI); carries no information. */
    p?: string | null;
    /** Groq's own data; in the last chunk with the usage. */
    x_groq?: GroqData | null;
    /** An error, which ends the stream. It may come with choices (OpenRouter). */
    error?: InlineError;
    [key: string]: unknown;
}

/** What one choice gains with this chunk. */
export interface ChunkChoice {
    /** Index of the choice; if missing, the first. */
    index?: number | null;
    /** What is new; missing or `null` in some closing chunks. */
    delta?: ChunkDelta | null;
    /** The whole message so far, which Perplexity sends in addition to `delta`. */
    message?: CompletionMessage | null;
    /** Why the completion ended; `null` or missing (xAI, Perplexity) until then, sometimes repeated. */
    finish_reason?: FinishReason;
    /** The token id or the stop sequence that ended the completion; `null` until then (Workers AI). */
    matched_stop?: unknown;
    /** The finish reason as the provider behind OpenRouter reported it. */
    native_finish_reason?: string | null;
    /** Log probabilities of the new tokens. */
    logprobs?: Logprobs | null;
    /** An error of this choice (OpenRouter). */
    error?: InlineError;
    [key: string]: unknown;
}

/** New fragments of a completion; text and tool calls may come together. */
export interface ChunkDelta {
    /** `assistant`, in the first chunk or in each; may be missing or `""`. */
    role?: string | null;
    /** New text, or new content parts (Mistral). */
    content?: AnswerContent;
    /** New text of a refusal (OpenAI). */
    refusal?: string | null;
    /** New tool calls, or fragments of them. */
    tool_calls?: ChunkToolCall[] | null;
    /** New reasoning (DeepSeek, xAI, Moonshot, Alibaba). */
    reasoning_content?: string | null;
    /** New reasoning (OpenRouter, Groq, Cerebras, Workers AI). */
    reasoning?: string | null;
    /** New reasoning in parts (OpenRouter). */
    reasoning_details?: ReasoningDetail[] | null;
    /** New annotations of the text (OpenAI, OpenRouter). */
    annotations?: Annotation[] | null;
    /** The next part of the generated audio (OpenAI). */
    audio?: AnswerAudio | null;
    /** Generated images (OpenRouter). */
    images?: unknown[] | null;
    /** Sources, from providers that send them on the delta. */
    citations?: unknown[] | null;
    /** The channel of new reasoning, such as `analysis` (Groq, gpt-oss). */
    channel?: string | null;
    /** Provider data to be sent back unchanged; Google's thought signature when it comes without a tool call. */
    extra_content?: unknown;
    [key: string]: unknown;
}

/** A tool call, or a fragment of one. Mistral and Groq send each call as a whole. */
export interface ChunkToolCall {
    /** Which call this belongs to. Google and Mistral leave it out; it may start at 1. A new id under a known index starts a new call. */
    index?: number | null;
    /** Id of the call, in its first fragment; `""` or `null` in later ones. Some providers repeat it. */
    id?: string | null;
    /** `function`; missing (Mistral) or `""` means the same. */
    type?: string | null;
    /** The function's name, or a fragment of its arguments. */
    function?: CalledFunction;
    /** The custom tool and its input; in a stream, a fragment of them (OpenAI). */
    custom?: CalledCustomTool;
    /** Provider data to be sent back unchanged; Google's thought signature. */
    extra_content?: unknown;
    [key: string]: unknown;
}

/** Token counts of one request. A count that is absent is unknown, not zero. */
export interface CompletionUsage {
    /** Input tokens. They include cached tokens, except from xAI (where the cached tokens may exceed them) and in Anthropic's own format. */
    prompt_tokens?: number | null;
    /** Output tokens. They include reasoning, except from xAI, where the total shows the difference. */
    completion_tokens?: number | null;
    /** Input, output and reasoning together. */
    total_tokens?: number | null;
    /** What the input tokens consist of. */
    prompt_tokens_details?: {
        /** Tokens read from the provider's prompt cache. */
        cached_tokens?: number | null;
        /** Tokens written to the provider's prompt cache (OpenRouter). */
        cache_write_tokens?: number | null;
        /** Of sound. */
        audio_tokens?: number | null;
        /** Text tokens (xAI). */
        text_tokens?: number | null;
        /** Image tokens (xAI). */
        image_tokens?: number | null;
        [key: string]: unknown;
    } | null;
    /** What the output tokens consist of. */
    completion_tokens_details?: {
        /** Reasoning tokens. */
        reasoning_tokens?: number | null;
        /** Of sound. */
        audio_tokens?: number | null;
        /** Text tokens (OpenAI). */
        text_tokens?: number | null;
        /** Image tokens (OpenRouter). */
        image_tokens?: number | null;
        /** Tokens of `prediction` that the completion used (OpenAI, Cerebras). */
        accepted_prediction_tokens?: number | null;
        /** Tokens of `prediction` that were not used, but are billed (OpenAI, Cerebras). */
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
    /** Input tokens read from the cache (Anthropic); not included in `prompt_tokens`. */
    cache_read_input_tokens?: number | null;
    /** Input tokens written to the cache (Anthropic); not included in `prompt_tokens`. */
    cache_creation_input_tokens?: number | null;
    /** Reasoning tokens (Perplexity). */
    reasoning_tokens?: number | null;
    /** Tokens of the sources that were read (Perplexity). */
    citation_tokens?: number | null;
    /** Number of searches (Perplexity). */
    num_search_queries?: number | null;
    /** The search context size that was used (Perplexity). */
    search_context_size?: string | null;
    /** Number of sources used, which are billed (xAI). */
    num_sources_used?: number | null;
    /** Price in ten-billionths of a US dollar (xAI). */
    cost_in_usd_ticks?: number | null;
    /** Price in US dollars (OpenRouter), or an object with its parts (Perplexity). */
    cost?: number | {
        [key: string]: unknown;
    } | null;
    /** What the provider behind OpenRouter charges, in US dollars. */
    cost_details?: {
        [key: string]: unknown;
    } | null;
    /** Whether your own provider key was used (OpenRouter). */
    is_byok?: boolean | null;
    /** Number of neurons, the unit that is billed (Workers AI). */
    neurons?: number | null;
    /** Time in the queue, in seconds (Groq). */
    queue_time?: number | null;
    /** Time to process the prompt, in seconds (Groq). */
    prompt_time?: number | null;
    /** Time to generate the completion, in seconds (Groq). */
    completion_time?: number | null;
    /** Total time, in seconds (Groq). */
    total_time?: number | null;
    [key: string]: unknown;
}

/** The body of an error response. The first four forms are the gateway's own, the fifth is the Cloudflare API's, the others are the providers', passed through. */
export type ErrorBody = GatewayErrorNamedBody | GatewayErrorArrayBody | SpendingLimitErrorBody | GatewayPolicyErrorBody | ApiErrorBody | OpenAIErrorBody | AnthropicErrorBody | GoogleErrorBody | MistralErrorBody | CohereErrorBody | XaiErrorBody;

/** One problem, reported by the gateway or the Cloudflare API. */
export interface GatewayErrorEntry {
    /** Error code; 2000 to 2999 are the gateway's own. */
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
    /** An empty array. */
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

/** A policy of the gateway denied the request; sent with status 403 and without a code. */
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

/** A spending limit of the gateway is exhausted. It lasts until the period ends, so retrying soon does not help. */
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
    /** `null`. */
    result?: unknown;
    [key: string]: unknown;
}

/** What went wrong, in the format of OpenAI and compatible providers. */
export interface ErrorDetail {
    /** The problem in words. */
    message?: string | null;
    /** Kind of problem, such as `invalid_request_error`. */
    type?: string | null;
    /** The field of the request that is wrong. */
    param?: string | null;
    /** Error code; a string from OpenAI, an HTTP status from OpenRouter and Google. */
    code?: string | number | null;
    /** Kind of problem, such as `INVALID_ARGUMENT` (Google). */
    status?: string | null;
    /** Details, such as the response of the provider behind it in `raw` (OpenRouter). */
    metadata?: unknown;
    [key: string]: unknown;
}

/** An error inside of a completion or an event; a string, or an object as in an error body. */
export type InlineError = string | ErrorDetail | null;

/** An error of OpenAI and of compatible providers (Groq, OpenRouter, DeepSeek, Perplexity, Cerebras). */
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

/** An error of Mistral; the second form lists the fields that are wrong. */
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
    /** The fields that are wrong, each with `loc`, `msg` and `type`; or a string. */
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

/** An error of xAI; other providers send only `error`. */
export interface XaiErrorBody {
    /** Kind of problem, in words. */
    code?: string | number | null;
    /** The problem in words. */
    error: string;
    [key: string]: unknown;
}

/** An HTML page from Cloudflare's edge, not from the gateway or a provider (502, 520 to 524). */
export type HtmlErrorPage = string;

/** The models available through the gateway. */
export interface ModelList {
    /** `list`. */
    object?: string | null;
    /** The models, in no particular order. */
    data: Model[];
    [key: string]: unknown;
}

/** A model available through the gateway. */
export interface Model {
    /** The value for `model` in a request, `{provider}/{model}`. */
    id: string;
    /** `model`. */
    object?: string | null;
    /** Time of publication in seconds since 1970. */
    created?: number | null;
    /** The provider. */
    owned_by?: string | null;
    /** Price of one input token in US dollars; not always present. */
    cost_in?: number | null;
    /** Price of one output token in US dollars; not always present. */
    cost_out?: number | null;
    [key: string]: unknown;
}

/** What the gateway recorded about one request. */
export interface Log {
    /** Log id, as in the response header `cf-aig-log-id`. Opaque. */
    id: string;
    /** The provider that responded. */
    provider?: string | null;
    /** The model that responded. */
    model?: string | null;
    /** Kind of model, such as `chat`. */
    model_type?: string | null;
    /** Cost in US dollars, estimated from list prices or computed from `cf-aig-custom-cost`. */
    cost?: number | null;
    /** Whether `cf-aig-custom-cost` was used. */
    custom_cost?: boolean | null;
    /** Input tokens. */
    tokens_in?: number | null;
    /** Output tokens. */
    tokens_out?: number | null;
    /** Whether the response came from the cache. */
    cached?: boolean | null;
    /** Duration of the request in milliseconds. */
    duration?: number | null;
    /** HTTP status of the response. */
    status_code?: number | null;
    /** Whether the request succeeded. */
    success?: boolean | null;
    /** Index of the fallback step that responded; 0 is the first. */
    step?: number | null;
    /** The tags of `cf-aig-metadata`, as an object or as its JSON text. */
    metadata?: FlatMetadata | string | null;
    /** When the request arrived, in RFC 3339. */
    created_at?: string | null;
    /** Path of the request at the provider. */
    path?: string | null;
    /** The caller's own id, from `cf-aig-event-id`. */
    event_id?: string | null;
    /** 1 (thumbs up) or -1 (thumbs down), if given. */
    feedback?: number | null;
    /** 0 to 100, if given. */
    score?: number | null;
    /** Kind of request. */
    request_type?: string | null;
    /** Content type of the request. */
    request_content_type?: string | null;
    /** Size of the request in bytes. */
    request_size?: number | null;
    /** Beginning of the request body; absent when payload logging is off. */
    request_head?: string | null;
    /** Whether `request_head` is the whole body. */
    request_head_complete?: boolean | null;
    /** Content type of the response. */
    response_content_type?: string | null;
    /** Size of the response in bytes. */
    response_size?: number | null;
    /** Beginning of the response body; absent when payload logging is off. */
    response_head?: string | null;
    /** Whether `response_head` is the whole body. */
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
    /** The values, of which one has to match. */
    value: (string | number | boolean)[];
}

/** Feedback on a log; at least one field. `null` clears a field. */
export interface LogPatch {
    /** 1 (thumbs up) or -1 (thumbs down). */
    feedback?: 1 | -1 | null;
    /** Quality of the completion, 0 to 100. */
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
    /** Position of this page among all pages. */
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
    /** Empty. */
    result?: unknown;
    [key: string]: unknown;
}

/** Position of a page among all pages. */
export interface ResultInfo {
    /** The page, counted from 1. */
    page?: number;
    /** Maximum number of entries per page. */
    per_page?: number;
    /** Number of entries on this page. */
    count?: number;
    /** Number of entries on all pages. */
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
