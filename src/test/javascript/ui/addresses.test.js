// SPDX-License-Identifier: Apache-2.0
import { agentOf, agentPath } from "/console/agents/page.js";
import { parseRoute } from "/console/router.js";
import { equal, test } from "../harness.js";

await test("the address of an agent leads back to it, whatever it is called", () => {
  for (const id of ["agent://risk", "agent://a/b", "plain", "agent://-", "urn:x y", "agent://ü"]) {
    const [path, search = ""] = agentPath(id).split("?");
    equal(agentOf(parseRoute(path, search)), id, id);
  }
  equal(agentPath("agent://risk"), "/agents/risk");
});
