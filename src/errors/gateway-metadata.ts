/** The gateway's metadata about a request, from the response headers. */
export interface GatewayMetadata {
  /** The log's id, for `gateway.logs` and feedback; opaque. `cf-aig-log-id` */
  logId?: string;
  /** `cf-aig-request-id` */
  requestId?: string;
  /** `cf-aig-event-id`: the `eventId` of the request, or the gateway's own. */
  eventId?: string;
  /** Whether the gateway's cache answered. `cf-aig-cache-status` */
  cacheStatus?: "HIT" | "MISS" | (string & {});
  /** Index of the gateway's fallback step that answered, starting at 0. `cf-aig-step` */
  step?: number;
  /** The provider that a dynamic route used. `cf-aig-provider` */
  provider?: string;
  /** The model that a dynamic route used. `cf-aig-model` */
  model?: string;
  /** The model chosen by the Auto Router. `cf-aig-routed-model` */
  routedModel?: string;
  /** Why the Auto Router chose it. `cf-aig-routing-reason` */
  routingReason?: string;
  /** `cf-aig-routing-decision-id` */
  routingDecisionId?: string;
  /** What data loss prevention found. `cf-aig-dlp` */
  dlp?: { action: string; findings: unknown[] };
  /** Cloudflare's id for the HTTP request. `cf-ray` */
  ray?: string;
}

/** Response header by metadata field, for the fields that are text. */
const textHeaders = {
  logId: "cf-aig-log-id",
  requestId: "cf-aig-request-id",
  eventId: "cf-aig-event-id",
  cacheStatus: "cf-aig-cache-status",
  provider: "cf-aig-provider",
  model: "cf-aig-model",
  routedModel: "cf-aig-routed-model",
  routingReason: "cf-aig-routing-reason",
  routingDecisionId: "cf-aig-routing-decision-id",
  ray: "cf-ray",
} as const satisfies { [Field in keyof GatewayMetadata]?: string };

/** Reads the metadata; fields of absent or unreadable headers are omitted. */
export function readGatewayMetadata(headers: Headers): GatewayMetadata {
  const metadata: GatewayMetadata = {};
  let field: keyof typeof textHeaders;
  for (field in textHeaders) {
    const value = headers.get(textHeaders[field]);
    if (value) metadata[field] = value;
  }
  const step = headers.get("cf-aig-step")?.match(/^\d+$/)?.[0];
  if (step) metadata.step = Number(step);
  const dlp = readDlp(headers.get("cf-aig-dlp"));
  if (dlp) metadata.dlp = dlp;
  return metadata;
}

function readDlp(value: string | null): GatewayMetadata["dlp"] {
  if (!value) return undefined;
  try {
    const { action, findings } = JSON.parse(value) as { action?: unknown; findings?: unknown };
    return { action: String(action ?? ""), findings: Array.isArray(findings) ? findings : [] };
  } catch {
    return { action: value, findings: [] };
  }
}
