import type { Gateway, GatewayConfig } from "cf-ai-gateway";
import type { LocalGateway } from "cf-ai-gateway/testing";

/** The environment of the demo's sections. */
export interface Stage {
  /** The gateway's address; a section sets everything else. */
  connection: GatewayConfig;
  /** A gateway with the demo's provider and model: the real one if the environment names it, else the local one. */
  gateway: Gateway;
  /** Full ids of two more models, to switch to. */
  otherModels: string[];
  /** Full id of a reasoning model; undefined for a real gateway if none was named. */
  reasoningModel: string | undefined;
  /** The built-in gateway, which can fail on demand, and a client for it. */
  local: LocalGateway;
  localGateway: Gateway;
}

export interface Section {
  title: string;
  /** Needs failures on demand, so it uses the local gateway even if there is a real one. */
  failsOnDemand?: true;
  play(stage: Stage): Promise<void>;
}
