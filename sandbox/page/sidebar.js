// Who one is, and where one can go.

import { avatar } from "./avatars.js";
import { choosePerson } from "./chooser.js";
import { titleOf } from "./conversation.js";
import { h, redraw } from "./dom.js";
import { dm, isChannel, me, store, visit } from "./state.js";
import { city, clockTime } from "./times.js";

export function drawSidebar() {
  const { data } = store;
  const bar = document.getElementById("sidebar");
  document.getElementById("workspace").textContent = data.workspace;
  const waiting = others();
  const key = JSON.stringify([data.me, me(), data.conversations, store.place, data.app.name, waiting]);
  redraw(bar, key, () => [
    myself(waiting),
    group("Apps", [appRow()]),
    group("Direct messages", data.conversations.filter((one) => one.kind === "mpim").map(placeRow)),
    group("Channels", data.conversations.filter((one) => ["channel", "group"].includes(one.kind)).map(placeRow)),
    h("p", { class: "sidebar-note" }, "A local Slack: nothing leaves this machine, and everybody here is invented."),
  ]);
  tellTime(bar);
  const unread = data.conversations.reduce((sum, one) => sum + one.mentions, 0);
  document.title = `${unread ? `(${unread}) ` : ""}${me().real_name} – ${data.workspace}`;
}

function others() {
  return store.data.people.filter((one) => one.id !== store.data.me && one.unread && one.is_person).length;
}

function myself(waiting) {
  const who = me();
  const more = waiting ? `${waiting} others have unread messages` : "Be somebody else";
  return h(
    "button",
    { type: "button", class: "myself", "data-focus": "myself", "aria-haspopup": "dialog", title: more, onclick: () => choosePerson() },
    avatar(who.id),
    h(
      "span",
      { class: "myself-words" },
      h("span", { class: "faint" }, "You are"),
      h("strong", { dir: "auto" }, who.real_name),
      h("span", { class: "faint", dir: "auto" }, who.title),
      h("span", { class: "faint my-time" }),
    ),
    h("span", { class: "switch" }, "Switch"),
  );
}

function tellTime(bar) {
  const who = me();
  bar.querySelector(".my-time").textContent = `${clockTime(new Date(store.data.clock.now), who.tz)} in ${city(who.tz)}`;
}

function group(title, rows) {
  return rows.length ? h("section", { class: "group" }, h("h2", {}, title), rows) : null;
}

function appRow() {
  const { app } = store.data;
  const to = app.has_home && store.place === "home" ? "home" : "messages";
  return row([avatar(app.id, "tiny"), app.name], to, !isChannel(store.place), dm());
}

function placeRow(one) {
  return row([titleOf(one)], one.id, store.place === one.id, one);
}

function row(label, to, isCurrent, place) {
  const count = place.mentions ? h("span", { class: "count", "aria-label": `${place.mentions} unread` }, String(place.mentions)) : null;
  return h(
    "button",
    {
      type: "button",
      class: place.unread ? "place unread" : "place",
      "aria-current": isCurrent ? "page" : null,
      "data-focus": `place-${to}`,
      onclick: () => visit(me().name, to),
    },
    h("span", { class: "place-name", dir: "auto" }, label),
    count,
  );
}
