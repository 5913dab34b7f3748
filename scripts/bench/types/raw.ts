const response = await fetch("http://localhost", { method: "POST", body: "{}" });
export const text = ((await response.json()) as { choices: { message: { content: string } }[] }).choices[0]?.message.content;
