// htmx: no eval, no scripts out of answers, our CSRF header, and every failure said in plain words.
import htmx from "htmx.org";
import { text } from "./texts.js";
import { refuse } from "./dialog.js";
import { toast } from "./toasts.js";

Object.assign(htmx.config, {
  includeIndicatorStyles: false,
  allowEval: false,
  // what has come is taken hold of in the same breath: a form sent off before would leave the page
  defaultSettleDelay: 0,
  // settling copies attributes of old elements with the same id; writing a style is against the content policy
  attributesToSettle: ["class", "width", "height"],
  allowScriptTags: false,
  selfRequestsOnly: true,
  // pages hold personal data: none of it goes into the browser's storage
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  timeout: 30000,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    // 409 somebody was first, 422 something is missing: the answer says so itself and is shown
    { code: "409", swap: true, error: false },
    { code: "422", swap: true, error: false },
    { code: "[45]..", swap: false, error: true },
  ],
});

const said = { 400: "refused", 403: "forbidden", 404: "gone", 410: "gone", 413: "large", 429: "often", 503: "busy" };

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('meta[name="csrf-token"]')?.content;
  if (token) event.detail.headers["X-CSRFToken"] = token;
});

// What was pressed may be gone when its answer comes: its part has read itself anew, its dialog was closed. Nobody would hear
// what it says then, so it waits for the answer out of sight.
document.addEventListener("htmx:beforeSend", (event) => {
  const { elt, xhr } = event.detail;
  xhr.addEventListener("readystatechange", () => {
    if (xhr.readyState !== XMLHttpRequest.DONE || elt.isConnected) return;
    const aside = document.createElement("div");
    aside.hidden = true;
    aside.append(elt);
    document.body.append(aside);
    xhr.addEventListener("loadend", () => aside.remove());
  });
});

// A whole page in answer to a request for a part means that we were sent elsewhere (signed out, say): go there.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig, boosted } = event.detail;
  if (boosted || !/^\s*<!doctype html/i.test(xhr.responseText.slice(0, 200))) return;
  const asked = new URL(requestConfig.path, location.href).pathname;
  const came = xhr.responseURL ? new URL(xhr.responseURL).pathname : asked;
  if (came === asked && requestConfig.elt.closest("[hx-select]")) return;
  if (xhr.status >= 400) return;
  event.preventDefault();
  location.assign(came === asked ? location.href : xhr.responseURL);
});

// A refusal (data-refusal) is said in the dialog, wherever the answer was meant to go. Into an open form it is added as a
// note, so that nothing typed is lost.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.xhr.responseText.includes("data-refusal")) return;
  const answer = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html").querySelector("[data-refusal]");
  if (!answer) return;
  event.preventDefault();
  event.detail.isError = false;
  refuse(answer);
});

function again(config) {
  const values = Object.fromEntries(config.formData.entries());
  return htmx.ajax(config.verb, config.path, { source: config.elt, target: config.target, values });
}

document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  const plain = xhr.getResponseHeader("Content-Type")?.startsWith("text/plain");
  const words = plain && xhr.responseText.length < 300 ? xhr.responseText : text(said[xhr.status] ?? "failed");
  toast({ text: words, kind: "bad" });
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const { requestConfig } = event.detail;
    toast({ text: text("offline"), kind: "bad", action: text("retry"), act: () => again(requestConfig), last: 60000 });
  });
}

window.addEventListener("offline", () => toast({ text: text("offlineNow"), kind: "bad" }));
window.addEventListener("online", () => toast({ text: text("onlineNow"), kind: "good" }));

export { htmx };
