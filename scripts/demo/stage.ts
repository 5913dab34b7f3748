import type { Gateway, GatewayConfig } from "cf-ai-gateway";
import type { LocalGateway } from "cf-ai-gateway/testing";

/** What the sections of the demo play on. */
export interface Stage {
  /** Where the gateway is; everything else about it is the section's to say. */
  connection: GatewayConfig;
  /** A gateway with the demo's provider and model: the real one where the environment names it, else the local one. */
  gateway: Gateway;
  /** Full ids of two more models, to switch to. */
  otherModels: string[];
  /** Full id of a model that thinks; undefined on a real gateway for which none was named. */
  reasoningModel: string | undefined;
  /** The built-in gateway, which fails on demand, and a client of it. */
  local: LocalGateway;
  localGateway: Gateway;
}

export interface Section {
  title: string;
  /** Needs failures on demand, so that it plays on the local gateway even when there is a real one. */
  failsOnDemand?: true;
  play(stage: Stage): Promise<void>;
}
