// One message, with what can be done to it.

import { avatar } from "./avatars.js";
import { blocks } from "./blocks.js";
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { menu } from "./layers.js";
import { mrkdwn } from "./mrkdwn.js";
import { act, isOurApp, me, nameOf, store, visit } from "./state.js";
import { clockTime, dayName, full, ofTs } from "./times.js";

const TOGETHER = 300; // seconds within which messages of one sender share a head

// Whether a message goes under the head of the one before it.
export function continues(before, message) {
  if (!before || before.user !== message.user || before.is_ephemeral || message.is_ephemeral) return false;
  return Number(message.ts) - Number(before.ts) < TOGETHER;
}

// `more`: {replies, isCompact, inThread}
export function message(one, more) {
  const zone = me().tz;
  const sent = ofTs(one.ts);
  const time = h("time", { datetime: sent.toISOString(), title: full(sent, zone) }, clockTime(sent, zone));
  const app = isOurApp(one.user) && h("span", { class: "badge" }, "APP");
  const head = h("div", { class: "message-head" }, h("strong", { dir: "auto" }, one.username ?? nameOf(one.user)), app, time);
  const side = more.isCompact ? h("div", { class: "message-side" }, time) : h("div", { class: "message-side" }, avatar(one.user));
  return h(
    "article",
    { class: classes(one, more), "data-ts": one.ts, "aria-label": `${nameOf(one.user)}, ${clockTime(sent, zone)}` },
    side,
    h(
      "div",
      { class: "message-main" },
      one.is_ephemeral && h("p", { class: "only-you" }, h("span", { "aria-hidden": "true" }, "👁 "), "Only visible to you"),
      !more.isCompact && head,
      body(one),
      one.edited && h("span", { class: "edited" }, "(edited)"),
      reactions(one),
      !more.inThread && more.replies?.length ? thread(one, more.replies) : null,
    ),
    !one.is_ephemeral && tools(one, more),
  );
}

function classes(one, more) {
  return ["message", more.isCompact && "compact", one.is_ephemeral && "ephemeral"].filter(Boolean).join(" ");
}

function body(one) {
  const where = { surface: "message", ts: one.ts, values: store.data.open.chosen[one.ts] };
  const said = one.blocks?.length ? blocks(one.blocks, where) : h("div", { class: "text block", dir: "auto" }, mrkdwn(one.text ?? ""));
  const attached = (one.attachments ?? []).map((each) => attachment(each, where));
  return h("div", { class: "message-body" }, said, attached, (one.files ?? []).map((file) => h("p", { class: "unknown" }, "📄 ", file.name)));
}

function attachment(one, where) {
  const said = [one.pretext, one.title, one.text ?? one.fallback].filter(Boolean);
  const inner = one.blocks ? blocks(one.blocks, where) : said.map((text) => h("div", { class: "text", dir: "auto" }, mrkdwn(text)));
  return h("div", { class: "attachment" }, inner);
}

function reactions(one) {
  if (!one.reactions?.length) return null;
  const shown = one.reactions.map((each) => {
    const who = (each.users ?? []).map(nameOf).join(", ");
    return h("span", { class: "reaction", title: who }, emoji(each.name), " ", String(each.count ?? each.users?.length ?? 1));
  });
  return h("div", { class: "reactions" }, shown);
}

function thread(one, replies) {
  const [last, zone] = [ofTs(replies.at(-1).ts), me().tz];
  const count = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
  const day = dayName(last, new Date(store.data.clock.now), zone).replace(/^(Today|Yesterday)$/, (word) => word.toLowerCase());
  const when = `Last reply ${day} at ${clockTime(last, zone)}`;
  const who = [...new Set(replies.map((reply) => reply.user))].slice(0, 4);
  return h(
    "button",
    { type: "button", class: "thread-line", "data-focus": "thread", onclick: () => visit(me().name, store.place, one.ts) },
    who.map((id) => avatar(id, "tiny")),
    h("strong", {}, count),
    h("span", { class: "faint" }, when),
  );
}

function tools(one, more) {
  const shortcuts = store.data.app.shortcuts.filter((each) => each.type === "message");
  const use = (each) => ({
    label: each.name,
    about: each.description,
    choose: () => act("uses", { callback_id: each.callback_id, ts: one.ts }),
  });
  const items = [{ heading: store.data.app.name }, ...shortcuts.map(use)];
  const reply = !more.inThread && tool("💬", "Reply in thread", "reply", () => visit(me().name, store.place, one.thread_ts ?? one.ts));
  const dots = shortcuts.length && tool("⋮", "More actions", "more", (event) => menu(event.currentTarget, items, "Message shortcuts"));
  return h("div", { class: "tools", role: "toolbar", "aria-label": "Message actions" }, reply, dots || null);
}

function tool(sign, label, name, press) {
  const isMenu = name === "more";
  return h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": label,
      title: label,
      "aria-haspopup": isMenu ? "menu" : null,
      "aria-expanded": isMenu ? "false" : null,
      "data-focus": name,
      onclick: press,
    },
    sign,
  );
}
