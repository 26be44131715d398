// SPDX-License-Identifier: Apache-2.0

/** Puts text on the clipboard, also on plain http where the newer API does not exist. */
export async function copyText(text) {
  if (navigator.clipboard && globalThis.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("the browser did not allow it");
}

/** The call behind the run page. The key itself is never put on the clipboard. */
export function curlOfRun(origin, runId, hasKey) {
  const auth = hasKey ? ' -H "Authorization: Bearer $MACP_API_KEY"' : "";
  return (
    "curl -sS" +
    auth +
    " '" +
    origin +
    "/runs/" +
    encodeURIComponent(runId).replaceAll("'", "%27") +
    "/state'"
  );
}

/** A call that sends something, as a command. The key itself is never put on the clipboard. */
export function curlOfPost(origin, path, body, hasKey) {
  const quote = (text) => "'" + text.replaceAll("'", "'\\''") + "'";
  const auth = hasKey ? ' -H "Authorization: Bearer $MACP_API_KEY"' : "";
  const type = " -H 'Content-Type: application/json'";
  return (
    "curl -sS -X POST" +
    auth +
    type +
    " -d " +
    quote(JSON.stringify(body)) +
    " " +
    quote(origin + path)
  );
}
