// Every request between the app and this Slack, newest first.

import { h, lay } from "./dom.js";
import { entry, inspect, me, nameOf, store } from "./state.js";
import { exactTime, full } from "./times.js";

const filter = { person: "", method: "" };
let isOpen = false;
let seen = null;

export function toggleInspector() {
  isOpen = !isOpen;
  seen = null;
  const panel = document.getElementById("inspector");
  const button = document.getElementById("open-inspector");
  panel.hidden = !isOpen;
  button.setAttribute("aria-expanded", String(isOpen));
  if (!isOpen) return button.focus();
  if (!panel.firstChild) panel.append(...frame());
  panel.querySelector("select").focus();
  return drawInspector();
}

function frame() {
  const people = store.data.people.filter((one) => one.is_person);
  const who = h(
    "select",
    { class: "entry", "aria-label": "Person", onchange: (event) => narrow({ person: event.target.value }) },
    h("option", { value: "" }, "Everybody"),
    people.map((one) => h("option", { value: one.id }, one.real_name)),
  );
  const method = h("input", {
    class: "entry",
    type: "search",
    placeholder: "Method or action",
    "aria-label": "Method or action",
    oninput: (event) => narrow({ method: event.target.value }),
  });
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close inspector", onclick: toggleInspector }, "×");
  return [
    h("div", { class: "head" }, h("h2", {}, "Inspector"), close),
    h("div", { class: "filters" }, who, method),
    h("div", { class: "requests", tabindex: "0", role: "log", "aria-label": "Requests, newest first" }),
  ];
}

function narrow(change) {
  Object.assign(filter, change);
  seen = null;
  drawInspector();
}

export async function drawInspector() {
  if (!isOpen || seen === store.data.version) return;
  seen = store.data.version;
  const asked = JSON.stringify(filter);
  const { rows } = await inspect(filter);
  if (asked !== JSON.stringify(filter)) return;
  const list = document.querySelector("#inspector .requests");
  const items = (rows ?? []).map((row) => ({ key: `${row.n} ${me()?.tz}`, draw: () => drawn(row) }));
  lay(list, items.length ? items : [{ key: "none", draw: () => h("p", { class: "empty-line" }, "Nothing here yet. Press something, or widen the filter.") }]);
}

function drawn(row) {
  const at = new Date(row.at);
  const zone = me()?.tz ?? "UTC";
  const isToApp = row.from === "slack";
  const way = h("span", { class: isToApp ? "way to-app" : "way", title: isToApp ? "Slack → app" : "app → Slack", role: "img", "aria-label": isToApp ? "Slack to app" : "App to Slack" }, isToApp ? "→" : "←");
  const status = row.status && row.status !== 200 ? `${row.status} ${row.outcome}` : row.outcome;
  const more = [row.person && nameOf(row.person), row.ms !== undefined && `${row.ms} ms`, row.attempt ? `retry ${row.attempt}` : ""];
  const body = h("div", { class: "request-body" });
  const line = h(
    "summary",
    {},
    way,
    h("span", { class: "request-name" }, h("strong", {}, row.method), " ", h("span", { dir: "auto" }, row.what)),
    h("span", { class: row.ok ? "status good" : "status bad" }, status),
    h("span", { class: "request-more faint" }, h("time", { title: full(at, zone) }, exactTime(at, zone)), more.filter(Boolean).map((one) => ` · ${one}`)),
  );
  return h("details", { class: "request", ontoggle: (event) => event.target.open && fill(body, row) }, line, body);
}

async function fill(body, row) {
  if (body.firstChild) return;
  const found = await entry(row.n);
  const part = (title, value) => [h("h3", {}, title), h("pre", { tabindex: "0", dir: "ltr" }, value === null ? "none" : JSON.stringify(value, null, 2))];
  body.replaceChildren(...part("Sent", found.request), ...part("Answered", found.answer));
}
