// The clock of the workspace, and buttons that let time pass.

import { h, redraw } from "./dom.js";
import { menu } from "./layers.js";
import { conversation, me, move, nameOf, person, refresh, store } from "./state.js";
import { toast } from "./toasts.js";
import { city, clockTime, longDay, shortDay } from "./times.js";

const WISHES = [
  { to: "next", label: "Next thing that happens", about: "Until somebody gets a message" },
  { to: "monday", label: "Next Monday 09:00", about: "Where this person is" },
  { to: "tomorrow", label: "Tomorrow 09:00", about: "Where this person is" },
  { to: "hour", label: "+1 hour", about: "" },
];

let isMoving = false;

export function drawClock() {
  const bar = document.getElementById("clock");
  const { clock } = store.data;
  const zone = me()?.tz ?? "UTC";
  const busy = isMoving || clock.is_moving;
  redraw(bar, JSON.stringify([clock.can_move, clock.can_skip, busy, store.data.me]), () => frame(clock, busy));
  const now = new Date(clock.now);
  bar.querySelector("time").textContent = `${shortDay(now, zone)}, ${clockTime(now, zone)}`;
  bar.querySelector("time").title = `${longDay(now, zone)} in ${city(zone)}`;
}

function frame(clock, busy) {
  const time = h("time", {});
  if (!clock.can_move || !store.data.me) return [time];
  const offered = WISHES.filter((wish) => wish.to !== "next" || clock.can_skip);
  const button = (wish) =>
    h("button", { type: "button", class: "clock-button", "data-focus": wish.to, disabled: busy, title: wish.about, onclick: () => pass(wish.to) }, wish.label);
  const items = offered.map((wish) => ({ label: wish.label, about: wish.about, choose: () => pass(wish.to) }));
  const all = h(
    "button",
    {
      type: "button",
      class: "clock-button clock-menu",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": "Let time pass",
      disabled: busy,
      "data-focus": "pass",
      onclick: (event) => menu(event.currentTarget, items, "Let time pass"),
    },
    "⏩",
  );
  return [time, h("span", { class: "clock-buttons" }, offered.map(button)), all, busy && h("span", { class: "spinner", role: "status", "aria-label": "Time passes" })];
}

async function pass(to) {
  isMoving = true;
  drawClock();
  let answer;
  try {
    answer = await move(to);
  } catch {
    answer = { ok: false, error: "The sandbox does not answer. Is it still running?" };
  }
  isMoving = false;
  await refresh();
  drawClock();
  if (answer.ok) toast(told(answer));
  else toast(answer.error, "problem");
}

function told({ now, posted }) {
  const zone = me().tz;
  const when = `It is ${longDay(new Date(now), zone)}, ${clockTime(new Date(now), zone)} in ${city(zone)}.`;
  return `${when} ${reached(posted)}`;
}

function reached(posted) {
  const mine = posted.includes(store.data.me);
  const others = posted.filter((id) => id !== store.data.me && person(id));
  const places = posted.filter((id) => !person(id)).map((id) => `#${conversation(id)?.name ?? id}`);
  const names = others.length > 3 ? [`${others.length} ${mine ? "others" : "people"}`] : others.map(nameOf);
  const all = [...(mine ? ["you"] : []), ...names, ...places];
  if (!all.length) return "Nobody got a message.";
  return `New messages for ${all.length > 1 ? `${all.slice(0, -1).join(", ")} and ${all.at(-1)}` : all[0]}.`;
}
