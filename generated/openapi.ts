// generated from spec/openapi.yaml; do not edit

export interface paths {
    "/v1/{account_id}/{gateway_id}/compat/chat/completions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Cloudflare account id; 32 lowercase hexadecimal characters in practice.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * @description Gateway id. `default` is reserved; that gateway is created by the first authenticated request.
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
         * @description `model` is `{provider}/{model}`. The only HTTP endpoint that calls dynamic routes (`dynamic/{route}`) and the Auto Router (`cloudflare/auto`), and that honours stored keys by alias. Do not send `Authorization`: the gateway would forward it to the provider in place of the stored key.
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
         * @description As `createChatCompletionCompat`, on the gateway's own host name. A valid Cloudflare Access token is accepted in place of the gateway token.
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
            header?: never;
            path: {
                /**
                 * @description Cloudflare account id; 32 lowercase hexadecimal characters in practice.
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
         * @description The successor of `compat` for plain single-model chat. `model` is `{author}/{model}`; Workers AI models are `@cf/{author}/{model}` and need `cf-aig-gateway-id`. Only the stored key with the alias `default` is consulted; without one the call is paid by Unified Billing.
         */
        post: operations["createChatCompletionRest"];
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
                 * @description Cloudflare account id; 32 lowercase hexadecimal characters in practice.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * @description Gateway id. `default` is reserved; that gateway is created by the first authenticated request.
                 * @example default
                 */
                gateway_id: components["parameters"]["GatewayId"];
            };
            cookie?: never;
        };
        /**
         * List the gateway's logs
         * @description One page of logs that match every given filter. Needs an API token with the permission AI Gateway Read.
         */
        get: operations["listLogs"];
        put?: never;
        post?: never;
        delete?: never;
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
                 * @description Cloudflare account id; 32 lowercase hexadecimal characters in practice.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * @description Gateway id. `default` is reserved; that gateway is created by the first authenticated request.
                 * @example default
                 */
                gateway_id: components["parameters"]["GatewayId"];
                /**
                 * @description Log id, from the response header `cf-aig-log-id`. Opaque; UUIDv7 since October 2026, ULID before.
                 * @example 019a7c52-4e1b-7c1a-9d7e-5b1f6f0c2a11
                 */
                log_id: components["parameters"]["LogId"];
            };
            cookie?: never;
        };
        /**
         * One log
         * @description The log of one call. It appears 30 to 60 seconds after the call; until then the answer is a 404. Needs an API token with the permission AI Gateway Read.
         */
        get: operations["getLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Feedback on one log
         * @description Writes feedback to a log. Needs an API token with the permission AI Gateway Edit.
         */
        patch: operations["patchLog"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A chat completion to create. Fields of one provider that are not listed here are passed through. A field that is not set must be absent, not `null`. */
        ChatCompletionRequest: {
            /** @description The model, with its prefix. On `compat`: `{provider}/{model}` (`openai/gpt-4o-mini`, `openrouter/openai/gpt-4o-mini`, `workers-ai/@cf/meta/…`, `custom-{slug}/{model}`, `grok/…` for xAI), a dynamic route `dynamic/{route}`, or the Auto Router `cloudflare/auto`. On `rest`: `{author}/{model}` (`xai/…`, `google/…`), Workers AI as `@cf/{author}/{model}`. Without its prefix the gateway answers 400 with code 2019. */
            model: string;
            /** @description The conversation so far, oldest message first. */
            messages: components["schemas"]["ChatCompletionRequestMessage"][];
            /** @description Sampling temperature. The default is the provider's, mostly 1. Anthropic accepts 0 to 1; OpenAI's reasoning models refuse the field. */
            temperature?: number;
            /** @description Nucleus sampling, the probability mass considered. The default is the provider's, mostly 1. */
            top_p?: number;
            /** @description Makes tokens less likely the more often they have occurred. Default 0. */
            frequency_penalty?: number;
            /** @description Makes tokens less likely once they have occurred. Default 0. */
            presence_penalty?: number;
            /** @description Token id to a bias from -100 (never) to 100 (always) (OpenAI). */
            logit_bias?: {
                [key: string]: number;
            };
            /** @description Texts at which the answer ends; they are not part of it. OpenAI takes at most 4, others more. */
            stop?: string | string[];
            /** @description Makes sampling repeatable, as far as the provider can. Mistral's own name for it is `random_seed`. */
            seed?: number;
            /** @description Return the log probability of each output token. Default false. */
            logprobs?: boolean;
            /** @description Most likely alternatives to return for each position; needs `logprobs`. */
            top_logprobs?: number;
            /** @description Answers to generate, each billed. Default 1; most providers accept only 1. */
            n?: number;
            /** @description Most tokens to generate. OpenAI's reasoning models refuse it and want `max_completion_tokens`. Unset, the provider's limit applies. */
            max_tokens?: number;
            /** @description Most tokens to generate, thinking included (OpenAI, Groq). Most other providers know `max_tokens` only. */
            max_completion_tokens?: number;
            /** @description How much a reasoning model thinks. Values differ by provider and model: `none`, `minimal`, `low`, `medium`, `high`, `xhigh`; Groq also `default`. */
            reasoning_effort?: string;
            /**
             * @description How long the answer should be (OpenAI, gpt-5 and later). Default `medium`.
             * @enum {string}
             */
            verbosity?: "low" | "medium" | "high";
            /** @description Kinds of output. Default `["text"]`; `audio` needs the field `audio` (OpenAI), `image` is OpenRouter's. */
            modalities?: ("text" | "audio" | "image")[];
            /** @description Audio output, for `modalities` with `audio` (OpenAI). */
            audio?: {
                /** @description Name of the voice. */
                voice: string;
                /** @description File format, such as `wav`, `mp3` or `pcm16`; a stream takes `pcm16` only. */
                format: string;
            } & {
                [key: string]: unknown;
            };
            /** @description Text that most of the answer will repeat, to generate it faster (OpenAI). */
            prediction?: {
                /**
                 * @description The kind of prediction.
                 * @constant
                 */
                type: "content";
                /** @description The predicted text. */
                content: string | components["schemas"]["TextPart"][];
            } & {
                [key: string]: unknown;
            };
            /** @description Form of the answer. Default text. */
            response_format?: components["schemas"]["ResponseFormat"];
            /** @description Functions that the model may call. Without tools the key must be absent. */
            tools?: components["schemas"]["FunctionTool"][];
            /** @description Whether the model may, must or must not call a tool. Default `auto` when there are tools; needs `tools`. */
            tool_choice?: components["schemas"]["ToolChoice"];
            /** @description Whether one answer may hold several tool calls. Default true; needs `tools`. */
            parallel_tool_calls?: boolean;
            /**
             * @description Answer as an event stream. Streams are not cached by default. With Guardrails or DLP scanning the gateway may answer one JSON body all the same.
             * @default false
             */
            stream?: boolean;
            /** @description Only together with `stream`. */
            stream_options?: {
                /** @description Send token counts in a last chunk whose `choices` is empty. */
                include_usage?: boolean;
                /** @description Pad chunks with `obfuscation` against traffic analysis (OpenAI). Default true. */
                include_obfuscation?: boolean;
            } & {
                [key: string]: unknown;
            };
            /** @description Processing tier; `auto`, `default`, `flex`, `priority` (OpenAI), `on_demand`, `flex` (Groq). */
            service_tier?: string;
            /** @description Keep the completion at the provider for evaluation and distillation (OpenAI). */
            store?: boolean;
            /** @description Tags of a stored completion at the provider (OpenAI), at most 16. Not the gateway's `cf-aig-metadata`. */
            metadata?: {
                [key: string]: string;
            };
            /** @description Id of the end user. Superseded at OpenAI by `safety_identifier` and `prompt_cache_key`. */
            user?: string;
            /** @description Stable, hashed id of the end user, for abuse detection (OpenAI). */
            safety_identifier?: string;
            /** @description Routes requests with a common beginning to the same prompt cache (OpenAI). */
            prompt_cache_key?: string;
            /** @description Lets the model search the web (OpenAI search models, Perplexity). */
            web_search_options?: {
                /**
                 * @description How much of the search results the model reads. Default `medium` (OpenAI), `low` (Perplexity).
                 * @enum {string}
                 */
                search_context_size?: "low" | "medium" | "high";
                /** @description Where the user is. OpenAI takes `type` and `approximate`, Perplexity takes `country`, `latitude` and `longitude`. */
                user_location?: {
                    /**
                     * @description Kind of location (OpenAI).
                     * @constant
                     */
                    type?: "approximate";
                    /** @description Approximate location (OpenAI). */
                    approximate?: {
                        /** @description Name of the city. */
                        city?: string;
                        /** @description ISO 3166-1 code of two letters. */
                        country?: string;
                        /** @description Name of the region. */
                        region?: string;
                        /** @description IANA time zone. */
                        timezone?: string;
                    } & {
                        [key: string]: unknown;
                    };
                } & {
                    [key: string]: unknown;
                };
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** @description One message of the conversation; `role` tells which kind. */
        ChatCompletionRequestMessage: components["schemas"]["DeveloperMessage"] | components["schemas"]["SystemMessage"] | components["schemas"]["UserMessage"] | components["schemas"]["AssistantMessage"] | components["schemas"]["ToolMessage"];
        /** @description Instructions of the application; replaces the system message for OpenAI's reasoning models. */
        DeveloperMessage: {
            /**
             * @description Who speaks.
             * @constant
             */
            role: "developer";
            /** @description The instructions. */
            content: string | components["schemas"]["TextPart"][];
            /** @description Tells several speakers of one role apart (OpenAI). */
            name?: string;
        } & {
            [key: string]: unknown;
        };
        /** @description Instructions that the model follows throughout the conversation. */
        SystemMessage: {
            /**
             * @description Who speaks.
             * @constant
             */
            role: "system";
            /** @description The instructions. Workers AI takes a string only. */
            content: string | components["schemas"]["TextPart"][];
            /** @description Tells several speakers of one role apart (OpenAI). */
            name?: string;
        } & {
            [key: string]: unknown;
        };
        /** @description What the user says or shows. */
        UserMessage: {
            /**
             * @description Who speaks.
             * @constant
             */
            role: "user";
            /** @description A text, or parts in reading order. */
            content: string | components["schemas"]["UserContentPart"][];
            /** @description Tells several speakers of one role apart (OpenAI). */
            name?: string;
        } & {
            [key: string]: unknown;
        };
        /** @description An earlier answer of the model, replayed. Each of its tool calls needs a tool message right after it. */
        AssistantMessage: {
            /**
             * @description Who speaks.
             * @constant
             */
            role: "assistant";
            /** @description The answer; `null` or absent where there are tool calls only. Workers AI refuses `null` beside tool calls and wants `""`. */
            content?: string | components["schemas"]["AssistantContentPart"][] | null;
            /** @description Tells several speakers of one role apart (OpenAI). */
            name?: string;
            /** @description What the model said when it refused (OpenAI). */
            refusal?: string | null;
            /** @description The tools that the model called. */
            tool_calls?: components["schemas"]["ToolCall"][];
            /** @description Refers to an earlier audio answer (OpenAI). */
            audio?: ({
                /** @description Id of the audio answer. */
                id: string;
            } & {
                [key: string]: unknown;
            }) | null;
            /** @description The model's thinking, replayed (DeepSeek, Moonshot; wanted between the tool calls of one turn). */
            reasoning_content?: string | null;
            /** @description Signed or encrypted thinking, to be sent back unchanged (OpenRouter). */
            reasoning_details?: {
                [key: string]: unknown;
            }[];
            /** @description Provider data to be sent back unchanged; Google's thought signature when it came on the message. */
            extra_content?: unknown;
        } & {
            [key: string]: unknown;
        };
        /** @description The result of one tool call. */
        ToolMessage: {
            /**
             * @description Who speaks.
             * @constant
             */
            role: "tool";
            /** @description The `id` of the call that this answers. */
            tool_call_id: string;
            /** @description The result. A string is understood everywhere; OpenAI takes text parts, Anthropic images as well. */
            content: string | components["schemas"]["UserContentPart"][];
            /** @description Name of the tool (Google and Mistral read it). */
            name?: string;
        } & {
            [key: string]: unknown;
        };
        /** @description A part of a user message or a tool result; `type` tells which kind. */
        UserContentPart: components["schemas"]["TextPart"] | components["schemas"]["ImagePart"] | components["schemas"]["InputAudioPart"] | components["schemas"]["FilePart"];
        /** @description A part of an assistant message; `type` tells which kind. */
        AssistantContentPart: components["schemas"]["TextPart"] | components["schemas"]["RefusalPart"] | components["schemas"]["ThinkingPart"];
        /** @description Text. */
        TextPart: {
            /**
             * @description Kind of part.
             * @constant
             */
            type: "text";
            /** @description The text. */
            text: string;
        } & {
            [key: string]: unknown;
        };
        /** @description An image. */
        ImagePart: {
            /**
             * @description Kind of part.
             * @constant
             */
            type: "image_url";
            /** @description Where the image is. */
            image_url: {
                /** @description An https URL, or the image itself as a `data:` URL. */
                url: string;
                /**
                 * @description Resolution at which the model looks (OpenAI). Default `auto`.
                 * @enum {string}
                 */
                detail?: "auto" | "low" | "high";
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** @description Recorded speech or sound. */
        InputAudioPart: {
            /**
             * @description Kind of part.
             * @constant
             */
            type: "input_audio";
            /** @description The recording. */
            input_audio: {
                /** @description The file in base64. */
                data: string;
                /** @description File format; `wav` and `mp3` at OpenAI. */
                format: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** @description A document, such as a PDF. */
        FilePart: {
            /**
             * @description Kind of part.
             * @constant
             */
            type: "file";
            /** @description Either `file_data` or `file_id`. */
            file: {
                /** @description Name of the file. */
                filename?: string;
                /** @description The file as a `data:` URL. */
                file_data?: string;
                /** @description Id of a file uploaded to the provider (OpenAI). */
                file_id?: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** @description What the model said when it refused (OpenAI). */
        RefusalPart: {
            /**
             * @description Kind of part.
             * @constant
             */
            type: "refusal";
            /** @description The refusal. */
            refusal: string;
        } & {
            [key: string]: unknown;
        };
        /** @description The model's thinking, replayed as it came (Mistral). */
        ThinkingPart: {
            /**
             * @description Kind of part.
             * @constant
             */
            type: "thinking";
            /** @description The thinking; Mistral sends parts, others a string. */
            thinking: string | {
                [key: string]: unknown;
            }[];
            /** @description Signature of the thinking, to be sent back unchanged. */
            signature?: string | null;
        } & {
            [key: string]: unknown;
        };
        /** @description A call that the model made, replayed in an assistant message. */
        ToolCall: {
            /** @description Ties the call to its tool message; unique in the conversation. */
            id: string;
            /**
             * @description Kind of call.
             * @constant
             */
            type: "function";
            /** @description The function and its arguments. */
            function: {
                /** @description Name of the function. */
                name: string;
                /** @description The arguments as JSON text. */
                arguments: string;
            } & {
                [key: string]: unknown;
            };
            /** @description Provider data to be sent back unchanged; Google's thought signature. */
            extra_content?: unknown;
        } & {
            [key: string]: unknown;
        };
        /** @description A function that the model may call. */
        FunctionTool: {
            /**
             * @description Kind of tool.
             * @constant
             */
            type: "function";
            /** @description The function. */
            function: {
                /** @description Name of the function; at OpenAI at most 64 letters, digits, underscores and hyphens. */
                name: string;
                /** @description What the function does; the model decides by it. */
                description?: string;
                /** @description JSON Schema of the arguments, an object schema. Absent, the function takes none. */
                parameters?: {
                    [key: string]: unknown;
                };
                /** @description Hold the model to the schema exactly (OpenAI). Every object of the schema must then be closed and every property required. Default false. */
                strict?: boolean | null;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** @description `auto`: the model decides. `none`: no call. `required`: at least one call. An object: this function. Groq answers 400 `tool_use_failed` when the model calls in spite of `none`. */
        ToolChoice: ("none" | "auto" | "required") | components["schemas"]["NamedToolChoice"];
        /** @description Forces one function. */
        NamedToolChoice: {
            /**
             * @description Kind of tool.
             * @constant
             */
            type: "function";
            /** @description The function. */
            function: {
                /** @description Name of a function in `tools`. */
                name: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** @description Form of the answer; `type` tells which kind. */
        ResponseFormat: components["schemas"]["TextResponseFormat"] | components["schemas"]["JsonObjectResponseFormat"] | components["schemas"]["JsonSchemaResponseFormat"];
        /** @description Free text, the default. */
        TextResponseFormat: {
            /**
             * @description Kind of format.
             * @constant
             */
            type: "text";
        } & {
            [key: string]: unknown;
        };
        /** @description Any JSON object. OpenAI and DeepSeek want the word JSON in the prompt as well. */
        JsonObjectResponseFormat: {
            /**
             * @description Kind of format.
             * @constant
             */
            type: "json_object";
        } & {
            [key: string]: unknown;
        };
        /** @description JSON that follows a schema. Some providers refuse it, some only together with tools. */
        JsonSchemaResponseFormat: {
            /**
             * @description Kind of format.
             * @constant
             */
            type: "json_schema";
            /** @description The schema and its name. */
            json_schema: {
                /** @description Name of the schema; at OpenAI at most 64 letters, digits, underscores and hyphens. */
                name: string;
                /** @description What the answer is for; the model reads it. */
                description?: string;
                /** @description JSON Schema of the answer. */
                schema?: {
                    [key: string]: unknown;
                };
                /** @description Hold the model to the schema exactly (OpenAI). Every object of the schema must then be closed and every property required. Default false. */
                strict?: boolean | null;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** @description A finished answer. Only `choices` is certain. A 200 with an error beside it, or with no choice, is a failure of the provider. */
        ChatCompletion: {
            /** @description Id of the completion, given by the provider; Google may leave it out. */
            id?: string | null;
            /** @description `chat.completion`; some custom providers leave it out. */
            object?: string | null;
            /** @description Time of creation in seconds since 1970; some providers leave it out. */
            created?: number | null;
            /** @description The model that answered, as the provider names it. */
            model?: string | null;
            /** @description The answers, `n` of them; empty beside an error. */
            choices: components["schemas"]["CompletionChoice"][];
            /** @description Token counts; absent or `null` where the provider does not count. */
            usage?: components["schemas"]["CompletionUsage"] | null;
            /** @description The provider's configuration that answered (OpenAI, Groq, DeepSeek, xAI). */
            system_fingerprint?: string | null;
            /** @description The tier that answered (OpenAI, Groq). */
            service_tier?: string | null;
            /** @description Sources in the order of the marks `[1]`, `[2]`; URLs (Perplexity, xAI) or objects. */
            citations?: unknown[] | null;
            /** @description Pages that the model read (Perplexity). */
            search_results?: components["schemas"]["SearchResult"][] | null;
            /** @description Pictures that were found (Perplexity). */
            images?: unknown[] | null;
            /** @description Questions the user might ask next (Perplexity). */
            related_questions?: unknown[] | null;
            /** @description The provider behind OpenRouter that answered. */
            provider?: string | null;
            /** @description Groq's own data. */
            x_groq?: components["schemas"]["GroqData"] | null;
            /** @description Groq's token counts by model, for compound models; else `null`. */
            usage_breakdown?: unknown;
            /** @description An error in spite of status 200 (OpenRouter and others). */
            error?: components["schemas"]["InlineError"];
        } & {
            [key: string]: unknown;
        };
        /** @description One of the answers. */
        CompletionChoice: {
            /** @description Position among the answers, from 0; some custom providers leave it out. */
            index?: number | null;
            /** @description The answer. */
            message: components["schemas"]["CompletionMessage"];
            /** @description Why the answer ended. */
            finish_reason?: components["schemas"]["FinishReason"];
            /** @description The reason in the words of the provider behind OpenRouter. */
            native_finish_reason?: string | null;
            /** @description Log probabilities, if they were asked for. */
            logprobs?: components["schemas"]["Logprobs"] | null;
            /** @description An error of this choice (OpenRouter). */
            error?: components["schemas"]["InlineError"];
        } & {
            [key: string]: unknown;
        };
        /** @description The model's answer. */
        CompletionMessage: {
            /** @description `assistant`; some providers leave it out or send `""`. */
            role?: string | null;
            /** @description The text; `null`, absent or `""` beside tool calls. Mistral sends parts when it thinks. */
            content?: components["schemas"]["AnswerContent"];
            /** @description What the model said when it refused (OpenAI); xAI sends `null`. */
            refusal?: string | null;
            /** @description The tools that the model calls. They count whatever the finish reason says. */
            tool_calls?: components["schemas"]["CompletionToolCall"][] | null;
            /** @description The model's thinking (DeepSeek, xAI, Moonshot, Alibaba). */
            reasoning_content?: string | null;
            /** @description The model's thinking (OpenRouter, Groq, Cerebras, Workers AI). */
            reasoning?: string | null;
            /** @description Thinking in parts, some signed or encrypted; to be sent back unchanged (OpenRouter). */
            reasoning_details?: components["schemas"]["ReasoningDetail"][] | null;
            /** @description Marks on the text, such as URL citations (OpenAI, OpenRouter). */
            annotations?: components["schemas"]["Annotation"][] | null;
            /** @description The spoken answer (OpenAI). */
            audio?: components["schemas"]["AnswerAudio"] | null;
            /** @description Generated pictures (OpenRouter). */
            images?: unknown[] | null;
            /** @description Sources of this answer, where the provider puts them on the message. */
            citations?: unknown[] | null;
            /** @description Provider data to be sent back unchanged; Google's thought signature when it comes on the message. */
            extra_content?: unknown;
        } & {
            [key: string]: unknown;
        };
        /** @description The content of an answer. A string nearly always; an array of parts (Mistral); a number, a boolean or an object that was already parsed where a JSON format was asked for (Workers AI and others). */
        AnswerContent: string | components["schemas"]["AnswerContentPart"][] | number | boolean | {
            [key: string]: unknown;
        } | null;
        /** @description A part of an answer's content (Mistral). */
        AnswerContentPart: {
            /** @description `text`, `thinking`, `reference` or another kind. */
            type?: string | null;
            /** @description Text of a `text` part. */
            text?: string | null;
            /** @description Thinking of a `thinking` part; parts at Mistral, or a string. */
            thinking?: string | components["schemas"]["ThinkingTextPart"][] | null;
        } & {
            [key: string]: unknown;
        };
        /** @description A piece of thinking inside a thinking part (Mistral). */
        ThinkingTextPart: {
            /** @description `text`, or `reference`. */
            type?: string | null;
            /** @description The thinking. */
            text?: string | null;
        } & {
            [key: string]: unknown;
        };
        /** @description A call of a tool in a finished answer. */
        CompletionToolCall: {
            /** @description Id of the call; some providers leave it out, send `""` or repeat it. */
            id?: string | null;
            /** @description Position among the calls; sent by few. */
            index?: number | null;
            /** @description `function`; missing (Mistral) or `""` means the same. */
            type?: string | null;
            /** @description The function and its arguments. */
            function?: components["schemas"]["CalledFunction"];
            /** @description Provider data to be sent back unchanged; Google's thought signature, at times on the first call only. */
            extra_content?: unknown;
        } & {
            [key: string]: unknown;
        };
        /** @description The function that is called, or a fragment of it; `null` in a closing fragment. */
        CalledFunction: ({
            /** @description Name of the function; in a stream it may come after the first arguments, and be `null` later. */
            name?: string | null;
            /** @description JSON text; `""` means `{}`. Some providers send the object itself. In a stream a piece of the text. */
            arguments?: string | {
                [key: string]: unknown;
            } | null;
        } & {
            [key: string]: unknown;
        }) | null;
        /** @description OpenAI: `stop`, `length`, `tool_calls`, `content_filter`, `function_call`. Others also: `model_length` (Mistral), `max_tokens`, `end_turn` (Anthropic), `eos`, `insufficient_system_resource` (DeepSeek), `error` (OpenRouter). `null` while the answer goes on. `stop` may stand beside tool calls. */
        FinishReason: string | null;
        /** @description Log probabilities of the output tokens. */
        Logprobs: {
            /** @description One entry for each token of the text. */
            content?: components["schemas"]["TokenLogprob"][] | null;
            /** @description One entry for each token of the refusal (OpenAI). */
            refusal?: components["schemas"]["TokenLogprob"][] | null;
        } & {
            [key: string]: unknown;
        };
        /** @description Log probability of one token. */
        TokenLogprob: {
            /** @description The token as text. */
            token?: string | null;
            /** @description Natural logarithm of its probability. */
            logprob?: number | null;
            /** @description The token's UTF-8 bytes. */
            bytes?: number[] | null;
            /** @description The most likely tokens here, as many as `top_logprobs` asked for; each with token, logprob and bytes. */
            top_logprobs?: {
                [key: string]: unknown;
            }[] | null;
        } & {
            [key: string]: unknown;
        };
        /** @description A part of the thinking (OpenRouter). */
        ReasoningDetail: {
            /** @description `reasoning.text`, `reasoning.summary` or `reasoning.encrypted`. */
            type?: string | null;
            /** @description The thinking. */
            text?: string | null;
            /** @description A summary of it. */
            summary?: string | null;
            /** @description The thinking, encrypted. */
            data?: string | null;
            /** @description The provider's signature. */
            signature?: string | null;
            /** @description Id of the part. */
            id?: string | null;
            /** @description The provider's format of the part. */
            format?: string | null;
            /** @description Position of the part. */
            index?: number | null;
        } & {
            [key: string]: unknown;
        };
        /** @description A mark on the text. */
        Annotation: {
            /** @description `url_citation`, or another kind. */
            type?: string | null;
            /** @description A cited page. */
            url_citation?: ({
                /** @description Its URL. */
                url?: string | null;
                /** @description Its title. */
                title?: string | null;
                /** @description First character of the marked text. */
                start_index?: number | null;
                /** @description Last character of the marked text. */
                end_index?: number | null;
            } & {
                [key: string]: unknown;
            }) | null;
        } & {
            [key: string]: unknown;
        };
        /** @description A page that the model read (Perplexity). */
        SearchResult: {
            /** @description Its title. */
            title?: string | null;
            /** @description Its URL. */
            url?: string | null;
            /** @description When it was published. */
            date?: string | null;
            /** @description When it was changed. */
            last_updated?: string | null;
            /** @description An excerpt. */
            snippet?: string | null;
        } & {
            [key: string]: unknown;
        };
        /** @description A spoken answer (OpenAI); in a stream a piece of it. */
        AnswerAudio: {
            /** @description Refers to the audio in a later request. */
            id?: string | null;
            /** @description The sound in base64. */
            data?: string | null;
            /** @description What is said. */
            transcript?: string | null;
            /** @description Until when the id is known, in seconds since 1970. */
            expires_at?: number | null;
        } & {
            [key: string]: unknown;
        };
        /** @description Groq's own data about a call. */
        GroqData: {
            /** @description Groq's request id. */
            id?: string | null;
            /** @description The seed that was used. */
            seed?: number | null;
            /** @description Token counts; older models send them here only. */
            usage?: components["schemas"]["CompletionUsage"] | null;
            /** @description An error of a streamed call. */
            error?: string | null;
        } & {
            [key: string]: unknown;
        };
        /** @description Server-sent events. Each `data:` line carries one ChatCompletionChunk as JSON; `data: [DONE]` ends the stream, though some providers leave it out. Comment lines (`: OPENROUTER PROCESSING`) keep the connection open. An error may come as `event: error` or as a chunk with `error`. */
        ChatCompletionEventStream: string;
        /** @description One event of a streamed answer. No field is certain. */
        ChatCompletionChunk: {
            /** @description Id of the completion, the same in each chunk; Google may leave it out. */
            id?: string | null;
            /** @description `chat.completion.chunk`; Perplexity ends with `chat.completion.done`; some leave it out. */
            object?: string | null;
            /** @description Time of creation in seconds since 1970; some providers leave it out. */
            created?: number | null;
            /** @description The model that answers, as the provider names it. */
            model?: string | null;
            /** @description The answers that grow; empty, missing or `null` in the chunk with the usage. */
            choices?: components["schemas"]["ChunkChoice"][] | null;
            /** @description Token counts so far. In the last chunk, or in each one (Perplexity, Alibaba): then cumulative, the last one counts. `null` in the others (OpenAI). */
            usage?: components["schemas"]["CompletionUsage"] | null;
            /** @description The provider's configuration that answers (OpenAI, Groq, DeepSeek, xAI); `null` from Alibaba. */
            system_fingerprint?: string | null;
            /** @description The tier that answers (OpenAI, Groq). */
            service_tier?: string | null;
            /** @description Sources in the order of the marks `[1]`, `[2]`; repeated in each chunk (Perplexity). */
            citations?: unknown[] | null;
            /** @description Pages that the model read; repeated in each chunk (Perplexity). */
            search_results?: components["schemas"]["SearchResult"][] | null;
            /** @description Pictures that were found (Perplexity). */
            images?: unknown[] | null;
            /** @description The provider behind OpenRouter that answers. */
            provider?: string | null;
            /** @description Padding against traffic analysis (OpenAI); without meaning. */
            obfuscation?: string | null;
            /** @description Groq's own data; in the last chunk with the usage. */
            x_groq?: components["schemas"]["GroqData"] | null;
            /** @description An error; the stream ends with it. It may stand beside choices (OpenRouter). */
            error?: components["schemas"]["InlineError"];
        } & {
            [key: string]: unknown;
        };
        /** @description What one answer gains with this chunk. */
        ChunkChoice: {
            /** @description Which answer; missing means the first. */
            index?: number | null;
            /** @description What is new; missing or `null` in some closing chunks. */
            delta?: components["schemas"]["ChunkDelta"] | null;
            /** @description The whole answer so far, which Perplexity sends beside `delta`. */
            message?: components["schemas"]["CompletionMessage"] | null;
            /** @description Why the answer ended; `null` or missing (xAI, Perplexity) until then, at times repeated. */
            finish_reason?: components["schemas"]["FinishReason"];
            /** @description The reason in the words of the provider behind OpenRouter. */
            native_finish_reason?: string | null;
            /** @description Log probabilities of the new tokens. */
            logprobs?: components["schemas"]["Logprobs"] | null;
            /** @description An error of this choice (OpenRouter). */
            error?: components["schemas"]["InlineError"];
        } & {
            [key: string]: unknown;
        };
        /** @description New pieces of an answer; text and tool calls may come together. */
        ChunkDelta: {
            /** @description `assistant`, in the first chunk or in each; may be missing or `""`. */
            role?: string | null;
            /** @description New text, or new parts (Mistral). */
            content?: components["schemas"]["AnswerContent"];
            /** @description New text of a refusal (OpenAI). */
            refusal?: string | null;
            /** @description New calls or pieces of calls. */
            tool_calls?: components["schemas"]["ChunkToolCall"][] | null;
            /** @description New thinking (DeepSeek, xAI, Moonshot, Alibaba). */
            reasoning_content?: string | null;
            /** @description New thinking (OpenRouter, Groq, Cerebras, Workers AI). */
            reasoning?: string | null;
            /** @description New thinking in parts (OpenRouter). */
            reasoning_details?: components["schemas"]["ReasoningDetail"][] | null;
            /** @description New marks on the text (OpenAI, OpenRouter). */
            annotations?: components["schemas"]["Annotation"][] | null;
            /** @description A piece of the spoken answer (OpenAI). */
            audio?: components["schemas"]["AnswerAudio"] | null;
            /** @description Generated pictures (OpenRouter). */
            images?: unknown[] | null;
            /** @description Sources of this answer, where the provider puts them on the delta. */
            citations?: unknown[] | null;
            /** @description Provider data to be sent back unchanged; Google's thought signature when it comes alone. */
            extra_content?: unknown;
        } & {
            [key: string]: unknown;
        };
        /** @description A call or a piece of one. Mistral and Groq send a whole call in one piece. */
        ChunkToolCall: {
            /** @description Which call this belongs to. Missing from Google and Mistral; may start at 1; a new id under an old index is a new call. */
            index?: number | null;
            /** @description Id of the call, in its first piece; `""` or `null` in later ones, repeated in each by some. */
            id?: string | null;
            /** @description `function`; missing (Mistral) or `""` means the same. */
            type?: string | null;
            /** @description A piece of the function's name or arguments. */
            function?: components["schemas"]["CalledFunction"];
            /** @description Provider data to be sent back unchanged; Google's thought signature. */
            extra_content?: unknown;
        } & {
            [key: string]: unknown;
        };
        /** @description Token counts of one call. A count that is absent is unknown, not zero. */
        CompletionUsage: {
            /** @description Input tokens. With cached ones, but for xAI (where cached may exceed it) and Anthropic-style counts. */
            prompt_tokens?: number | null;
            /** @description Output tokens. With thinking, but for xAI, where the total shows the difference. */
            completion_tokens?: number | null;
            /** @description Input, output and thinking together. */
            total_tokens?: number | null;
            /** @description What the input tokens consist of. */
            prompt_tokens_details?: ({
                /** @description Read from the provider's prompt cache. */
                cached_tokens?: number | null;
                /** @description Written to the provider's prompt cache (OpenRouter). */
                cache_write_tokens?: number | null;
                /** @description Of sound. */
                audio_tokens?: number | null;
                /** @description Of text (xAI). */
                text_tokens?: number | null;
                /** @description Of images (xAI). */
                image_tokens?: number | null;
            } & {
                [key: string]: unknown;
            }) | null;
            /** @description What the output tokens consist of. */
            completion_tokens_details?: ({
                /** @description Of thinking. */
                reasoning_tokens?: number | null;
                /** @description Of sound. */
                audio_tokens?: number | null;
                /** @description Taken from `prediction` (OpenAI). */
                accepted_prediction_tokens?: number | null;
                /** @description Predicted, billed, not used (OpenAI). */
                rejected_prediction_tokens?: number | null;
            } & {
                [key: string]: unknown;
            }) | null;
            /** @description Input tokens read from the cache (DeepSeek). */
            prompt_cache_hit_tokens?: number | null;
            /** @description Input tokens not in the cache (DeepSeek). */
            prompt_cache_miss_tokens?: number | null;
            /** @description Input tokens read from the cache (Mistral). */
            num_cached_tokens?: number | null;
            /** @description Input tokens read from the cache (Moonshot). */
            cached_tokens?: number | null;
            /** @description Input tokens read from the cache (Anthropic); not part of the prompt's count. */
            cache_read_input_tokens?: number | null;
            /** @description Input tokens written to the cache (Anthropic); not part of the prompt's count. */
            cache_creation_input_tokens?: number | null;
            /** @description Thinking tokens (Perplexity). */
            reasoning_tokens?: number | null;
            /** @description Tokens of the sources read (Perplexity). */
            citation_tokens?: number | null;
            /** @description Searches that were made (Perplexity). */
            num_search_queries?: number | null;
            /** @description The size that applied (Perplexity). */
            search_context_size?: string | null;
            /** @description Sources that were billed (xAI). */
            num_sources_used?: number | null;
            /** @description Price in ten-billionths of a US dollar (xAI). */
            cost_in_usd_ticks?: number | null;
            /** @description Price in US dollars (OpenRouter), or an object with its parts (Perplexity). */
            cost?: number | {
                [key: string]: unknown;
            } | null;
            /** @description Seconds in the queue (Groq). */
            queue_time?: number | null;
            /** @description Seconds of reading the prompt (Groq). */
            prompt_time?: number | null;
            /** @description Seconds of generating (Groq). */
            completion_time?: number | null;
            /** @description Seconds in all (Groq). */
            total_time?: number | null;
        } & {
            [key: string]: unknown;
        };
        /** @description The body of a refused or failed call. The first four are the gateway's own, the fifth is the Cloudflare API's, the others are the providers', passed through. */
        ErrorBody: components["schemas"]["GatewayErrorNamedBody"] | components["schemas"]["GatewayErrorArrayBody"] | components["schemas"]["SpendingLimitErrorBody"] | components["schemas"]["GatewayPolicyErrorBody"] | components["schemas"]["ApiErrorBody"] | components["schemas"]["OpenAIErrorBody"] | components["schemas"]["AnthropicErrorBody"] | components["schemas"]["GoogleErrorBody"] | components["schemas"]["MistralErrorBody"] | components["schemas"]["CohereErrorBody"] | components["schemas"]["XaiErrorBody"];
        /** @description One problem that the gateway or the Cloudflare API names. */
        GatewayErrorEntry: {
            /** @description Code of the problem; 2000 to 2999 are the gateway's. */
            code: number;
            /** @description The problem in words. */
            message: string;
        } & {
            [key: string]: unknown;
        };
        /** @description An error of the gateway. */
        GatewayErrorArrayBody: {
            /**
             * @description Always false.
             * @constant
             */
            success: false;
            /** @description The problems, mostly one. */
            error: components["schemas"]["GatewayErrorEntry"][];
            /** @description Without meaning; an empty array. */
            result?: unknown;
            /** @description Notes; mostly empty. */
            messages?: unknown[];
        } & {
            [key: string]: unknown;
        };
        /** @description An error of the gateway, with its name and codes. */
        GatewayErrorNamedBody: {
            /**
             * @description Always false.
             * @constant
             */
            success: false;
            /** @description `AiGatewayError`. */
            name: string;
            /** @description The HTTP status. */
            httpCode?: number;
            /** @description The gateway's code, as in `error`. */
            internalCode: number;
            /** @description The problem in words. */
            message?: string;
            /** @description The problems, mostly one. */
            error?: components["schemas"]["GatewayErrorEntry"][];
        } & {
            [key: string]: unknown;
        };
        /** @description A policy of the gateway denied the call; comes with 403 and no code. */
        GatewayPolicyErrorBody: {
            /**
             * @description Always false.
             * @constant
             */
            success: false;
            /** @description The problem. */
            error: {
                /** @description `Access denied by policy`. */
                message: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** @description A spending limit of the gateway is used up; waiting for seconds does not help. */
        SpendingLimitErrorBody: {
            /**
             * @description Always false.
             * @constant
             */
            success: false;
            /** @description The limit. */
            error: {
                /** @description `Spending limit exceeded`. */
                message: string;
                /** @description What the limit counts. */
                bucket?: string;
                /** @description US dollars spent in the period. */
                spent: number;
                /** @description US dollars allowed in the period. */
                limit: number;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** @description An error of the Cloudflare API (`rest`, logs). */
        ApiErrorBody: {
            /**
             * @description Always false.
             * @constant
             */
            success: false;
            /** @description The problems, mostly one. */
            errors: components["schemas"]["GatewayErrorEntry"][];
            /** @description Notes; mostly empty. */
            messages?: unknown[];
            /** @description Without meaning; `null`. */
            result?: unknown;
        } & {
            [key: string]: unknown;
        };
        /** @description What went wrong, in the form of OpenAI and of those who follow it. */
        ErrorDetail: {
            /** @description The problem in words. */
            message?: string | null;
            /** @description Kind of problem, such as `invalid_request_error`. */
            type?: string | null;
            /** @description The field of the request that is wrong. */
            param?: string | null;
            /** @description Code of the problem; a text at OpenAI, an HTTP status at OpenRouter and Google. */
            code?: string | number | null;
            /** @description Kind of problem at Google, such as `INVALID_ARGUMENT`. */
            status?: string | null;
            /** @description OpenRouter's details, such as the answer of the provider behind it (`raw`). */
            metadata?: unknown;
        } & {
            [key: string]: unknown;
        };
        /** @description An error inside an answer or an event; a text, or an object as in an error body. */
        InlineError: string | components["schemas"]["ErrorDetail"] | null;
        /** @description An error of OpenAI and of those who follow it (Groq, OpenRouter, DeepSeek, Perplexity, Cerebras). */
        OpenAIErrorBody: {
            /** @description The problem. */
            error: components["schemas"]["ErrorDetail"];
        } & {
            [key: string]: unknown;
        };
        /** @description An error of Anthropic. `overloaded_error` comes with status 529. */
        AnthropicErrorBody: {
            /**
             * @description Always `error`.
             * @constant
             */
            type: "error";
            /** @description The problem. */
            error: components["schemas"]["ErrorDetail"];
            /** @description Anthropic's request id. */
            request_id?: string | null;
        } & {
            [key: string]: unknown;
        };
        /** @description An error of Google, in an array. */
        GoogleErrorBody: ({
            /** @description The problem. */
            error: components["schemas"]["ErrorDetail"];
        } & {
            [key: string]: unknown;
        })[];
        /** @description An error of Mistral; the second form names fields that are wrong. */
        MistralErrorBody: ({
            /**
             * @description Always `error`.
             * @constant
             */
            object: "error";
            /** @description The problem in words, or an object with `detail`. */
            message: unknown;
            /** @description Kind of problem. */
            type?: string | null;
            /** @description The field that is wrong. */
            param?: string | null;
            /** @description Code of the problem. */
            code?: string | number | null;
        } & {
            [key: string]: unknown;
        }) | ({
            /** @description The wrong fields, each with `loc`, `msg` and `type`; or a text. */
            detail: string | {
                [key: string]: unknown;
            }[];
        } & {
            [key: string]: unknown;
        });
        /** @description An error of Cohere. */
        CohereErrorBody: {
            /** @description The problem in words. */
            message: string;
            /** @description Cohere's request id. */
            id?: string | null;
        } & {
            [key: string]: unknown;
        };
        /** @description An error of xAI; other providers send the text alone. */
        XaiErrorBody: {
            /** @description Kind of problem in words. */
            code?: string | number | null;
            /** @description The problem in words. */
            error: string;
        } & {
            [key: string]: unknown;
        };
        /** @description A page of HTML from the edge, not from the gateway or a provider (502, 520 to 524). */
        HtmlErrorPage: string;
        /** @description What the gateway recorded about one call. */
        Log: {
            /** @description Log id, as in the response header `cf-aig-log-id`. Opaque. */
            id: string;
            /** @description The provider that answered. */
            provider?: string | null;
            /** @description The model that answered. */
            model?: string | null;
            /** @description Kind of model, such as `chat`. */
            model_type?: string | null;
            /** @description Price in US dollars, estimated or by `cf-aig-custom-cost`. */
            cost?: number | null;
            /** @description Whether own prices applied. */
            custom_cost?: boolean | null;
            /** @description Input tokens. */
            tokens_in?: number | null;
            /** @description Output tokens. */
            tokens_out?: number | null;
            /** @description Whether the answer came from the cache. */
            cached?: boolean | null;
            /** @description Milliseconds that the call took. */
            duration?: number | null;
            /** @description HTTP status of the answer. */
            status_code?: number | null;
            /** @description Whether the call succeeded. */
            success?: boolean | null;
            /** @description Which fallback step answered; 0 is the first. */
            step?: number | null;
            /** @description The tags of `cf-aig-metadata`, as an object or as its JSON text. */
            metadata?: components["schemas"]["FlatMetadata"] | string | null;
            /** @description When the call came, RFC 3339. */
            created_at?: string | null;
            /** @description Path of the request at the provider. */
            path?: string | null;
            /** @description The caller's own id, from `cf-aig-event-id`. */
            event_id?: string | null;
            /** @description 1 or -1, if it was given. */
            feedback?: number | null;
            /** @description 0 to 100, if it was given. */
            score?: number | null;
            /** @description Kind of request. */
            request_type?: string | null;
            /** @description Content type of the request. */
            request_content_type?: string | null;
            /** @description Bytes of the request. */
            request_size?: number | null;
            /** @description Beginning of the request; absent without payload logging. */
            request_head?: string | null;
            /** @description Whether `request_head` is the whole request. */
            request_head_complete?: boolean | null;
            /** @description Content type of the response. */
            response_content_type?: string | null;
            /** @description Bytes of the response. */
            response_size?: number | null;
            /** @description Beginning of the response; absent without payload logging. */
            response_head?: string | null;
            /** @description Whether `response_head` is the whole response. */
            response_head_complete?: boolean | null;
        } & {
            [key: string]: unknown;
        };
        /** @description Tags; nested values are not possible. */
        FlatMetadata: {
            [key: string]: string | number | boolean;
        };
        /** @description Feedback on a log; at least one field. */
        LogPatch: {
            /**
             * @description Thumbs up or down.
             * @enum {integer}
             */
            feedback?: 1 | -1;
            /** @description Quality of the answer. */
            score?: number;
            /** @description Tags that replace those of the log. */
            metadata?: components["schemas"]["FlatMetadata"];
        };
        /** @description The Cloudflare API's envelope around one log. */
        LogEnvelope: {
            /** @description True with a 200. */
            success: boolean;
            /** @description Problems; empty with a 200. */
            errors?: components["schemas"]["GatewayErrorEntry"][];
            /** @description Notes; mostly empty. */
            messages?: unknown[];
            /** @description The log. */
            result: components["schemas"]["Log"];
        } & {
            [key: string]: unknown;
        };
        /** @description The Cloudflare API's envelope around a page of logs. */
        LogListEnvelope: {
            /** @description True with a 200. */
            success: boolean;
            /** @description Problems; empty with a 200. */
            errors?: components["schemas"]["GatewayErrorEntry"][];
            /** @description Notes; mostly empty. */
            messages?: unknown[];
            /** @description The logs of this page. */
            result: components["schemas"]["Log"][];
            /** @description Where this page stands. */
            result_info?: components["schemas"]["ResultInfo"];
        } & {
            [key: string]: unknown;
        };
        /** @description The Cloudflare API's envelope around the result of a change. */
        LogPatchEnvelope: {
            /** @description True with a 200. */
            success: boolean;
            /** @description Problems; empty with a 200. */
            errors?: components["schemas"]["GatewayErrorEntry"][];
            /** @description Notes; mostly empty. */
            messages?: unknown[];
            /** @description Without meaning. */
            result?: unknown;
        } & {
            [key: string]: unknown;
        };
        /** @description Where a page stands among all pages. */
        ResultInfo: {
            /** @description The page, counted from 1. */
            page?: number;
            /** @description Most entries on a page. */
            per_page?: number;
            /** @description Entries on this page. */
            count?: number;
            /** @description Entries on all pages. */
            total_count?: number;
        } & {
            [key: string]: unknown;
        };
    };
    responses: {
        /** @description The answer; an event stream if `stream` was true and the gateway did not have to buffer it for scanning. The headers are those that the gateway adds to every answer, errors included. */
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
                "retry-after": components["headers"]["RetryAfter"];
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
        /** @description The gateway (2001, 2008, 2019, 2029, 2030, 2040; 2009 was seen too), the Cloudflare API or the provider refuses the request. */
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
                "retry-after": components["headers"]["RetryAfter"];
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
        /** @description A token is missing or wrong; the gateway's (2009), the Cloudflare API's (9106, 10000) or a stored key. */
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
                "retry-after": components["headers"]["RetryAfter"];
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
        /** @description No credit; the gateway's Unified Billing (2021) or the provider's. */
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
                "retry-after": components["headers"]["RetryAfter"];
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
        /** @description A policy, a missing permission or a feature that the account does not have (2036). */
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
                "retry-after": components["headers"]["RetryAfter"];
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
        /** @description Guardrails blocked the prompt (2016) or the answer (2017). */
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
                "retry-after": components["headers"]["RetryAfter"];
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
        /** @description A rate limit; the gateway's (2003), Unified Billing's (2018) or the provider's. Or a spending limit (2041), where waiting for seconds does not help. */
        TooManyRequests: {
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
                "retry-after": components["headers"]["RetryAfter"];
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
        /** @description The scanner of Guardrails is unavailable (7013), or the provider is. */
        Unavailable: {
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
                "retry-after": components["headers"]["RetryAfter"];
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
        /** @description Any other failure: the provider could not be reached or answered badly (2005), is overloaded (529 at Anthropic), or answered an error of its own. 502 and 520 to 524 may be a page of HTML. */
        ProviderError: {
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
                "retry-after": components["headers"]["RetryAfter"];
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
        /** @description A parameter or the body is wrong, or the token is missing (9106). */
        ApiBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** @description The API token is wrong (10000). */
        ApiUnauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** @description The API token lacks the permission AI Gateway Read or Edit. */
        ApiForbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** @description No such log; or not yet, for it takes 30 to 60 seconds to appear. */
        ApiNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** @description Any other failure of the Cloudflare API. */
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
         * @description Cloudflare account id; 32 lowercase hexadecimal characters in practice.
         * @example 0123456789abcdef0123456789abcdef
         */
        AccountId: string;
        /**
         * @description Gateway id. `default` is reserved; that gateway is created by the first authenticated request.
         * @example default
         */
        GatewayId: string;
        /**
         * @description Log id, from the response header `cf-aig-log-id`. Opaque; UUIDv7 since October 2026, ULID before.
         * @example 019a7c52-4e1b-7c1a-9d7e-5b1f6f0c2a11
         */
        LogId: string;
        /**
         * @description The gateway that handles the call. `rest` only; required there for Workers AI models.
         * @example default
         */
        GatewayIdHeader: string;
        /**
         * @description Seconds that this answer may be cached, 60 to one month. Unset, the gateway's own setting applies.
         * @example 3600
         */
        CacheTtl: number;
        /**
         * @description `true` bypasses the cache, for reading and for writing.
         * @example true
         */
        SkipCache: true;
        /**
         * @description Cache key in place of the gateway's own. Where caching is off for the gateway, it caches this answer for 5 minutes. ASCII without line breaks.
         * @example capital-of-france
         */
        CacheKey: string;
        /**
         * @description Tags for the log: a flat JSON object of at most 5 entries whose values are strings, numbers or booleans, written in ASCII (`\u00e9` for é). Keys that start with `cf.` are reserved. With a nested value the gateway ignores the whole header; entries above five are dropped silently.
         * @example {"team":"search","user":42,"trial":false}
         */
        Metadata: string;
        /**
         * @description Overrides the gateway's setting whether this call is logged.
         * @example false
         */
        CollectLog: boolean;
        /**
         * @description `false` logs the metadata of the call, but neither prompt nor answer.
         * @example false
         */
        CollectLogPayload: boolean;
        /**
         * @description Milliseconds that the gateway waits for the first byte of the provider's response. It does not bound the rest of a stream.
         * @example 30000
         */
        RequestTimeout: number;
        /**
         * @description Attempts that the gateway makes itself, 1 to 5. They multiply with the retries of a client.
         * @example 2
         */
        MaxAttempts: number;
        /**
         * @description Milliseconds between the gateway's own attempts, 100 to 5000.
         * @example 500
         */
        RetryDelay: number;
        /**
         * @description How the delay grows from one of the gateway's own attempts to the next.
         * @example exponential
         */
        Backoff: "constant" | "linear" | "exponential";
        /**
         * @description Own prices for the log, in US dollars per token, as a JSON object: `per_token_in` and `per_token_out`, optionally `per_cache_read_token` and `per_cache_write_token`.
         * @example {"per_token_in":0.000001,"per_token_out":0.000002}
         */
        CustomCost: string;
        /**
         * @description Which of the provider's stored keys to use. Unset, `default`; `rest` consults no other.
         * @example production
         */
        ByokAlias: string;
        /**
         * @description `true` forbids Unified Billing: without a stored key the gateway answers 400 instead of paying with Cloudflare's credentials. Without effect on Workers AI models.
         * @example true
         */
        NoWholesale: true;
        /**
         * @description Overrides zero data retention for this call. Unified Billing only.
         * @example true
         */
        Zdr: boolean;
        /**
         * @description Own id of this call; comes back unchanged in the response header of the same name.
         * @example order-4711
         */
        EventId: string;
        /**
         * @description OpenTelemetry trace that the gateway's span joins; 32 hexadecimal characters.
         * @example 4bf92f3577b34da6a3ce929d0e0e4736
         */
        OtelTraceId: string;
        /**
         * @description OpenTelemetry span that becomes the parent of the gateway's span; 16 hexadecimal characters.
         * @example 00f067aa0ba902b7
         */
        OtelParentSpanId: string;
        /**
         * @description The conversation. The Auto Router keeps one model for it, so that the provider's prompt cache works.
         * @example session-8c1d
         */
        SessionId: string;
        /**
         * @description The turn (a user message and its rounds of tool calls) that this request belongs to. Auto Router only.
         * @example turn-3
         */
        TurnId: string;
        /**
         * @description `true` lets the Auto Router choose a model anew for each request of a session.
         * @example true
         */
        NoSessionAffinity: true;
        /**
         * @description Models that the Auto Router may choose from, separated by commas. The wildcard `*` does not cross a `/`.
         * @example openai/gpt-4o-mini,anthropic/*
         */
        AllowedModels: string;
        /**
         * @description Providers that the Auto Router may choose from, separated by commas.
         * @example openai,anthropic
         */
        AllowedProviders: string;
    };
    requestBodies: {
        /** @description A conversation, the model that continues it, and how. */
        ChatCompletion: {
            content: {
                "application/json": components["schemas"]["ChatCompletionRequest"];
            };
        };
    };
    headers: {
        /**
         * @description Id of the call's log, for reading it and for feedback. Opaque; UUIDv7 since October 2026, ULID before.
         * @example 019a7c52-4e1b-7c1a-9d7e-5b1f6f0c2a11
         */
        LogId: string;
        /**
         * @description The gateway's id of the request, for Cloudflare's support.
         * @example 01JCX3W8V4Q0R6T2N9E5H7K1MD
         */
        RequestId: string;
        /**
         * @description The caller's own id, unchanged.
         * @example order-4711
         */
        EventId: string;
        /**
         * @description `HIT`: a stored answer; `MISS`: the provider's. Absent where caching is off.
         * @example MISS
         */
        CacheStatus: string;
        /**
         * @description Which fallback step answered; 0 is the first.
         * @example 0
         */
        Step: number;
        /**
         * @description The model that a dynamic route really used.
         * @example gpt-4o-mini
         */
        Model: string;
        /**
         * @description The provider that a dynamic route really used.
         * @example openai
         */
        Provider: string;
        /**
         * @description The model that the Auto Router chose.
         * @example anthropic/claude-sonnet-4-5
         */
        RoutedModel: string;
        /**
         * @description Why the Auto Router chose it.
         * @example complex-reasoning
         */
        RoutingReason: string;
        /**
         * @description Id of the Auto Router's decision.
         * @example rd_8c1d2f
         */
        RoutingDecisionId: string;
        /**
         * @description What data loss prevention found, as JSON with `findings` and `action` (`FLAG` or `BLOCK`).
         * @example {"findings":[],"action":"FLAG"}
         */
        Dlp: string;
        /**
         * @description Cloudflare's id of the HTTP request.
         * @example 8f0c2b1d4e5a6789-FRA
         */
        Ray: string;
        /**
         * @description When to try again, in seconds or as an HTTP date. From the gateway or the provider.
         * @example 20
         */
        RetryAfter: string;
        /**
         * @description The provider's own id of the request.
         * @example req_0a1b2c3d
         */
        ProviderRequestId: string;
        /**
         * @description Requests that the provider allows in a period.
         * @example 5000
         */
        RateLimitLimitRequests: string;
        /**
         * @description Tokens that the provider allows in a period.
         * @example 2000000
         */
        RateLimitLimitTokens: string;
        /**
         * @description Requests left in the period.
         * @example 4999
         */
        RateLimitRemainingRequests: string;
        /**
         * @description Tokens left in the period.
         * @example 1999960
         */
        RateLimitRemainingTokens: string;
        /**
         * @description Time until the requests are full again, such as `12ms` or `6m0s`.
         * @example 12ms
         */
        RateLimitResetRequests: string;
        /**
         * @description Time until the tokens are full again, such as `12ms` or `6m0s`.
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
                 * @description Seconds that this answer may be cached, 60 to one month. Unset, the gateway's own setting applies.
                 * @example 3600
                 */
                "cf-aig-cache-ttl"?: components["parameters"]["CacheTtl"];
                /**
                 * @description `true` bypasses the cache, for reading and for writing.
                 * @example true
                 */
                "cf-aig-skip-cache"?: components["parameters"]["SkipCache"];
                /**
                 * @description Cache key in place of the gateway's own. Where caching is off for the gateway, it caches this answer for 5 minutes. ASCII without line breaks.
                 * @example capital-of-france
                 */
                "cf-aig-cache-key"?: components["parameters"]["CacheKey"];
                /**
                 * @description Tags for the log: a flat JSON object of at most 5 entries whose values are strings, numbers or booleans, written in ASCII (`\u00e9` for é). Keys that start with `cf.` are reserved. With a nested value the gateway ignores the whole header; entries above five are dropped silently.
                 * @example {"team":"search","user":42,"trial":false}
                 */
                "cf-aig-metadata"?: components["parameters"]["Metadata"];
                /**
                 * @description Overrides the gateway's setting whether this call is logged.
                 * @example false
                 */
                "cf-aig-collect-log"?: components["parameters"]["CollectLog"];
                /**
                 * @description `false` logs the metadata of the call, but neither prompt nor answer.
                 * @example false
                 */
                "cf-aig-collect-log-payload"?: components["parameters"]["CollectLogPayload"];
                /**
                 * @description Milliseconds that the gateway waits for the first byte of the provider's response. It does not bound the rest of a stream.
                 * @example 30000
                 */
                "cf-aig-request-timeout"?: components["parameters"]["RequestTimeout"];
                /**
                 * @description Attempts that the gateway makes itself, 1 to 5. They multiply with the retries of a client.
                 * @example 2
                 */
                "cf-aig-max-attempts"?: components["parameters"]["MaxAttempts"];
                /**
                 * @description Milliseconds between the gateway's own attempts, 100 to 5000.
                 * @example 500
                 */
                "cf-aig-retry-delay"?: components["parameters"]["RetryDelay"];
                /**
                 * @description How the delay grows from one of the gateway's own attempts to the next.
                 * @example exponential
                 */
                "cf-aig-backoff"?: components["parameters"]["Backoff"];
                /**
                 * @description Own prices for the log, in US dollars per token, as a JSON object: `per_token_in` and `per_token_out`, optionally `per_cache_read_token` and `per_cache_write_token`.
                 * @example {"per_token_in":0.000001,"per_token_out":0.000002}
                 */
                "cf-aig-custom-cost"?: components["parameters"]["CustomCost"];
                /**
                 * @description Which of the provider's stored keys to use. Unset, `default`; `rest` consults no other.
                 * @example production
                 */
                "cf-aig-byok-alias"?: components["parameters"]["ByokAlias"];
                /**
                 * @description `true` forbids Unified Billing: without a stored key the gateway answers 400 instead of paying with Cloudflare's credentials. Without effect on Workers AI models.
                 * @example true
                 */
                "cf-aig-no-wholesale"?: components["parameters"]["NoWholesale"];
                /**
                 * @description Overrides zero data retention for this call. Unified Billing only.
                 * @example true
                 */
                "cf-aig-zdr"?: components["parameters"]["Zdr"];
                /**
                 * @description Own id of this call; comes back unchanged in the response header of the same name.
                 * @example order-4711
                 */
                "cf-aig-event-id"?: components["parameters"]["EventId"];
                /**
                 * @description OpenTelemetry trace that the gateway's span joins; 32 hexadecimal characters.
                 * @example 4bf92f3577b34da6a3ce929d0e0e4736
                 */
                "cf-aig-otel-trace-id"?: components["parameters"]["OtelTraceId"];
                /**
                 * @description OpenTelemetry span that becomes the parent of the gateway's span; 16 hexadecimal characters.
                 * @example 00f067aa0ba902b7
                 */
                "cf-aig-otel-parent-span-id"?: components["parameters"]["OtelParentSpanId"];
                /**
                 * @description The conversation. The Auto Router keeps one model for it, so that the provider's prompt cache works.
                 * @example session-8c1d
                 */
                "cf-aig-session-id"?: components["parameters"]["SessionId"];
                /**
                 * @description The turn (a user message and its rounds of tool calls) that this request belongs to. Auto Router only.
                 * @example turn-3
                 */
                "cf-aig-turn-id"?: components["parameters"]["TurnId"];
                /**
                 * @description `true` lets the Auto Router choose a model anew for each request of a session.
                 * @example true
                 */
                "cf-aig-no-session-affinity"?: components["parameters"]["NoSessionAffinity"];
                /**
                 * @description Models that the Auto Router may choose from, separated by commas. The wildcard `*` does not cross a `/`.
                 * @example openai/gpt-4o-mini,anthropic/*
                 */
                "cf-aig-allowed-models"?: components["parameters"]["AllowedModels"];
                /**
                 * @description Providers that the Auto Router may choose from, separated by commas.
                 * @example openai,anthropic
                 */
                "cf-aig-allowed-providers"?: components["parameters"]["AllowedProviders"];
            };
            path: {
                /**
                 * @description Cloudflare account id; 32 lowercase hexadecimal characters in practice.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * @description Gateway id. `default` is reserved; that gateway is created by the first authenticated request.
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
                 * @description Seconds that this answer may be cached, 60 to one month. Unset, the gateway's own setting applies.
                 * @example 3600
                 */
                "cf-aig-cache-ttl"?: components["parameters"]["CacheTtl"];
                /**
                 * @description `true` bypasses the cache, for reading and for writing.
                 * @example true
                 */
                "cf-aig-skip-cache"?: components["parameters"]["SkipCache"];
                /**
                 * @description Cache key in place of the gateway's own. Where caching is off for the gateway, it caches this answer for 5 minutes. ASCII without line breaks.
                 * @example capital-of-france
                 */
                "cf-aig-cache-key"?: components["parameters"]["CacheKey"];
                /**
                 * @description Tags for the log: a flat JSON object of at most 5 entries whose values are strings, numbers or booleans, written in ASCII (`\u00e9` for é). Keys that start with `cf.` are reserved. With a nested value the gateway ignores the whole header; entries above five are dropped silently.
                 * @example {"team":"search","user":42,"trial":false}
                 */
                "cf-aig-metadata"?: components["parameters"]["Metadata"];
                /**
                 * @description Overrides the gateway's setting whether this call is logged.
                 * @example false
                 */
                "cf-aig-collect-log"?: components["parameters"]["CollectLog"];
                /**
                 * @description `false` logs the metadata of the call, but neither prompt nor answer.
                 * @example false
                 */
                "cf-aig-collect-log-payload"?: components["parameters"]["CollectLogPayload"];
                /**
                 * @description Milliseconds that the gateway waits for the first byte of the provider's response. It does not bound the rest of a stream.
                 * @example 30000
                 */
                "cf-aig-request-timeout"?: components["parameters"]["RequestTimeout"];
                /**
                 * @description Attempts that the gateway makes itself, 1 to 5. They multiply with the retries of a client.
                 * @example 2
                 */
                "cf-aig-max-attempts"?: components["parameters"]["MaxAttempts"];
                /**
                 * @description Milliseconds between the gateway's own attempts, 100 to 5000.
                 * @example 500
                 */
                "cf-aig-retry-delay"?: components["parameters"]["RetryDelay"];
                /**
                 * @description How the delay grows from one of the gateway's own attempts to the next.
                 * @example exponential
                 */
                "cf-aig-backoff"?: components["parameters"]["Backoff"];
                /**
                 * @description Own prices for the log, in US dollars per token, as a JSON object: `per_token_in` and `per_token_out`, optionally `per_cache_read_token` and `per_cache_write_token`.
                 * @example {"per_token_in":0.000001,"per_token_out":0.000002}
                 */
                "cf-aig-custom-cost"?: components["parameters"]["CustomCost"];
                /**
                 * @description Which of the provider's stored keys to use. Unset, `default`; `rest` consults no other.
                 * @example production
                 */
                "cf-aig-byok-alias"?: components["parameters"]["ByokAlias"];
                /**
                 * @description `true` forbids Unified Billing: without a stored key the gateway answers 400 instead of paying with Cloudflare's credentials. Without effect on Workers AI models.
                 * @example true
                 */
                "cf-aig-no-wholesale"?: components["parameters"]["NoWholesale"];
                /**
                 * @description Overrides zero data retention for this call. Unified Billing only.
                 * @example true
                 */
                "cf-aig-zdr"?: components["parameters"]["Zdr"];
                /**
                 * @description Own id of this call; comes back unchanged in the response header of the same name.
                 * @example order-4711
                 */
                "cf-aig-event-id"?: components["parameters"]["EventId"];
                /**
                 * @description OpenTelemetry trace that the gateway's span joins; 32 hexadecimal characters.
                 * @example 4bf92f3577b34da6a3ce929d0e0e4736
                 */
                "cf-aig-otel-trace-id"?: components["parameters"]["OtelTraceId"];
                /**
                 * @description OpenTelemetry span that becomes the parent of the gateway's span; 16 hexadecimal characters.
                 * @example 00f067aa0ba902b7
                 */
                "cf-aig-otel-parent-span-id"?: components["parameters"]["OtelParentSpanId"];
                /**
                 * @description The conversation. The Auto Router keeps one model for it, so that the provider's prompt cache works.
                 * @example session-8c1d
                 */
                "cf-aig-session-id"?: components["parameters"]["SessionId"];
                /**
                 * @description The turn (a user message and its rounds of tool calls) that this request belongs to. Auto Router only.
                 * @example turn-3
                 */
                "cf-aig-turn-id"?: components["parameters"]["TurnId"];
                /**
                 * @description `true` lets the Auto Router choose a model anew for each request of a session.
                 * @example true
                 */
                "cf-aig-no-session-affinity"?: components["parameters"]["NoSessionAffinity"];
                /**
                 * @description Models that the Auto Router may choose from, separated by commas. The wildcard `*` does not cross a `/`.
                 * @example openai/gpt-4o-mini,anthropic/*
                 */
                "cf-aig-allowed-models"?: components["parameters"]["AllowedModels"];
                /**
                 * @description Providers that the Auto Router may choose from, separated by commas.
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
                 * @description The gateway that handles the call. `rest` only; required there for Workers AI models.
                 * @example default
                 */
                "cf-aig-gateway-id"?: components["parameters"]["GatewayIdHeader"];
                /**
                 * @description Seconds that this answer may be cached, 60 to one month. Unset, the gateway's own setting applies.
                 * @example 3600
                 */
                "cf-aig-cache-ttl"?: components["parameters"]["CacheTtl"];
                /**
                 * @description `true` bypasses the cache, for reading and for writing.
                 * @example true
                 */
                "cf-aig-skip-cache"?: components["parameters"]["SkipCache"];
                /**
                 * @description Cache key in place of the gateway's own. Where caching is off for the gateway, it caches this answer for 5 minutes. ASCII without line breaks.
                 * @example capital-of-france
                 */
                "cf-aig-cache-key"?: components["parameters"]["CacheKey"];
                /**
                 * @description Tags for the log: a flat JSON object of at most 5 entries whose values are strings, numbers or booleans, written in ASCII (`\u00e9` for é). Keys that start with `cf.` are reserved. With a nested value the gateway ignores the whole header; entries above five are dropped silently.
                 * @example {"team":"search","user":42,"trial":false}
                 */
                "cf-aig-metadata"?: components["parameters"]["Metadata"];
                /**
                 * @description Overrides the gateway's setting whether this call is logged.
                 * @example false
                 */
                "cf-aig-collect-log"?: components["parameters"]["CollectLog"];
                /**
                 * @description `false` logs the metadata of the call, but neither prompt nor answer.
                 * @example false
                 */
                "cf-aig-collect-log-payload"?: components["parameters"]["CollectLogPayload"];
                /**
                 * @description Milliseconds that the gateway waits for the first byte of the provider's response. It does not bound the rest of a stream.
                 * @example 30000
                 */
                "cf-aig-request-timeout"?: components["parameters"]["RequestTimeout"];
                /**
                 * @description Attempts that the gateway makes itself, 1 to 5. They multiply with the retries of a client.
                 * @example 2
                 */
                "cf-aig-max-attempts"?: components["parameters"]["MaxAttempts"];
                /**
                 * @description Milliseconds between the gateway's own attempts, 100 to 5000.
                 * @example 500
                 */
                "cf-aig-retry-delay"?: components["parameters"]["RetryDelay"];
                /**
                 * @description How the delay grows from one of the gateway's own attempts to the next.
                 * @example exponential
                 */
                "cf-aig-backoff"?: components["parameters"]["Backoff"];
                /**
                 * @description Own prices for the log, in US dollars per token, as a JSON object: `per_token_in` and `per_token_out`, optionally `per_cache_read_token` and `per_cache_write_token`.
                 * @example {"per_token_in":0.000001,"per_token_out":0.000002}
                 */
                "cf-aig-custom-cost"?: components["parameters"]["CustomCost"];
                /**
                 * @description Which of the provider's stored keys to use. Unset, `default`; `rest` consults no other.
                 * @example production
                 */
                "cf-aig-byok-alias"?: components["parameters"]["ByokAlias"];
                /**
                 * @description `true` forbids Unified Billing: without a stored key the gateway answers 400 instead of paying with Cloudflare's credentials. Without effect on Workers AI models.
                 * @example true
                 */
                "cf-aig-no-wholesale"?: components["parameters"]["NoWholesale"];
                /**
                 * @description Overrides zero data retention for this call. Unified Billing only.
                 * @example true
                 */
                "cf-aig-zdr"?: components["parameters"]["Zdr"];
                /**
                 * @description Own id of this call; comes back unchanged in the response header of the same name.
                 * @example order-4711
                 */
                "cf-aig-event-id"?: components["parameters"]["EventId"];
                /**
                 * @description OpenTelemetry trace that the gateway's span joins; 32 hexadecimal characters.
                 * @example 4bf92f3577b34da6a3ce929d0e0e4736
                 */
                "cf-aig-otel-trace-id"?: components["parameters"]["OtelTraceId"];
                /**
                 * @description OpenTelemetry span that becomes the parent of the gateway's span; 16 hexadecimal characters.
                 * @example 00f067aa0ba902b7
                 */
                "cf-aig-otel-parent-span-id"?: components["parameters"]["OtelParentSpanId"];
                /**
                 * @description The conversation. The Auto Router keeps one model for it, so that the provider's prompt cache works.
                 * @example session-8c1d
                 */
                "cf-aig-session-id"?: components["parameters"]["SessionId"];
                /**
                 * @description The turn (a user message and its rounds of tool calls) that this request belongs to. Auto Router only.
                 * @example turn-3
                 */
                "cf-aig-turn-id"?: components["parameters"]["TurnId"];
                /**
                 * @description `true` lets the Auto Router choose a model anew for each request of a session.
                 * @example true
                 */
                "cf-aig-no-session-affinity"?: components["parameters"]["NoSessionAffinity"];
                /**
                 * @description Models that the Auto Router may choose from, separated by commas. The wildcard `*` does not cross a `/`.
                 * @example openai/gpt-4o-mini,anthropic/*
                 */
                "cf-aig-allowed-models"?: components["parameters"]["AllowedModels"];
                /**
                 * @description Providers that the Auto Router may choose from, separated by commas.
                 * @example openai,anthropic
                 */
                "cf-aig-allowed-providers"?: components["parameters"]["AllowedProviders"];
            };
            path: {
                /**
                 * @description Cloudflare account id; 32 lowercase hexadecimal characters in practice.
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
            424: components["responses"]["Guardrails"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["ProviderError"];
        };
    };
    listLogs: {
        parameters: {
            query?: {
                /**
                 * @description Page to return, counted from 1.
                 * @example 1
                 */
                page?: number;
                /**
                 * @description Logs on a page, 1 to 50.
                 * @example 20
                 */
                per_page?: number;
                /**
                 * @description Field to sort by.
                 * @example cost
                 */
                order_by?: "created_at" | "provider" | "model" | "model_type" | "success" | "cached" | "cost" | "tokens_in" | "tokens_out" | "duration" | "feedback";
                /**
                 * @description Direction of the sort.
                 * @example desc
                 */
                order_by_direction?: "asc" | "desc";
                /**
                 * @description Text to look for in the logs.
                 * @example strawberry
                 */
                search?: string;
                /**
                 * @description Only logs from this time on, RFC 3339.
                 * @example 2026-11-01T00:00:00Z
                 */
                start_date?: string;
                /**
                 * @description Only logs up to this time, RFC 3339.
                 * @example 2026-11-30T23:59:59Z
                 */
                end_date?: string;
                /**
                 * @description Only logs of this provider.
                 * @example openai
                 */
                provider?: string;
                /**
                 * @description Only logs of this model.
                 * @example gpt-4o-mini
                 */
                model?: string;
                /**
                 * @description Only logs of this kind of model.
                 * @example chat
                 */
                model_type?: string;
                /**
                 * @description Only answers that came from the cache (`true`) or from the provider (`false`).
                 * @example false
                 */
                cached?: boolean;
                /**
                 * @description Only calls that succeeded (`true`) or failed (`false`).
                 * @example true
                 */
                success?: boolean;
                /**
                 * @description Only logs with this feedback.
                 * @example 1
                 */
                feedback?: -1 | 0 | 1;
                /**
                 * @description Lowest cost in US dollars.
                 * @example 0.01
                 */
                min_cost?: number;
                /**
                 * @description Highest cost in US dollars.
                 * @example 1
                 */
                max_cost?: number;
                /**
                 * @description Fewest input tokens.
                 * @example 100
                 */
                min_tokens_in?: number;
                /**
                 * @description Most input tokens.
                 * @example 100000
                 */
                max_tokens_in?: number;
                /**
                 * @description Fewest output tokens.
                 * @example 1
                 */
                min_tokens_out?: number;
                /**
                 * @description Most output tokens.
                 * @example 4000
                 */
                max_tokens_out?: number;
                /**
                 * @description Fewest tokens, input and output together.
                 * @example 100
                 */
                min_total_tokens?: number;
                /**
                 * @description Most tokens, input and output together.
                 * @example 104000
                 */
                max_total_tokens?: number;
                /**
                 * @description Shortest duration in milliseconds.
                 * @example 1000
                 */
                min_duration?: number;
                /**
                 * @description Longest duration in milliseconds.
                 * @example 60000
                 */
                max_duration?: number;
                /**
                 * @description Only logs whose request had this content type.
                 * @example application/json
                 */
                request_content_type?: string;
                /**
                 * @description Only logs whose response had this content type.
                 * @example text/event-stream
                 */
                response_content_type?: string;
                /**
                 * @description Add the extremes of cost, tokens and duration to `result_info`.
                 * @example true
                 */
                meta_info?: boolean;
            };
            header?: never;
            path: {
                /**
                 * @description Cloudflare account id; 32 lowercase hexadecimal characters in practice.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * @description Gateway id. `default` is reserved; that gateway is created by the first authenticated request.
                 * @example default
                 */
                gateway_id: components["parameters"]["GatewayId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of logs. */
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
    getLog: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Cloudflare account id; 32 lowercase hexadecimal characters in practice.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * @description Gateway id. `default` is reserved; that gateway is created by the first authenticated request.
                 * @example default
                 */
                gateway_id: components["parameters"]["GatewayId"];
                /**
                 * @description Log id, from the response header `cf-aig-log-id`. Opaque; UUIDv7 since October 2026, ULID before.
                 * @example 019a7c52-4e1b-7c1a-9d7e-5b1f6f0c2a11
                 */
                log_id: components["parameters"]["LogId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The log. */
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
                 * @description Cloudflare account id; 32 lowercase hexadecimal characters in practice.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * @description Gateway id. `default` is reserved; that gateway is created by the first authenticated request.
                 * @example default
                 */
                gateway_id: components["parameters"]["GatewayId"];
                /**
                 * @description Log id, from the response header `cf-aig-log-id`. Opaque; UUIDv7 since October 2026, ULID before.
                 * @example 019a7c52-4e1b-7c1a-9d7e-5b1f6f0c2a11
                 */
                log_id: components["parameters"]["LogId"];
            };
            cookie?: never;
        };
        /** @description The fields to write; the others stay as they are. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogPatch"];
            };
        };
        responses: {
            /** @description Written. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogPatchEnvelope"];
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
