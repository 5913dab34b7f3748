import { connectStdio } from "./connect.ts";
import { describeServers } from "./real-servers.ts";

describeServers("stdio", connectStdio);
