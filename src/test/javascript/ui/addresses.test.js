// SPDX-License-Identifier: Apache-2.0
import { agentOf, agentPath } from "/console/agents/page.js";
import { parseRoute } from "/console/router.js";
import { traceAddress } from "/console/ui/trace-address.js";
import { equal, test } from "../harness.js";

await test("the address of an agent leads back to it, whatever it is called", () => {
  for (const id of ["agent://risk", "agent://a/b", "plain", "agent://-", "urn:x y", "agent://ü"]) {
    const [path, search = ""] = agentPath(id).split("?");
    equal(agentOf(parseRoute(path, search)), id, id);
  }
  equal(agentPath("agent://risk"), "/agents/risk");
});

await test("a trace is linked only to an address of the web that has a place for its id", () => {
  equal(traceAddress("https://t.example/trace/{id}?v=1", "a b"), "https://t.example/trace/a%20b?v=1");
  for (const template of ["", "https://t.example/", "javascript:alert('{id}')", "http:// {id}"]) {
    equal(traceAddress(template, "1"), null, "refused: " + template);
  }
});
