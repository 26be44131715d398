// SPDX-License-Identifier: Apache-2.0
// The description of the API for people, where the server has no page of its own for it.
import { html, nothing, render } from "../vendor/html.js";

const METHODS = ["get", "post", "put", "patch", "delete"];

/** The operations of a document by their tags, in the order of the document. */
export function byTag(api) {
  const tags = new Map((api.tags ?? []).map((tag) => [tag.name, { ...tag, operations: [] }]));
  for (const [path, item] of Object.entries(api.paths ?? {})) {
    for (const method of METHODS.filter((name) => item[name])) {
      const operation = { ...item[method], path, method: method.toUpperCase() };
      const name = operation.tags?.[0] ?? "other";
      if (!tags.has(name)) {
        tags.set(name, { name, operations: [] });
      }
      tags.get(name).operations.push(operation);
    }
  }
  return [...tags.values()].filter((tag) => tag.operations.length > 0);
}

/** What a schema is called, in one line. */
export function typeOf(schema) {
  if (schema?.$ref) {
    return schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1);
  }
  return schema?.type === "array" ? "list of " + typeOf(schema.items) : (schema?.type ?? "any");
}

function page(api) {
  return html`<header>
      <h1>${api.info.title} ${api.info.version}</h1>
      <p>${api.info.description}</p>
      <p>
        <a href="/">Console</a> · <a href="/openapi">OpenAPI document</a> · an API key goes into the header
        <code>Authorization: Bearer …</code>
      </p>
    </header>
    ${byTag(api).map(
      (tag) =>
        html`<section class="card" aria-labelledby="tag-${tag.name}">
          <h2 id="tag-${tag.name}">${tag.name}</h2>
          ${tag.description ? html`<p class="hint">${tag.description}</p>` : nothing}
          ${tag.operations.map(operation)}
        </section>`,
    )}`;
}

function operation(one) {
  return html`<details class="operation">
    <summary><code>${one.method} ${one.path}</code> ${one.summary}</summary>
    ${one.description ? html`<p>${one.description}</p>` : nothing}
    ${rows("Parameters", (one.parameters ?? []).map(parameter))} ${body(one.requestBody)}
    ${rows("Answers", Object.entries(one.responses ?? {}).map(answer))}
  </details>`;
}

function parameter(one) {
  const needed = one.required ? ", required" : "";
  return [one.name, `${one.in}, ${typeOf(one.schema)}${needed}`, one.description];
}

function answer([status, one]) {
  return [status, contentOf(one), one.description];
}

function body(one) {
  return one ? html`<p>Body: ${contentOf(one)}</p>` : nothing;
}

function contentOf(one) {
  return Object.entries(one.content ?? {})
    .map(([type, content]) => (content.schema ? `${typeOf(content.schema)} (${type})` : type))
    .join(", ");
}

function rows(title, lines) {
  return lines.length === 0
    ? nothing
    : html`<h3>${title}</h3>
        <dl>
          ${lines.map(
            ([name, kind, text]) =>
              html`<div>
                <dt><code>${name}</code> ${kind}</dt>
                <dd>${text}</dd>
              </div>`,
          )}
        </dl>`;
}

/** Fills a place with the description that the server gives of itself. */
export async function show(place, ask = fetch) {
  const answered = await ask("/openapi", { headers: { Accept: "application/json" } });
  const view = answered.ok ? page(await answered.json()) : html`<p>The document cannot be read.</p>`;
  place.replaceChildren();
  render(view, place);
}

const place = document.getElementById("description");
if (place) {
  show(place);
}
