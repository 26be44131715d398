// SPDX-License-Identifier: Apache-2.0
const NAME = "macp.traces";

/** Where traces are kept, as this browser was told: an address with {id} in it; "" when it was not. */
export function traceTemplate() {
  try {
    return localStorage.getItem(NAME) ?? "";
  } catch {
    return "";
  }
}

export function keepTraceTemplate(text) {
  localStorage.setItem(NAME, text.trim());
}

/** Pure: the address of one trace; null unless the template is an http address with {id} in it. */
export function traceAddress(template, id) {
  if (!/^https?:\/\/\S*\{id\}\S*$/.test(template)) return null;
  return template.replaceAll("{id}", () => encodeURIComponent(id));
}
