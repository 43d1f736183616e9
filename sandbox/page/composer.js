// The box to write in: plain words, and slash commands with their hints.

import { h } from "./dom.js";
import { menu } from "./layers.js";
import { act, conversation, isChannel, me, store } from "./state.js";

const MOST = 8; // hints at a time
const COMMAND = /^\/\S*$/;
const NAME = /(?:^|\s)@([\p{L}\p{N}._-]*)$/u;

// `given`: {id, thread}; in a thread there are no commands, as in Slack.
export function composer(given) {
  const hints = h("div", { class: "hints listbox", role: "listbox", id: `${given.id}-hints`, "aria-label": "Suggestions", hidden: true });
  const usage = h("p", { class: "usage", "aria-live": "polite" });
  const box = h("textarea", {
    id: given.id,
    rows: 1,
    dir: "auto",
    placeholder: placeholder(given),
    "aria-label": placeholder(given),
    "aria-controls": hints.id,
    "aria-autocomplete": "list",
  });
  const state = { box, hints, usage, given, shown: [], at: 0 };
  box.addEventListener("input", () => look(state));
  box.addEventListener("keydown", (event) => key(state, event));
  box.addEventListener("blur", () => hide(state));
  hints.addEventListener("pointerdown", (event) => event.preventDefault());
  const plus = !given.thread && shortcuts(state);
  const sendNow = h("button", { type: "button", class: "icon-button send", "aria-label": "Send", onclick: () => send(state) }, "➤");
  return h("div", { class: "composer" }, hints, notice(given), h("div", { class: "composer-box" }, plus, box, sendNow), usage);
}

function placeholder(given) {
  if (given.thread) return "Reply…";
  const place = conversation(store.place);
  return place ? `Message ${place.kind === "mpim" ? "everybody" : `#${place.name}`}` : `Message ${store.data.app.name}, or type /`;
}

function notice(given) {
  const isClosed = !isChannel(store.place) && !store.data.app.takes_messages && !given.thread;
  return isClosed && h("p", { class: "usage" }, "This app takes no messages; commands work.");
}

function shortcuts(state) {
  const { app } = store.data;
  const shown = app.shortcuts.filter((each) => each.type === "global");
  const use = (each) => ({ label: each.name, about: each.description, choose: () => act("uses", { callback_id: each.callback_id }) });
  const write = (each) => ({
    label: each.command,
    about: each.description,
    choose: () => {
      state.box.value = `${each.command} `;
      state.box.focus();
      look(state);
    },
  });
  const items = [
    ...(shown.length ? [{ heading: "Shortcuts" }, ...shown.map(use)] : []),
    { heading: "Commands" },
    ...app.commands.map(write),
  ];
  return h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "Shortcuts and commands",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "data-focus": "shortcuts",
      onclick: (event) => menu(event.currentTarget, items, "Shortcuts and commands"),
    },
    "⚡",
  );
}

// Hints

function look(state) {
  const { box } = state;
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
  state.shown = found(state).slice(0, MOST);
  state.at = 0;
  drawHints(state);
  drawUsage(state);
}

function found({ box, given }) {
  const before = box.value.slice(0, box.selectionStart);
  if (!given.thread && COMMAND.test(box.value)) return commands(box.value);
  const name = NAME.exec(before)?.[1];
  return name === undefined ? [] : names(name.toLocaleLowerCase());
}

function commands(typed) {
  const some = store.data.app.commands.filter((each) => each.command.startsWith(typed.toLowerCase()));
  return some.map((each) => ({ label: each.command, more: each.usage_hint, about: each.description, text: `${each.command} `, from: 0 }));
}

function names(typed) {
  const there = store.data.people.filter((one) => one.is_person && !one.deleted);
  const some = there.filter((one) => one.name.startsWith(typed) || one.real_name.toLocaleLowerCase().startsWith(typed));
  return some.map((one) => ({ label: `@${one.name}`, more: one.real_name, about: one.title, text: `@${one.name} `, length: typed.length + 1 }));
}

function drawHints(state) {
  const { hints, box } = state;
  hints.hidden = !state.shown.length;
  hints.replaceChildren(...state.shown.map((one, index) => hint(state, one, index)));
  if (hints.hidden) box.removeAttribute("aria-activedescendant");
  else box.setAttribute("aria-activedescendant", hints.children[state.at].id);
}

function hint(state, one, index) {
  return h(
    "div",
    { role: "option", id: `${state.hints.id}-${index}`, "aria-selected": String(index === state.at), onclick: () => take(state, one) },
    h("span", {}, h("strong", {}, one.label), " ", h("span", { class: "faint", dir: "auto" }, one.more)),
    h("span", { class: "about", dir: "auto" }, one.about),
  );
}

function drawUsage({ box, usage }) {
  const each = store.data.app.commands.find((one) => box.value.startsWith(`${one.command} `));
  usage.textContent = each ? [`${each.command} ${each.usage_hint}`.trim(), each.description].filter(Boolean).join("  ·  ") : "";
}

function hide(state) {
  state.shown = [];
  drawHints(state);
}

function take(state, one) {
  const { box } = state;
  const caret = box.selectionStart;
  const from = one.from ?? caret - one.length;
  box.setRangeText(one.text, from, one.from === 0 ? box.value.length : caret, "end");
  box.focus();
  look(state);
}

function key(state, event) {
  const { shown, box } = state;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (shown.length && step) {
    event.preventDefault();
    state.at = (state.at + step + shown.length) % shown.length;
    return drawHints(state);
  }
  const isWhole = shown.some((one) => one.text.trim() === box.value.trim());
  const takes = event.key === "Tab" || (event.key === "Enter" && !isWhole);
  if (shown.length && takes && !event.shiftKey) {
    event.preventDefault();
    return take(state, shown[state.at]);
  }
  if (shown.length && event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    return hide(state);
  }
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    return send(state);
  }
  return null;
}

async function send(state) {
  const { box, given } = state;
  const line = box.value.trim();
  if (!line) return;
  const place = isChannel(store.place) ? { channel: store.place } : {};
  box.value = "";
  look(state);
  const isCommand = line.startsWith("/") && !given.thread;
  const answer = isCommand
    ? await act("types", { line, ...place })
    : await act("says", { text: line, thread: given.thread, ...place });
  if (!answer.ok && !box.value) {
    box.value = line;
    look(state);
  }
}
