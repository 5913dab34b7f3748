// generated from spec/openapi.yaml; do not edit

/** The spec's component schemas as JSON Schema 2020-12. Validate with `{ ...schemas, $ref: "#/$defs/ChatCompletion" }`. */
export const schemas: { $defs: Record<string, Record<string, unknown>> } = {
  "$defs": {
    "ChatCompletionRequest": {
      "type": "object",
      "required": [
        "model",
        "messages"
      ],
      "additionalProperties": true,
      "properties": {
        "model": {
          "type": "string",
          "minLength": 1
        },
        "messages": {
          "type": "array",
          "minItems": 1,
          "items": {
            "$ref": "#/$defs/ChatCompletionRequestMessage"
          }
        },
        "temperature": {
          "type": "number",
          "minimum": 0,
          "maximum": 2
        },
        "top_p": {
          "type": "number",
          "minimum": 0,
          "maximum": 1
        },
        "frequency_penalty": {
          "type": "number",
          "minimum": -2,
          "maximum": 2
        },
        "presence_penalty": {
          "type": "number",
          "minimum": -2,
          "maximum": 2
        },
        "logit_bias": {
          "type": "object",
          "additionalProperties": {
            "type": "number",
            "minimum": -100,
            "maximum": 100
          }
        },
        "stop": {
          "oneOf": [
            {
              "type": "string"
            },
            {
              "type": "array",
              "items": {
                "type": "string"
              }
            }
          ]
        },
        "seed": {
          "type": "integer"
        },
        "logprobs": {
          "type": "boolean"
        },
        "top_logprobs": {
          "type": "integer",
          "minimum": 0,
          "maximum": 20
        },
        "n": {
          "type": "integer",
          "minimum": 1,
          "maximum": 128
        },
        "max_tokens": {
          "type": "integer",
          "minimum": 1
        },
        "max_completion_tokens": {
          "type": "integer",
          "minimum": 1
        },
        "reasoning_effort": {
          "type": "string"
        },
        "reasoning": {
          "type": "object",
          "additionalProperties": true
        },
        "thinking": {
          "type": "object",
          "additionalProperties": true
        },
        "extra_body": {
          "type": "object",
          "additionalProperties": true
        },
        "verbosity": {
          "type": "string",
          "enum": [
            "low",
            "medium",
            "high"
          ]
        },
        "modalities": {
          "type": "array",
          "items": {
            "type": "string",
            "enum": [
              "text",
              "audio",
              "image"
            ]
          }
        },
        "audio": {
          "type": "object",
          "required": [
            "voice",
            "format"
          ],
          "additionalProperties": true,
          "properties": {
            "voice": {
              "oneOf": [
                {
                  "type": "string"
                },
                {
                  "type": "object",
                  "required": [
                    "id"
                  ],
                  "additionalProperties": true,
                  "properties": {
                    "id": {
                      "type": "string"
                    }
                  }
                }
              ]
            },
            "format": {
              "type": "string"
            }
          }
        },
        "prediction": {
          "type": "object",
          "required": [
            "type",
            "content"
          ],
          "additionalProperties": true,
          "properties": {
            "type": {
              "type": "string",
              "enum": [
                "content"
              ]
            },
            "content": {
              "oneOf": [
                {
                  "type": "string"
                },
                {
                  "type": "array",
                  "items": {
                    "$ref": "#/$defs/TextPart"
                  }
                }
              ]
            }
          }
        },
        "response_format": {
          "$ref": "#/$defs/ResponseFormat"
        },
        "tools": {
          "type": "array",
          "minItems": 1,
          "items": {
            "$ref": "#/$defs/ChatCompletionTool"
          }
        },
        "tool_choice": {
          "$ref": "#/$defs/ToolChoice"
        },
        "parallel_tool_calls": {
          "type": "boolean"
        },
        "stream": {
          "type": "boolean",
          "default": false
        },
        "stream_options": {
          "type": "object",
          "additionalProperties": true,
          "properties": {
            "include_usage": {
              "type": "boolean"
            },
            "include_obfuscation": {
              "type": "boolean"
            }
          }
        },
        "service_tier": {
          "type": "string"
        },
        "store": {
          "type": "boolean"
        },
        "metadata": {
          "type": "object",
          "additionalProperties": {
            "type": "string"
          }
        },
        "moderation": {
          "type": "object",
          "additionalProperties": true
        },
        "user": {
          "type": "string"
        },
        "safety_identifier": {
          "type": "string"
        },
        "prompt_cache_key": {
          "type": "string"
        },
        "prompt_cache_options": {
          "type": "object",
          "additionalProperties": true
        },
        "prompt_cache_retention": {
          "type": "string"
        },
        "web_search_options": {
          "type": "object",
          "additionalProperties": true,
          "properties": {
            "search_context_size": {
              "type": "string",
              "enum": [
                "low",
                "medium",
                "high"
              ]
            },
            "user_location": {
              "type": "object",
              "additionalProperties": true,
              "properties": {
                "type": {
                  "type": "string",
                  "enum": [
                    "approximate"
                  ]
                },
                "approximate": {
                  "type": "object",
                  "additionalProperties": true,
                  "properties": {
                    "city": {
                      "type": "string"
                    },
                    "country": {
                      "type": "string"
                    },
                    "region": {
                      "type": "string"
                    },
                    "timezone": {
                      "type": "string"
                    }
                  }
                }
              }
            }
          }
        }
      }
    },
    "ChatCompletionRequestMessage": {
      "type": "object",
      "discriminator": {
        "propertyName": "role"
      },
      "oneOf": [
        {
          "$ref": "#/$defs/DeveloperMessage"
        },
        {
          "$ref": "#/$defs/SystemMessage"
        },
        {
          "$ref": "#/$defs/UserMessage"
        },
        {
          "$ref": "#/$defs/AssistantMessage"
        },
        {
          "$ref": "#/$defs/ToolMessage"
        },
        {
          "$ref": "#/$defs/FunctionMessage"
        }
      ]
    },
    "DeveloperMessage": {
      "type": "object",
      "required": [
        "role",
        "content"
      ],
      "additionalProperties": true,
      "properties": {
        "role": {
          "type": "string",
          "enum": [
            "developer"
          ]
        },
        "content": {
          "oneOf": [
            {
              "type": "string"
            },
            {
              "type": "array",
              "items": {
                "$ref": "#/$defs/TextPart"
              }
            }
          ]
        },
        "name": {
          "type": "string"
        }
      }
    },
    "SystemMessage": {
      "type": "object",
      "required": [
        "role",
        "content"
      ],
      "additionalProperties": true,
      "properties": {
        "role": {
          "type": "string",
          "enum": [
            "system"
          ]
        },
        "content": {
          "oneOf": [
            {
              "type": "string"
            },
            {
              "type": "array",
              "items": {
                "$ref": "#/$defs/TextPart"
              }
            }
          ]
        },
        "name": {
          "type": "string"
        }
      }
    },
    "UserMessage": {
      "type": "object",
      "required": [
        "role",
        "content"
      ],
      "additionalProperties": true,
      "properties": {
        "role": {
          "type": "string",
          "enum": [
            "user"
          ]
        },
        "content": {
          "oneOf": [
            {
              "type": "string"
            },
            {
              "type": "array",
              "items": {
                "$ref": "#/$defs/UserContentPart"
              }
            }
          ]
        },
        "name": {
          "type": "string"
        }
      }
    },
    "AssistantMessage": {
      "type": "object",
      "required": [
        "role"
      ],
      "additionalProperties": true,
      "properties": {
        "role": {
          "type": "string",
          "enum": [
            "assistant"
          ]
        },
        "content": {
          "oneOf": [
            {
              "type": "string"
            },
            {
              "type": "array",
              "items": {
                "$ref": "#/$defs/AssistantContentPart"
              }
            },
            {
              "type": "null"
            }
          ]
        },
        "name": {
          "type": "string"
        },
        "refusal": {
          "type": [
            "string",
            "null"
          ]
        },
        "tool_calls": {
          "type": "array",
          "minItems": 1,
          "items": {
            "$ref": "#/$defs/AssistantToolCall"
          }
        },
        "audio": {
          "type": [
            "object",
            "null"
          ],
          "required": [
            "id"
          ],
          "additionalProperties": true,
          "properties": {
            "id": {
              "type": "string"
            }
          }
        },
        "reasoning_content": {
          "type": [
            "string",
            "null"
          ]
        },
        "reasoning_details": {
          "type": "array",
          "items": {
            "type": "object",
            "additionalProperties": true
          }
        },
        "extra_content": {}
      }
    },
    "ToolMessage": {
      "type": "object",
      "required": [
        "role",
        "tool_call_id",
        "content"
      ],
      "additionalProperties": true,
      "properties": {
        "role": {
          "type": "string",
          "enum": [
            "tool"
          ]
        },
        "tool_call_id": {
          "type": "string"
        },
        "content": {
          "oneOf": [
            {
              "type": "string"
            },
            {
              "type": "array",
              "items": {
                "$ref": "#/$defs/UserContentPart"
              }
            }
          ]
        },
        "name": {
          "type": "string"
        }
      }
    },
    "FunctionMessage": {
      "type": "object",
      "required": [
        "role",
        "name",
        "content"
      ],
      "additionalProperties": true,
      "properties": {
        "role": {
          "type": "string",
          "enum": [
            "function"
          ]
        },
        "name": {
          "type": "string"
        },
        "content": {
          "type": [
            "string",
            "null"
          ]
        }
      }
    },
    "UserContentPart": {
      "type": "object",
      "discriminator": {
        "propertyName": "type"
      },
      "oneOf": [
        {
          "$ref": "#/$defs/TextPart"
        },
        {
          "$ref": "#/$defs/ImagePart"
        },
        {
          "$ref": "#/$defs/InputAudioPart"
        },
        {
          "$ref": "#/$defs/FilePart"
        }
      ]
    },
    "AssistantContentPart": {
      "type": "object",
      "discriminator": {
        "propertyName": "type"
      },
      "oneOf": [
        {
          "$ref": "#/$defs/TextPart"
        },
        {
          "$ref": "#/$defs/RefusalPart"
        },
        {
          "$ref": "#/$defs/ThinkingPart"
        }
      ]
    },
    "TextPart": {
      "type": "object",
      "required": [
        "type",
        "text"
      ],
      "additionalProperties": true,
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "text"
          ]
        },
        "text": {
          "type": "string"
        },
        "cache_control": {
          "$ref": "#/$defs/CacheControl"
        },
        "prompt_cache_breakpoint": {
          "type": "object",
          "additionalProperties": true
        }
      }
    },
    "ImagePart": {
      "type": "object",
      "required": [
        "type",
        "image_url"
      ],
      "additionalProperties": true,
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "image_url"
          ]
        },
        "image_url": {
          "type": "object",
          "required": [
            "url"
          ],
          "additionalProperties": true,
          "properties": {
            "url": {
              "type": "string"
            },
            "detail": {
              "type": "string",
              "enum": [
                "auto",
                "low",
                "high"
              ]
            }
          }
        },
        "cache_control": {
          "$ref": "#/$defs/CacheControl"
        },
        "prompt_cache_breakpoint": {
          "type": "object",
          "additionalProperties": true
        }
      }
    },
    "InputAudioPart": {
      "type": "object",
      "required": [
        "type",
        "input_audio"
      ],
      "additionalProperties": true,
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "input_audio"
          ]
        },
        "input_audio": {
          "type": "object",
          "required": [
            "data",
            "format"
          ],
          "additionalProperties": true,
          "properties": {
            "data": {
              "type": "string"
            },
            "format": {
              "type": "string"
            }
          }
        },
        "cache_control": {
          "$ref": "#/$defs/CacheControl"
        },
        "prompt_cache_breakpoint": {
          "type": "object",
          "additionalProperties": true
        }
      }
    },
    "FilePart": {
      "type": "object",
      "required": [
        "type",
        "file"
      ],
      "additionalProperties": true,
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "file"
          ]
        },
        "file": {
          "type": "object",
          "additionalProperties": true,
          "properties": {
            "filename": {
              "type": "string"
            },
            "file_data": {
              "type": "string"
            },
            "file_id": {
              "type": "string"
            }
          }
        },
        "cache_control": {
          "$ref": "#/$defs/CacheControl"
        },
        "prompt_cache_breakpoint": {
          "type": "object",
          "additionalProperties": true
        }
      }
    },
    "CacheControl": {
      "type": "object",
      "required": [
        "type"
      ],
      "additionalProperties": true,
      "properties": {
        "type": {
          "type": "string"
        },
        "ttl": {
          "type": "string"
        }
      }
    },
    "RefusalPart": {
      "type": "object",
      "required": [
        "type",
        "refusal"
      ],
      "additionalProperties": true,
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "refusal"
          ]
        },
        "refusal": {
          "type": "string"
        }
      }
    },
    "ThinkingPart": {
      "type": "object",
      "required": [
        "type",
        "thinking"
      ],
      "additionalProperties": true,
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "thinking"
          ]
        },
        "thinking": {
          "oneOf": [
            {
              "type": "string"
            },
            {
              "type": "array",
              "items": {
                "type": "object",
                "additionalProperties": true
              }
            }
          ]
        },
        "signature": {
          "type": [
            "string",
            "null"
          ]
        }
      }
    },
    "AssistantToolCall": {
      "type": "object",
      "discriminator": {
        "propertyName": "type"
      },
      "oneOf": [
        {
          "$ref": "#/$defs/ToolCall"
        },
        {
          "$ref": "#/$defs/CustomToolCall"
        }
      ]
    },
    "CustomToolCall": {
      "type": "object",
      "required": [
        "id",
        "type",
        "custom"
      ],
      "additionalProperties": true,
      "properties": {
        "id": {
          "type": "string",
          "minLength": 1
        },
        "type": {
          "type": "string",
          "enum": [
            "custom"
          ]
        },
        "custom": {
          "type": "object",
          "required": [
            "name",
            "input"
          ],
          "additionalProperties": true,
          "properties": {
            "name": {
              "type": "string"
            },
            "input": {
              "type": "string"
            }
          }
        }
      }
    },
    "ToolCall": {
      "type": "object",
      "required": [
        "id",
        "type",
        "function"
      ],
      "additionalProperties": true,
      "properties": {
        "id": {
          "type": "string",
          "minLength": 1
        },
        "type": {
          "type": "string",
          "enum": [
            "function"
          ]
        },
        "function": {
          "type": "object",
          "required": [
            "name",
            "arguments"
          ],
          "additionalProperties": true,
          "properties": {
            "name": {
              "type": "string"
            },
            "arguments": {
              "type": "string"
            }
          }
        },
        "extra_content": {}
      }
    },
    "ChatCompletionTool": {
      "type": "object",
      "discriminator": {
        "propertyName": "type"
      },
      "oneOf": [
        {
          "$ref": "#/$defs/FunctionTool"
        },
        {
          "$ref": "#/$defs/CustomTool"
        }
      ]
    },
    "CustomTool": {
      "type": "object",
      "required": [
        "type",
        "custom"
      ],
      "additionalProperties": true,
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "custom"
          ]
        },
        "custom": {
          "type": "object",
          "required": [
            "name"
          ],
          "additionalProperties": true,
          "properties": {
            "name": {
              "type": "string",
              "minLength": 1
            },
            "description": {
              "type": "string"
            },
            "format": {
              "type": "object",
              "additionalProperties": true
            }
          }
        }
      }
    },
    "FunctionTool": {
      "type": "object",
      "required": [
        "type",
        "function"
      ],
      "additionalProperties": true,
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "function"
          ]
        },
        "function": {
          "type": "object",
          "required": [
            "name"
          ],
          "additionalProperties": true,
          "properties": {
            "name": {
              "type": "string",
              "minLength": 1
            },
            "description": {
              "type": "string"
            },
            "parameters": {
              "type": "object",
              "additionalProperties": true
            },
            "strict": {
              "type": [
                "boolean",
                "null"
              ]
            }
          }
        }
      }
    },
    "ToolChoice": {
      "oneOf": [
        {
          "type": "string",
          "enum": [
            "none",
            "auto",
            "required"
          ]
        },
        {
          "$ref": "#/$defs/NamedToolChoice"
        },
        {
          "$ref": "#/$defs/CustomToolChoice"
        },
        {
          "$ref": "#/$defs/AllowedToolsChoice"
        }
      ]
    },
    "NamedToolChoice": {
      "type": "object",
      "required": [
        "type",
        "function"
      ],
      "additionalProperties": true,
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "function"
          ]
        },
        "function": {
          "type": "object",
          "required": [
            "name"
          ],
          "additionalProperties": true,
          "properties": {
            "name": {
              "type": "string"
            }
          }
        }
      }
    },
    "CustomToolChoice": {
      "type": "object",
      "required": [
        "type",
        "custom"
      ],
      "additionalProperties": true,
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "custom"
          ]
        },
        "custom": {
          "type": "object",
          "required": [
            "name"
          ],
          "additionalProperties": true,
          "properties": {
            "name": {
              "type": "string"
            }
          }
        }
      }
    },
    "AllowedToolsChoice": {
      "type": "object",
      "required": [
        "type",
        "allowed_tools"
      ],
      "additionalProperties": true,
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "allowed_tools"
          ]
        },
        "allowed_tools": {
          "type": "object",
          "required": [
            "mode",
            "tools"
          ],
          "additionalProperties": true,
          "properties": {
            "mode": {
              "type": "string",
              "enum": [
                "auto",
                "required"
              ]
            },
            "tools": {
              "type": "array",
              "items": {
                "type": "object",
                "additionalProperties": true
              }
            }
          }
        }
      }
    },
    "ResponseFormat": {
      "type": "object",
      "discriminator": {
        "propertyName": "type"
      },
      "oneOf": [
        {
          "$ref": "#/$defs/TextResponseFormat"
        },
        {
          "$ref": "#/$defs/JsonObjectResponseFormat"
        },
        {
          "$ref": "#/$defs/JsonSchemaResponseFormat"
        }
      ]
    },
    "TextResponseFormat": {
      "type": "object",
      "required": [
        "type"
      ],
      "additionalProperties": true,
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "text"
          ]
        }
      }
    },
    "JsonObjectResponseFormat": {
      "type": "object",
      "required": [
        "type"
      ],
      "additionalProperties": true,
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "json_object"
          ]
        }
      }
    },
    "JsonSchemaResponseFormat": {
      "type": "object",
      "required": [
        "type",
        "json_schema"
      ],
      "additionalProperties": true,
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "json_schema"
          ]
        },
        "json_schema": {
          "type": "object",
          "required": [
            "name"
          ],
          "additionalProperties": true,
          "properties": {
            "name": {
              "type": "string",
              "minLength": 1
            },
            "description": {
              "type": "string"
            },
            "schema": {
              "type": "object",
              "additionalProperties": true
            },
            "strict": {
              "type": [
                "boolean",
                "null"
              ]
            }
          }
        }
      }
    },
    "ChatCompletion": {
      "type": "object",
      "required": [
        "choices"
      ],
      "additionalProperties": true,
      "properties": {
        "id": {
          "type": [
            "string",
            "null"
          ]
        },
        "object": {
          "type": [
            "string",
            "null"
          ]
        },
        "created": {
          "type": [
            "number",
            "null"
          ]
        },
        "model": {
          "type": [
            "string",
            "null"
          ]
        },
        "choices": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/CompletionChoice"
          }
        },
        "usage": {
          "oneOf": [
            {
              "$ref": "#/$defs/CompletionUsage"
            },
            {
              "type": "null"
            }
          ]
        },
        "system_fingerprint": {
          "type": [
            "string",
            "null"
          ]
        },
        "service_tier": {
          "type": [
            "string",
            "null"
          ]
        },
        "citations": {
          "type": [
            "array",
            "null"
          ],
          "items": {}
        },
        "search_results": {
          "type": [
            "array",
            "null"
          ],
          "items": {
            "$ref": "#/$defs/SearchResult"
          }
        },
        "images": {
          "type": [
            "array",
            "null"
          ],
          "items": {}
        },
        "related_questions": {
          "type": [
            "array",
            "null"
          ],
          "items": {}
        },
        "provider": {
          "type": [
            "string",
            "null"
          ]
        },
        "x_groq": {
          "oneOf": [
            {
              "$ref": "#/$defs/GroqData"
            },
            {
              "type": "null"
            }
          ]
        },
        "metadata": {
          "type": [
            "object",
            "null"
          ],
          "additionalProperties": true
        },
        "moderation": {
          "type": [
            "object",
            "null"
          ],
          "additionalProperties": true
        },
        "time_info": {
          "type": [
            "object",
            "null"
          ],
          "additionalProperties": true
        },
        "usage_breakdown": {},
        "prompt_logprobs": {},
        "error": {
          "$ref": "#/$defs/InlineError"
        }
      }
    },
    "CompletionChoice": {
      "type": "object",
      "required": [
        "message"
      ],
      "additionalProperties": true,
      "properties": {
        "index": {
          "type": [
            "integer",
            "null"
          ]
        },
        "message": {
          "$ref": "#/$defs/CompletionMessage"
        },
        "finish_reason": {
          "$ref": "#/$defs/FinishReason"
        },
        "delta": {
          "oneOf": [
            {
              "$ref": "#/$defs/ChunkDelta"
            },
            {
              "type": "null"
            }
          ]
        },
        "stop_reason": {},
        "native_finish_reason": {
          "type": [
            "string",
            "null"
          ]
        },
        "logprobs": {
          "oneOf": [
            {
              "$ref": "#/$defs/Logprobs"
            },
            {
              "type": "null"
            }
          ]
        },
        "error": {
          "$ref": "#/$defs/InlineError"
        }
      }
    },
    "CompletionMessage": {
      "type": "object",
      "additionalProperties": true,
      "properties": {
        "role": {
          "type": [
            "string",
            "null"
          ]
        },
        "content": {
          "$ref": "#/$defs/AnswerContent"
        },
        "refusal": {
          "type": [
            "string",
            "null"
          ]
        },
        "tool_calls": {
          "type": [
            "array",
            "null"
          ],
          "items": {
            "$ref": "#/$defs/CompletionToolCall"
          }
        },
        "reasoning_content": {
          "type": [
            "string",
            "null"
          ]
        },
        "reasoning": {
          "type": [
            "string",
            "null"
          ]
        },
        "reasoning_details": {
          "type": [
            "array",
            "null"
          ],
          "items": {
            "$ref": "#/$defs/ReasoningDetail"
          }
        },
        "annotations": {
          "type": [
            "array",
            "null"
          ],
          "items": {
            "$ref": "#/$defs/Annotation"
          }
        },
        "audio": {
          "oneOf": [
            {
              "$ref": "#/$defs/AnswerAudio"
            },
            {
              "type": "null"
            }
          ]
        },
        "images": {
          "type": [
            "array",
            "null"
          ],
          "items": {}
        },
        "citations": {
          "type": [
            "array",
            "null"
          ],
          "items": {}
        },
        "extra_content": {}
      }
    },
    "AnswerContent": {
      "oneOf": [
        {
          "type": "string"
        },
        {
          "type": "array",
          "items": {
            "$ref": "#/$defs/AnswerContentPart"
          }
        },
        {
          "type": "number"
        },
        {
          "type": "boolean"
        },
        {
          "type": "object",
          "additionalProperties": true
        },
        {
          "type": "null"
        }
      ]
    },
    "AnswerContentPart": {
      "type": "object",
      "additionalProperties": true,
      "properties": {
        "type": {
          "type": [
            "string",
            "null"
          ]
        },
        "text": {
          "type": [
            "string",
            "null"
          ]
        },
        "thinking": {
          "oneOf": [
            {
              "type": "string"
            },
            {
              "type": "array",
              "items": {
                "$ref": "#/$defs/ThinkingTextPart"
              }
            },
            {
              "type": "null"
            }
          ]
        }
      }
    },
    "ThinkingTextPart": {
      "type": "object",
      "additionalProperties": true,
      "properties": {
        "type": {
          "type": [
            "string",
            "null"
          ]
        },
        "text": {
          "type": [
            "string",
            "null"
          ]
        }
      }
    },
    "CompletionToolCall": {
      "type": "object",
      "additionalProperties": true,
      "properties": {
        "id": {
          "type": [
            "string",
            "null"
          ]
        },
        "index": {
          "type": [
            "integer",
            "null"
          ]
        },
        "type": {
          "type": [
            "string",
            "null"
          ]
        },
        "function": {
          "$ref": "#/$defs/CalledFunction"
        },
        "custom": {
          "$ref": "#/$defs/CalledCustomTool"
        },
        "extra_content": {}
      }
    },
    "CalledFunction": {
      "type": [
        "object",
        "null"
      ],
      "additionalProperties": true,
      "properties": {
        "name": {
          "type": [
            "string",
            "null"
          ]
        },
        "arguments": {
          "oneOf": [
            {
              "type": "string"
            },
            {
              "type": "object",
              "additionalProperties": true
            },
            {
              "type": "null"
            }
          ]
        }
      }
    },
    "CalledCustomTool": {
      "type": [
        "object",
        "null"
      ],
      "additionalProperties": true,
      "properties": {
        "name": {
          "type": [
            "string",
            "null"
          ]
        },
        "input": {
          "type": [
            "string",
            "null"
          ]
        }
      }
    },
    "FinishReason": {
      "type": [
        "string",
        "null"
      ]
    },
    "Logprobs": {
      "type": "object",
      "additionalProperties": true,
      "properties": {
        "content": {
          "type": [
            "array",
            "null"
          ],
          "items": {
            "$ref": "#/$defs/TokenLogprob"
          }
        },
        "refusal": {
          "type": [
            "array",
            "null"
          ],
          "items": {
            "$ref": "#/$defs/TokenLogprob"
          }
        }
      }
    },
    "TokenLogprob": {
      "type": "object",
      "additionalProperties": true,
      "properties": {
        "token": {
          "type": [
            "string",
            "null"
          ]
        },
        "logprob": {
          "type": [
            "number",
            "null"
          ]
        },
        "bytes": {
          "type": [
            "array",
            "null"
          ],
          "items": {
            "type": "integer"
          }
        },
        "top_logprobs": {
          "type": [
            "array",
            "null"
          ],
          "items": {
            "type": "object",
            "additionalProperties": true
          }
        }
      }
    },
    "ReasoningDetail": {
      "type": "object",
      "additionalProperties": true,
      "properties": {
        "type": {
          "type": [
            "string",
            "null"
          ]
        },
        "text": {
          "type": [
            "string",
            "null"
          ]
        },
        "summary": {
          "type": [
            "string",
            "null"
          ]
        },
        "data": {
          "type": [
            "string",
            "null"
          ]
        },
        "signature": {
          "type": [
            "string",
            "null"
          ]
        },
        "id": {
          "type": [
            "string",
            "null"
          ]
        },
        "format": {
          "type": [
            "string",
            "null"
          ]
        },
        "index": {
          "type": [
            "integer",
            "null"
          ]
        }
      }
    },
    "Annotation": {
      "type": "object",
      "additionalProperties": true,
      "properties": {
        "type": {
          "type": [
            "string",
            "null"
          ]
        },
        "url_citation": {
          "type": [
            "object",
            "null"
          ],
          "additionalProperties": true,
          "properties": {
            "url": {
              "type": [
                "string",
                "null"
              ]
            },
            "title": {
              "type": [
                "string",
                "null"
              ]
            },
            "start_index": {
              "type": [
                "integer",
                "null"
              ]
            },
            "end_index": {
              "type": [
                "integer",
                "null"
              ]
            }
          }
        }
      }
    },
    "SearchResult": {
      "type": "object",
      "additionalProperties": true,
      "properties": {
        "title": {
          "type": [
            "string",
            "null"
          ]
        },
        "url": {
          "type": [
            "string",
            "null"
          ]
        },
        "date": {
          "type": [
            "string",
            "null"
          ]
        },
        "last_updated": {
          "type": [
            "string",
            "null"
          ]
        },
        "snippet": {
          "type": [
            "string",
            "null"
          ]
        },
        "source": {
          "type": [
            "string",
            "null"
          ]
        }
      }
    },
    "AnswerAudio": {
      "type": "object",
      "additionalProperties": true,
      "properties": {
        "id": {
          "type": [
            "string",
            "null"
          ]
        },
        "data": {
          "type": [
            "string",
            "null"
          ]
        },
        "transcript": {
          "type": [
            "string",
            "null"
          ]
        },
        "expires_at": {
          "type": [
            "number",
            "null"
          ]
        }
      }
    },
    "GroqData": {
      "type": "object",
      "additionalProperties": true,
      "properties": {
        "id": {
          "type": [
            "string",
            "null"
          ]
        },
        "seed": {
          "type": [
            "integer",
            "null"
          ]
        },
        "usage": {
          "oneOf": [
            {
              "$ref": "#/$defs/CompletionUsage"
            },
            {
              "type": "null"
            }
          ]
        },
        "error": {
          "type": [
            "string",
            "null"
          ]
        }
      }
    },
    "ChatCompletionEventStream": {
      "type": "string",
      "contentMediaType": "text/event-stream",
      "contentSchema": {
        "$ref": "#/$defs/ChatCompletionChunk"
      }
    },
    "ChatCompletionChunk": {
      "type": "object",
      "additionalProperties": true,
      "properties": {
        "id": {
          "type": [
            "string",
            "null"
          ]
        },
        "object": {
          "type": [
            "string",
            "null"
          ]
        },
        "created": {
          "type": [
            "number",
            "null"
          ]
        },
        "model": {
          "type": [
            "string",
            "null"
          ]
        },
        "choices": {
          "type": [
            "array",
            "null"
          ],
          "items": {
            "$ref": "#/$defs/ChunkChoice"
          }
        },
        "usage": {
          "oneOf": [
            {
              "$ref": "#/$defs/CompletionUsage"
            },
            {
              "type": "null"
            }
          ]
        },
        "system_fingerprint": {
          "type": [
            "string",
            "null"
          ]
        },
        "service_tier": {
          "type": [
            "string",
            "null"
          ]
        },
        "citations": {
          "type": [
            "array",
            "null"
          ],
          "items": {}
        },
        "search_results": {
          "type": [
            "array",
            "null"
          ],
          "items": {
            "$ref": "#/$defs/SearchResult"
          }
        },
        "images": {
          "type": [
            "array",
            "null"
          ],
          "items": {}
        },
        "provider": {
          "type": [
            "string",
            "null"
          ]
        },
        "moderation": {
          "type": [
            "object",
            "null"
          ],
          "additionalProperties": true
        },
        "obfuscation": {
          "type": [
            "string",
            "null"
          ]
        },
        "time_info": {
          "type": [
            "object",
            "null"
          ],
          "additionalProperties": true
        },
        "p": {
          "type": [
            "string",
            "null"
          ]
        },
        "x_groq": {
          "oneOf": [
            {
              "$ref": "#/$defs/GroqData"
            },
            {
              "type": "null"
            }
          ]
        },
        "error": {
          "$ref": "#/$defs/InlineError"
        }
      }
    },
    "ChunkChoice": {
      "type": "object",
      "additionalProperties": true,
      "properties": {
        "index": {
          "type": [
            "integer",
            "null"
          ]
        },
        "delta": {
          "oneOf": [
            {
              "$ref": "#/$defs/ChunkDelta"
            },
            {
              "type": "null"
            }
          ]
        },
        "message": {
          "oneOf": [
            {
              "$ref": "#/$defs/CompletionMessage"
            },
            {
              "type": "null"
            }
          ]
        },
        "finish_reason": {
          "$ref": "#/$defs/FinishReason"
        },
        "matched_stop": {},
        "native_finish_reason": {
          "type": [
            "string",
            "null"
          ]
        },
        "logprobs": {
          "oneOf": [
            {
              "$ref": "#/$defs/Logprobs"
            },
            {
              "type": "null"
            }
          ]
        },
        "error": {
          "$ref": "#/$defs/InlineError"
        }
      }
    },
    "ChunkDelta": {
      "type": "object",
      "additionalProperties": true,
      "properties": {
        "role": {
          "type": [
            "string",
            "null"
          ]
        },
        "content": {
          "$ref": "#/$defs/AnswerContent"
        },
        "refusal": {
          "type": [
            "string",
            "null"
          ]
        },
        "tool_calls": {
          "type": [
            "array",
            "null"
          ],
          "items": {
            "$ref": "#/$defs/ChunkToolCall"
          }
        },
        "reasoning_content": {
          "type": [
            "string",
            "null"
          ]
        },
        "reasoning": {
          "type": [
            "string",
            "null"
          ]
        },
        "reasoning_details": {
          "type": [
            "array",
            "null"
          ],
          "items": {
            "$ref": "#/$defs/ReasoningDetail"
          }
        },
        "annotations": {
          "type": [
            "array",
            "null"
          ],
          "items": {
            "$ref": "#/$defs/Annotation"
          }
        },
        "audio": {
          "oneOf": [
            {
              "$ref": "#/$defs/AnswerAudio"
            },
            {
              "type": "null"
            }
          ]
        },
        "images": {
          "type": [
            "array",
            "null"
          ],
          "items": {}
        },
        "citations": {
          "type": [
            "array",
            "null"
          ],
          "items": {}
        },
        "channel": {
          "type": [
            "string",
            "null"
          ]
        },
        "extra_content": {}
      }
    },
    "ChunkToolCall": {
      "type": "object",
      "additionalProperties": true,
      "properties": {
        "index": {
          "type": [
            "integer",
            "null"
          ]
        },
        "id": {
          "type": [
            "string",
            "null"
          ]
        },
        "type": {
          "type": [
            "string",
            "null"
          ]
        },
        "function": {
          "$ref": "#/$defs/CalledFunction"
        },
        "custom": {
          "$ref": "#/$defs/CalledCustomTool"
        },
        "extra_content": {}
      }
    },
    "CompletionUsage": {
      "type": "object",
      "additionalProperties": true,
      "properties": {
        "prompt_tokens": {
          "type": [
            "number",
            "null"
          ]
        },
        "completion_tokens": {
          "type": [
            "number",
            "null"
          ]
        },
        "total_tokens": {
          "type": [
            "number",
            "null"
          ]
        },
        "prompt_tokens_details": {
          "type": [
            "object",
            "null"
          ],
          "additionalProperties": true,
          "properties": {
            "cached_tokens": {
              "type": [
                "number",
                "null"
              ]
            },
            "cache_write_tokens": {
              "type": [
                "number",
                "null"
              ]
            },
            "audio_tokens": {
              "type": [
                "number",
                "null"
              ]
            },
            "text_tokens": {
              "type": [
                "number",
                "null"
              ]
            },
            "image_tokens": {
              "type": [
                "number",
                "null"
              ]
            }
          }
        },
        "completion_tokens_details": {
          "type": [
            "object",
            "null"
          ],
          "additionalProperties": true,
          "properties": {
            "reasoning_tokens": {
              "type": [
                "number",
                "null"
              ]
            },
            "audio_tokens": {
              "type": [
                "number",
                "null"
              ]
            },
            "text_tokens": {
              "type": [
                "number",
                "null"
              ]
            },
            "image_tokens": {
              "type": [
                "number",
                "null"
              ]
            },
            "accepted_prediction_tokens": {
              "type": [
                "number",
                "null"
              ]
            },
            "rejected_prediction_tokens": {
              "type": [
                "number",
                "null"
              ]
            }
          }
        },
        "prompt_cache_hit_tokens": {
          "type": [
            "number",
            "null"
          ]
        },
        "prompt_cache_miss_tokens": {
          "type": [
            "number",
            "null"
          ]
        },
        "num_cached_tokens": {
          "type": [
            "number",
            "null"
          ]
        },
        "cached_tokens": {
          "type": [
            "number",
            "null"
          ]
        },
        "cache_read_input_tokens": {
          "type": [
            "number",
            "null"
          ]
        },
        "cache_creation_input_tokens": {
          "type": [
            "number",
            "null"
          ]
        },
        "reasoning_tokens": {
          "type": [
            "number",
            "null"
          ]
        },
        "citation_tokens": {
          "type": [
            "number",
            "null"
          ]
        },
        "num_search_queries": {
          "type": [
            "number",
            "null"
          ]
        },
        "search_context_size": {
          "type": [
            "string",
            "null"
          ]
        },
        "num_sources_used": {
          "type": [
            "number",
            "null"
          ]
        },
        "cost_in_usd_ticks": {
          "type": [
            "number",
            "null"
          ]
        },
        "cost": {
          "oneOf": [
            {
              "type": "number"
            },
            {
              "type": "object",
              "additionalProperties": true
            },
            {
              "type": "null"
            }
          ]
        },
        "cost_details": {
          "type": [
            "object",
            "null"
          ],
          "additionalProperties": true
        },
        "is_byok": {
          "type": [
            "boolean",
            "null"
          ]
        },
        "neurons": {
          "type": [
            "number",
            "null"
          ]
        },
        "queue_time": {
          "type": [
            "number",
            "null"
          ]
        },
        "prompt_time": {
          "type": [
            "number",
            "null"
          ]
        },
        "completion_time": {
          "type": [
            "number",
            "null"
          ]
        },
        "total_time": {
          "type": [
            "number",
            "null"
          ]
        }
      }
    },
    "ErrorBody": {
      "anyOf": [
        {
          "$ref": "#/$defs/GatewayErrorNamedBody"
        },
        {
          "$ref": "#/$defs/GatewayErrorArrayBody"
        },
        {
          "$ref": "#/$defs/SpendingLimitErrorBody"
        },
        {
          "$ref": "#/$defs/GatewayPolicyErrorBody"
        },
        {
          "$ref": "#/$defs/ApiErrorBody"
        },
        {
          "$ref": "#/$defs/OpenAIErrorBody"
        },
        {
          "$ref": "#/$defs/AnthropicErrorBody"
        },
        {
          "$ref": "#/$defs/GoogleErrorBody"
        },
        {
          "$ref": "#/$defs/MistralErrorBody"
        },
        {
          "$ref": "#/$defs/CohereErrorBody"
        },
        {
          "$ref": "#/$defs/XaiErrorBody"
        }
      ]
    },
    "GatewayErrorEntry": {
      "type": "object",
      "required": [
        "code",
        "message"
      ],
      "additionalProperties": true,
      "properties": {
        "code": {
          "type": "integer"
        },
        "message": {
          "type": "string"
        }
      }
    },
    "GatewayErrorArrayBody": {
      "type": "object",
      "required": [
        "success",
        "error"
      ],
      "additionalProperties": true,
      "properties": {
        "success": {
          "type": "boolean",
          "enum": [
            false
          ]
        },
        "error": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/GatewayErrorEntry"
          }
        },
        "result": {},
        "messages": {
          "type": "array",
          "items": {}
        }
      }
    },
    "GatewayErrorNamedBody": {
      "type": "object",
      "required": [
        "success",
        "name",
        "internalCode"
      ],
      "additionalProperties": true,
      "properties": {
        "success": {
          "type": "boolean",
          "enum": [
            false
          ]
        },
        "name": {
          "type": "string"
        },
        "httpCode": {
          "type": "integer"
        },
        "internalCode": {
          "type": "integer"
        },
        "message": {
          "type": "string"
        },
        "error": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/GatewayErrorEntry"
          }
        }
      }
    },
    "GatewayPolicyErrorBody": {
      "type": "object",
      "required": [
        "success",
        "error"
      ],
      "additionalProperties": true,
      "properties": {
        "success": {
          "type": "boolean",
          "enum": [
            false
          ]
        },
        "error": {
          "type": "object",
          "required": [
            "message"
          ],
          "additionalProperties": true,
          "properties": {
            "message": {
              "type": "string"
            }
          }
        }
      }
    },
    "SpendingLimitErrorBody": {
      "type": "object",
      "required": [
        "success",
        "error"
      ],
      "additionalProperties": true,
      "properties": {
        "success": {
          "type": "boolean",
          "enum": [
            false
          ]
        },
        "error": {
          "type": "object",
          "required": [
            "message",
            "spent",
            "limit"
          ],
          "additionalProperties": true,
          "properties": {
            "message": {
              "type": "string"
            },
            "bucket": {
              "type": "string"
            },
            "spent": {
              "type": "number"
            },
            "limit": {
              "type": "number"
            }
          }
        }
      }
    },
    "ApiErrorBody": {
      "type": "object",
      "required": [
        "success",
        "errors"
      ],
      "additionalProperties": true,
      "properties": {
        "success": {
          "type": "boolean",
          "enum": [
            false
          ]
        },
        "errors": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/GatewayErrorEntry"
          }
        },
        "messages": {
          "type": "array",
          "items": {}
        },
        "result": {}
      }
    },
    "ErrorDetail": {
      "type": "object",
      "additionalProperties": true,
      "properties": {
        "message": {
          "type": [
            "string",
            "null"
          ]
        },
        "type": {
          "type": [
            "string",
            "null"
          ]
        },
        "param": {
          "type": [
            "string",
            "null"
          ]
        },
        "code": {
          "type": [
            "string",
            "number",
            "null"
          ]
        },
        "status": {
          "type": [
            "string",
            "null"
          ]
        },
        "metadata": {}
      }
    },
    "InlineError": {
      "oneOf": [
        {
          "type": "string"
        },
        {
          "$ref": "#/$defs/ErrorDetail"
        },
        {
          "type": "null"
        }
      ]
    },
    "OpenAIErrorBody": {
      "type": "object",
      "required": [
        "error"
      ],
      "additionalProperties": true,
      "properties": {
        "error": {
          "$ref": "#/$defs/ErrorDetail"
        }
      }
    },
    "AnthropicErrorBody": {
      "type": "object",
      "required": [
        "type",
        "error"
      ],
      "additionalProperties": true,
      "properties": {
        "type": {
          "type": "string",
          "enum": [
            "error"
          ]
        },
        "error": {
          "$ref": "#/$defs/ErrorDetail"
        },
        "request_id": {
          "type": [
            "string",
            "null"
          ]
        }
      }
    },
    "GoogleErrorBody": {
      "type": "array",
      "minItems": 1,
      "items": {
        "type": "object",
        "required": [
          "error"
        ],
        "additionalProperties": true,
        "properties": {
          "error": {
            "$ref": "#/$defs/ErrorDetail"
          }
        }
      }
    },
    "MistralErrorBody": {
      "anyOf": [
        {
          "type": "object",
          "required": [
            "object",
            "message"
          ],
          "additionalProperties": true,
          "properties": {
            "object": {
              "type": "string",
              "enum": [
                "error"
              ]
            },
            "message": {},
            "type": {
              "type": [
                "string",
                "null"
              ]
            },
            "param": {
              "type": [
                "string",
                "null"
              ]
            },
            "code": {
              "type": [
                "string",
                "number",
                "null"
              ]
            }
          }
        },
        {
          "type": "object",
          "required": [
            "detail"
          ],
          "additionalProperties": true,
          "properties": {
            "detail": {
              "oneOf": [
                {
                  "type": "string"
                },
                {
                  "type": "array",
                  "items": {
                    "type": "object",
                    "additionalProperties": true
                  }
                }
              ]
            }
          }
        }
      ]
    },
    "CohereErrorBody": {
      "type": "object",
      "required": [
        "message"
      ],
      "additionalProperties": true,
      "properties": {
        "message": {
          "type": "string"
        },
        "id": {
          "type": [
            "string",
            "null"
          ]
        }
      }
    },
    "XaiErrorBody": {
      "type": "object",
      "required": [
        "error"
      ],
      "additionalProperties": true,
      "properties": {
        "code": {
          "type": [
            "string",
            "number",
            "null"
          ]
        },
        "error": {
          "type": "string"
        }
      }
    },
    "HtmlErrorPage": {
      "type": "string"
    },
    "ModelList": {
      "type": "object",
      "required": [
        "data"
      ],
      "additionalProperties": true,
      "properties": {
        "object": {
          "type": [
            "string",
            "null"
          ]
        },
        "data": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/Model"
          }
        }
      }
    },
    "Model": {
      "type": "object",
      "required": [
        "id"
      ],
      "additionalProperties": true,
      "properties": {
        "id": {
          "type": "string"
        },
        "object": {
          "type": [
            "string",
            "null"
          ]
        },
        "created": {
          "type": [
            "number",
            "null"
          ]
        },
        "owned_by": {
          "type": [
            "string",
            "null"
          ]
        },
        "cost_in": {
          "type": [
            "number",
            "null"
          ]
        },
        "cost_out": {
          "type": [
            "number",
            "null"
          ]
        }
      }
    },
    "Log": {
      "type": "object",
      "required": [
        "id"
      ],
      "additionalProperties": true,
      "properties": {
        "id": {
          "type": "string"
        },
        "provider": {
          "type": [
            "string",
            "null"
          ]
        },
        "model": {
          "type": [
            "string",
            "null"
          ]
        },
        "model_type": {
          "type": [
            "string",
            "null"
          ]
        },
        "cost": {
          "type": [
            "number",
            "null"
          ]
        },
        "custom_cost": {
          "type": [
            "boolean",
            "null"
          ]
        },
        "tokens_in": {
          "type": [
            "number",
            "null"
          ]
        },
        "tokens_out": {
          "type": [
            "number",
            "null"
          ]
        },
        "cached": {
          "type": [
            "boolean",
            "null"
          ]
        },
        "duration": {
          "type": [
            "number",
            "null"
          ]
        },
        "status_code": {
          "type": [
            "integer",
            "null"
          ]
        },
        "success": {
          "type": [
            "boolean",
            "null"
          ]
        },
        "step": {
          "type": [
            "integer",
            "null"
          ]
        },
        "metadata": {
          "oneOf": [
            {
              "$ref": "#/$defs/FlatMetadata"
            },
            {
              "type": "string"
            },
            {
              "type": "null"
            }
          ]
        },
        "created_at": {
          "type": [
            "string",
            "null"
          ]
        },
        "path": {
          "type": [
            "string",
            "null"
          ]
        },
        "event_id": {
          "type": [
            "string",
            "null"
          ]
        },
        "feedback": {
          "type": [
            "number",
            "null"
          ]
        },
        "score": {
          "type": [
            "number",
            "null"
          ]
        },
        "request_type": {
          "type": [
            "string",
            "null"
          ]
        },
        "request_content_type": {
          "type": [
            "string",
            "null"
          ]
        },
        "request_size": {
          "type": [
            "number",
            "null"
          ]
        },
        "request_head": {
          "type": [
            "string",
            "null"
          ]
        },
        "request_head_complete": {
          "type": [
            "boolean",
            "null"
          ]
        },
        "response_content_type": {
          "type": [
            "string",
            "null"
          ]
        },
        "response_size": {
          "type": [
            "number",
            "null"
          ]
        },
        "response_head": {
          "type": [
            "string",
            "null"
          ]
        },
        "response_head_complete": {
          "type": [
            "boolean",
            "null"
          ]
        }
      }
    },
    "FlatMetadata": {
      "type": "object",
      "additionalProperties": {
        "type": [
          "string",
          "number",
          "boolean"
        ]
      }
    },
    "LogFilter": {
      "type": "object",
      "required": [
        "key",
        "operator",
        "value"
      ],
      "additionalProperties": false,
      "properties": {
        "key": {
          "type": "string"
        },
        "operator": {
          "type": "string",
          "enum": [
            "eq",
            "neq",
            "contains",
            "lt",
            "gt"
          ]
        },
        "value": {
          "type": "array",
          "minItems": 1,
          "items": {
            "type": [
              "string",
              "number",
              "boolean"
            ]
          }
        }
      }
    },
    "LogPatch": {
      "type": "object",
      "minProperties": 1,
      "additionalProperties": false,
      "properties": {
        "feedback": {
          "type": [
            "integer",
            "null"
          ],
          "enum": [
            1,
            -1,
            null
          ]
        },
        "score": {
          "type": [
            "integer",
            "null"
          ],
          "minimum": 0,
          "maximum": 100
        },
        "metadata": {
          "oneOf": [
            {
              "$ref": "#/$defs/FlatMetadata"
            },
            {
              "type": "null"
            }
          ]
        }
      }
    },
    "LogPayload": {
      "type": "object",
      "additionalProperties": true
    },
    "LogEnvelope": {
      "type": "object",
      "required": [
        "success",
        "result"
      ],
      "additionalProperties": true,
      "properties": {
        "success": {
          "type": "boolean"
        },
        "errors": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/GatewayErrorEntry"
          }
        },
        "messages": {
          "type": "array",
          "items": {}
        },
        "result": {
          "$ref": "#/$defs/Log"
        }
      }
    },
    "LogListEnvelope": {
      "type": "object",
      "required": [
        "success",
        "result"
      ],
      "additionalProperties": true,
      "properties": {
        "success": {
          "type": "boolean"
        },
        "errors": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/GatewayErrorEntry"
          }
        },
        "messages": {
          "type": "array",
          "items": {}
        },
        "result": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/Log"
          }
        },
        "result_info": {
          "$ref": "#/$defs/ResultInfo"
        }
      }
    },
    "LogChangeEnvelope": {
      "type": "object",
      "required": [
        "success"
      ],
      "additionalProperties": true,
      "properties": {
        "success": {
          "type": "boolean"
        },
        "errors": {
          "type": "array",
          "items": {
            "$ref": "#/$defs/GatewayErrorEntry"
          }
        },
        "messages": {
          "type": "array",
          "items": {}
        },
        "result": {}
      }
    },
    "ResultInfo": {
      "type": "object",
      "additionalProperties": true,
      "properties": {
        "page": {
          "type": "integer"
        },
        "per_page": {
          "type": "integer"
        },
        "count": {
          "type": "integer"
        },
        "total_count": {
          "type": "integer"
        }
      }
    }
  }
};
