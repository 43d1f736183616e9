// What the page knows: the last screen from the server, where the person is, and how to act.

import { toast } from "./toasts.js";

export const store = { data: null, place: "messages", thread: null, person: null, online: true, problem: "" };

const listeners = [];
let running = null;
let again = false;

export function subscribe(listener) {
  listeners.push(listener);
}

export function notify() {
  for (const listener of listeners) listener(store);
}

async function call(path, body) {
  const given = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(`/_sandbox/${path}`, given);
  return response.json();
}

// The screen, fetched anew; asked while it is on its way, it is fetched once more.
export function refresh() {
  if (running) {
    again = true;
    return running;
  }
  running = load().finally(() => {
    running = null;
    if (again) {
      again = false;
      refresh();
    }
  });
  return running;
}

async function load() {
  const query = new URLSearchParams();
  const asked = { person: store.person, place: store.place };
  if (asked.person) query.set("as", asked.person);
  if (isChannel(asked.place)) query.set("in", asked.place);
  let data;
  try {
    data = await call(`state?${query}`);
  } catch {
    return;
  }
  if (asked.person !== store.person || asked.place !== store.place) {
    again = true;
    return;
  }
  if (!data.ok) {
    store.person = null;
    again = true;
    return;
  }
  store.data = data;
  notify();
}

export function isChannel(place) {
  return place !== "home" && place !== "messages";
}

// Do something as the person; returns the answer, and tells what went wrong unless the caller does (`quiet`).
export async function act(name, given = {}, quiet = false) {
  let answer;
  try {
    answer = await call("act", { act: name, as: store.person, ...given });
  } catch {
    answer = { ok: false, error: "The sandbox does not answer. Is it still running?", notices: [] };
  }
  if (!quiet) {
    for (const sentence of [answer.error, ...(answer.notices ?? [])]) if (sentence) toast(sentence, "problem");
  }
  await refresh();
  return answer;
}

export function move(to) {
  return call("clock", { to, as: store.person });
}

export function looked(channel, ts) {
  return call("read", { as: store.person, channel, ts });
}

export function inspect(query) {
  return call(`history?${new URLSearchParams(query)}`);
}

export function entry(number) {
  return call(`history/${number}`);
}

export function listen() {
  const news = new EventSource("/_sandbox/events");
  news.onmessage = (event) => {
    const { version, clock } = JSON.parse(event.data);
    const isBack = !store.online; // perhaps another run: what is shown may be of the one before
    setOnline(true);
    if (!store.data) return;
    store.data.clock = clock;
    if (isBack || version !== store.data.version) refresh();
    else notify();
  };
  news.onerror = () => setOnline(false);
  addEventListener("pagehide", () => news.close());
}

function setOnline(online) {
  if (store.online === online) return;
  store.online = online;
  notify();
}

// Where one is, kept in the address: #/ana/home, #/ana/messages, #/ana/C0GENERAL, #/ana/C0GENERAL/<thread>

export function visit(person, place, thread = null) {
  const parts = [person, place, thread].filter(Boolean).map(encodeURIComponent);
  location.hash = `#/${parts.join("/")}`;
}

export function readAddress() {
  const [person, place, thread] = location.hash.replace(/^#\//, "").split("/").map(decodeURIComponent);
  store.person = person || null;
  store.place = place || "messages";
  store.thread = thread || null;
}

// People and places by id

export function me() {
  return store.data.people.find((one) => one.id === store.data.me);
}

export function person(id) {
  return store.data.people.find((one) => one.id === id);
}

export function nameOf(id) {
  return person(id)?.real_name ?? id;
}

export function conversation(id) {
  return store.data.conversations.find((one) => one.id === id);
}

export function dm() {
  return store.data.conversations.find((one) => one.kind === "im");
}

export function isOurApp(id) {
  return id === store.data.app.id;
}
