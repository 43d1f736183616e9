// "Who do you want to be?"

import { avatar } from "./avatars.js";
import { h } from "./dom.js";
import { trap } from "./layers.js";
import { isChannel, store, visit } from "./state.js";
import { city } from "./times.js";

let dialog = null;

export function choosePerson() {
  if (dialog) return;
  const people = store.data.people.filter((one) => one.is_person && !one.deleted);
  dialog = h(
    "dialog",
    { class: "chooser", "aria-labelledby": "chooser-title" },
    h("h2", { id: "chooser-title" }, "Who do you want to be?"),
    h("p", { class: "faint" }, `Everybody here is invented. Look at ${store.data.app.name} through anybody's eyes, and switch whenever you like.`),
    h("div", { class: "people" }, people.map(card)),
  );
  dialog.addEventListener("cancel", (event) => {
    if (!store.person) event.preventDefault();
  });
  dialog.addEventListener("close", () => {
    dialog?.remove();
    dialog = null;
  });
  trap(dialog);
  document.getElementById("layers").append(dialog);
  dialog.showModal();
  dialog.querySelector("[aria-current], .person")?.focus();
}

function card(one) {
  const count = one.unread ? h("span", { class: "count", "aria-label": `${one.unread} unread` }, String(one.unread)) : null;
  const become = () => {
    const place = store.person ? store.place : "messages";
    visit(one.name, isChannel(place) ? "messages" : place);
    dialog.close();
  };
  return h(
    "button",
    { type: "button", class: "person", "aria-current": one.id === store.data.me ? "true" : null, onclick: become },
    avatar(one.id),
    h(
      "span",
      { class: "person-words" },
      h("strong", { dir: "auto" }, one.real_name),
      h("span", { class: "faint", dir: "auto" }, one.title),
      h("span", { class: "faint" }, city(one.tz)),
    ),
    count,
  );
}
