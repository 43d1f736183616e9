// The middle of the page: a conversation or the app's Home, and a thread beside it.

import { avatar } from "./avatars.js";
import { blocks } from "./blocks.js";
import { composer } from "./composer.js";
import { h, lay, redraw } from "./dom.js";
import { continues, message } from "./messages.js";
import { act, conversation, dm, isChannel, looked, me, nameOf, person, store, visit } from "./state.js";
import { dayName, isoDay, ofTs } from "./times.js";

const NEAR = 80; // pixels from the end at which one still reads along
let newFrom = { place: "", ts: "" }; // where the line "New" stands

export function drawConversation() {
  const main = document.getElementById("main");
  const key = JSON.stringify([store.person, store.place, store.data.app.name]);
  redraw(main, key, frame);
  drawHead(main);
  if (store.place === "home") drawHome(main);
  else drawMessages(main);
  drawThread();
}

function frame() {
  const head = h("div", { class: "head" });
  if (store.place === "home") return [head, h("div", { class: "home", id: "home" })];
  newFrom = { place: "", ts: "" };
  return [head, h("div", { class: "messages", id: "messages", tabindex: "0", role: "log", "aria-label": "Messages" }), composer({ id: "composer" })];
}

function drawHead(main) {
  const head = main.querySelector(".head");
  const place = conversation(store.place);
  redraw(head, JSON.stringify([store.place, place?.members.length, store.data.app]), () => (place ? channelHead(place) : appHead()));
}

function channelHead(place) {
  const count = place.members.filter((id) => person(id)?.is_person).length;
  return [h("h1", { dir: "auto" }, titleOf(place)), h("span", { class: "faint" }, `${count} ${count === 1 ? "member" : "members"}`)];
}

export function titleOf(place) {
  if (place.kind !== "mpim") return `${place.kind === "group" ? "🔒" : "#"} ${place.name}`;
  const others = place.members.filter((id) => id !== store.data.me);
  return others.map(nameOf).join(", ");
}

function appHead() {
  const { app } = store.data;
  const tab = (place, label) =>
    h(
      "button",
      { type: "button", class: "tab", role: "tab", "data-focus": `tab-${place}`, "aria-selected": String(store.place === place), onclick: () => visit(me().name, place) },
      label,
    );
  const tabs = app.has_home && h("div", { class: "tabs", role: "tablist", "aria-label": app.name }, tab("home", "Home"), tab("messages", "Messages"));
  return [avatar(app.id, "small"), h("h1", {}, app.name), h("span", { class: "badge" }, "APP"), tabs];
}

function drawHome(main) {
  const { home, app } = store.data;
  redraw(main.querySelector(".home"), home?.hash ?? "none", () => {
    if (home) return h("div", { class: "home-inner" }, blocks(home.blocks, { surface: "home", view: home, values: home.state.values }));
    return empty("🏠", `${app.name} has not drawn a Home for you yet`, "It appears here as soon as the app publishes it.");
  });
}

function drawMessages(main) {
  const list = main.querySelector(".messages");
  const { messages, read, id } = store.data.open;
  if (!belongs(id)) return;
  const isFirst = newFrom.place !== id;
  if (isFirst) newFrom = { place: id, ts: read };
  const atEnd = isFirst || list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
  lay(list, rows(messages));
  if (atEnd) list.scrollTop = list.scrollHeight;
  note(messages, read, id);
}

function belongs(id) {
  return isChannel(store.place) ? id === store.place : id === dm().id;
}

function note(messages, read, id) {
  const newest = messages.findLast((one) => !one.is_ephemeral)?.ts ?? "";
  if (newest > read && !document.hidden) looked(id, newest);
}

function rows(messages) {
  const top = messages.filter((one) => !one.thread_ts || one.thread_ts === one.ts || one.reply_broadcast);
  if (!top.length) return [{ key: "empty", draw: nothing }];
  const out = [];
  let before = null;
  let isNew = false;
  for (const one of top) {
    const day = isoDay(ofTs(one.ts), me().tz);
    const isNextDay = !before || isoDay(ofTs(before.ts), me().tz) !== day;
    if (isNextDay) out.push(dayRow(one, day));
    const startsNew = !isNew && newFrom.ts && one.ts > newFrom.ts && one.user !== store.data.me && !one.is_ephemeral;
    if (startsNew) out.push({ key: "new", draw: () => h("div", { class: "new-line", role: "separator" }, h("span", {}, "New")) });
    isNew ||= Boolean(startsNew);
    const replies = messages.filter((other) => other.thread_ts === one.ts && other.ts !== one.ts);
    out.push(row(one, { replies, isCompact: !isNextDay && !startsNew && continues(before, one) }));
    before = one;
  }
  return out;
}

function dayRow(one, day) {
  const name = dayName(ofTs(one.ts), new Date(store.data.clock.now), me().tz);
  return { key: `day ${day} ${name}`, draw: () => h("div", { class: "day", role: "separator" }, h("span", {}, name)) };
}

function row(one, more) {
  const key = JSON.stringify([one, more, store.data.open.chosen[one.ts]]);
  return { key, draw: () => message(one, more) };
}

function nothing() {
  if (isChannel(store.place)) return empty("#", "Nothing has been said here yet", "Say something, or type / for what the app can do.");
  const { app } = store.data;
  return empty("👋", `This is where ${app.name} writes to you`, "Type / below to see what it can do, or let time pass with the clock above.");
}

function empty(sign, title, about) {
  return h("div", { class: "empty" }, h("div", { class: "empty-sign", "aria-hidden": "true" }, sign), h("h2", {}, title), h("p", {}, about));
}

// The thread beside the conversation

function drawThread() {
  const panel = document.getElementById("thread");
  const all = store.data.open.messages;
  const first = store.thread && all.find((one) => one.ts === store.thread);
  panel.hidden = !first;
  if (!first) return;
  const isNew = redraw(panel, `${store.person} ${store.thread}`, threadFrame);
  const list = panel.querySelector(".messages");
  const replies = all.filter((one) => one.thread_ts === first.ts && one.ts !== first.ts);
  const count = { key: `count ${replies.length}`, draw: () => h("div", { class: "day" }, h("span", {}, replies.length === 1 ? "1 reply" : `${replies.length} replies`)) };
  lay(list, [row(first, { inThread: true }), ...(replies.length ? [count] : []), ...replies.map((one) => row(one, { inThread: true }))]);
  list.scrollTop = list.scrollHeight;
  if (isNew) panel.querySelector("textarea")?.focus();
}

function threadFrame() {
  const close = () => {
    const ts = store.thread;
    visit(me().name, store.place);
    document.querySelector(`#messages [data-ts="${CSS.escape(ts)}"] [data-focus="reply"]`)?.focus();
  };
  return [
    h("div", { class: "head" }, h("h2", {}, "Thread"), h("button", { type: "button", class: "icon-button", "aria-label": "Close thread", onclick: close }, "×")),
    h("div", { class: "messages", tabindex: "0", role: "log", "aria-label": "Thread" }),
    composer({ id: "thread-composer", thread: store.thread }),
  ];
}

// The app hears when somebody comes to its Home or its messages.
export function arrived() {
  if (!store.person || isChannel(store.place)) return null;
  return act("opens_home", { tab: store.place });
}
