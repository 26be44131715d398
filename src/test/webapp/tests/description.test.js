// SPDX-License-Identifier: Apache-2.0
import { byTag, show, typeOf } from "/console/description/page.js";
import { equal, isTrue, test } from "./check.js";

const API = {
  openapi: "3.0.3",
  info: { title: "An API", version: "1.2.3", description: "What it does." },
  tags: [{ name: "runs", description: "Runs of it" }, { name: "unused" }],
  paths: {
    "/runs": {
      get: {
        tags: ["runs"],
        summary: "List them",
        parameters: [
          { name: "limit", in: "query", required: true, description: "How many", schema: { type: "integer" } },
        ],
        responses: {
          200: {
            description: "A page",
            content: {
              "application/json": { schema: { type: "array", items: { $ref: "#/components/schemas/Run" } } },
            },
          },
        },
      },
      post: { tags: ["runs"], summary: "Make <b>one</b>", responses: { 201: { description: "Made" } } },
    },
    "/healthz": { get: { summary: "Alive?", responses: {} } },
  },
};

export async function run() {
  await test("operations stand under their tags, and none is lost", () => {
    const tags = byTag(API);
    equal(
      tags.map((tag) => [tag.name, tag.operations.map((one) => one.method + " " + one.path)]),
      [
        ["runs", ["GET /runs", "POST /runs"]],
        ["other", ["GET /healthz"]],
      ],
    );
  });

  await test("types are told by their names", () => {
    equal(typeOf({ $ref: "#/components/schemas/Run" }), "Run");
    equal(typeOf({ type: "array", items: { type: "string" } }), "list of string");
    equal(typeOf(undefined), "any");
  });

  await test("the page shows what the document says, as text", async () => {
    const place = document.createElement("main");
    await show(place, async () => new Response(JSON.stringify(API)));
    const text = place.textContent;
    for (const part of ["An API 1.2.3", "GET /runs", "limit", "integer, required", "list of Run", "A page"]) {
      isTrue(text.replace(/\s+/g, " ").includes(part), part);
    }
    equal(place.querySelectorAll("details").length, 3);
    equal(place.querySelector("b"), null, "markup of the document stays text");
  });

  await test("a document that cannot be read is said", async () => {
    const place = document.createElement("main");
    await show(place, async () => new Response("", { status: 503 }));
    isTrue(place.textContent.includes("cannot be read"));
  });
}
