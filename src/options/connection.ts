/** A token, or a function that returns one: called before each request, and once more after a 401. */
export type Token = string | (() => string | Promise<string>);

/** Sends a request, given an absolute URL and a string body. @inline */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The part of the Workers AI binding, `env.AI`, that the client uses. */
export interface AiBinding {
  /** Returns the gateway with this id; `run` sends a request to it. */
  gateway(id: string): {
    run(request: object, options?: object): Promise<Response>;
    getLog?(id: string): Promise<unknown>;
    patchLog?(id: string, patch: object): Promise<void>;
  };
}
