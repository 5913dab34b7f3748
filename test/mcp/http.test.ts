import { connectHttp } from "./connect.ts";
import { describeServers } from "./real-servers.ts";

describeServers("Streamable HTTP", connectHttp);
