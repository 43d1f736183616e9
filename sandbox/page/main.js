// The page: reads the address, draws what the server tells, and listens for news.

import { choosePerson } from "./chooser.js";
import { drawClock } from "./clock.js";
import { arrived, drawConversation } from "./conversation.js";
import { go } from "./dom.js";
import { drawInspector, toggleInspector } from "./inspector.js";
import { drawModal } from "./modal.js";
import { drawSidebar } from "./sidebar.js";
import { listen, readAddress, refresh, store, subscribe, visit } from "./state.js";

function draw() {
  document.body.classList.toggle("offline", !store.online);
  drawClock();
  if (!store.person) {
    choosePerson();
    return;
  }
  if (!store.data.me) return;
  if (store.place === "home" && !store.data.app.has_home) {
    visit(store.person, "messages");
    return;
  }
  drawSidebar();
  drawConversation();
  drawModal();
  go(Promise.resolve(drawInspector()));
}

async function move() {
  const before = `${store.person}/${store.place}`;
  readAddress();
  drawer(false);
  await refresh();
  if (`${store.person}/${store.place}` !== before && store.person) await arrived();
}

// On a phone the sidebar is a drawer

function drawer(isOpen) {
  document.body.classList.toggle("drawer-open", isOpen);
  document.getElementById("shade").hidden = !isOpen;
  document.getElementById("open-sidebar").setAttribute("aria-expanded", String(isOpen));
  if (isOpen) document.querySelector("#sidebar button")?.focus();
}

function isDrawerOpen() {
  return document.body.classList.contains("drawer-open");
}

// Light and dark: as the system says until somebody chooses

function theme(choice) {
  if (choice) document.documentElement.dataset.theme = choice;
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function switchTheme() {
  const choice = isDark() ? "light" : "dark";
  localStorage.setItem("theme", choice);
  theme(choice);
}

function start() {
  theme(localStorage.getItem("theme"));
  document.getElementById("theme").addEventListener("click", switchTheme);
  document.getElementById("open-inspector").addEventListener("click", toggleInspector);
  document.getElementById("open-sidebar").addEventListener("click", () => drawer(!isDrawerOpen()));
  document.getElementById("shade").addEventListener("click", () => drawer(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isDrawerOpen()) drawer(false);
  });
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    (document.getElementById("composer") ?? document.getElementById("main")).focus();
  });
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
  addEventListener("hashchange", () => go(move()));
  subscribe(draw);
  go(move());
  listen();
}

start();
