// Slack's markup and rich text, as nodes.

import { h } from "./dom.js";
import { emoji, fromUnicode, withEmoji } from "./emoji.js";
import { conversation, me, nameOf, person, store, visit } from "./state.js";
import { clockTime, longDay, shortDay } from "./times.js";

const WORD = "[\\p{L}\\p{N}_*~`]";
const INLINE = new RegExp(
  [
    "<([^<>\\s][^<>]*)>",
    "`([^`\\n]+)`",
    `(?<!${WORD})([*_~])(?=\\S)([^\\n]*?\\S)\\3(?!${WORD})`,
    ":([a-z0-9_+-]+):",
    "(https?:\\/\\/[^\\s<>|]+)",
  ].join("|"),
  "gu",
);
const TAGS = { "*": "strong", _: "em", "~": "s" };
const QUOTED = /^(?:>|&gt;) ?/;

function plain(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

// A text object {type, text} as nodes.
export function words(text) {
  return text.type === "mrkdwn" ? mrkdwn(text.text) : [withEmoji(text.text)];
}

export function mrkdwn(text) {
  const parts = text.split(/```\n?([\s\S]*?)\n?```/);
  return parts.flatMap((part, index) => (index % 2 ? h("pre", {}, plain(part)) : lines(part)));
}

function lines(text) {
  const out = [];
  let quote = null;
  text.split("\n").forEach((line, index) => {
    if (QUOTED.test(line)) {
      if (quote) quote.append("\n");
      else out.push((quote = h("blockquote", { dir: "auto" })));
      quote.append(...inline(line.replace(QUOTED, "")));
      return;
    }
    if (index && !quote) out.push("\n");
    quote = null;
    out.push(...inline(line));
  });
  return out;
}

function inline(text) {
  const out = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > from) out.push(plain(text.slice(from, match.index)));
    out.push(marked(match));
    from = match.index + match[0].length;
  }
  if (from < text.length) out.push(plain(text.slice(from)));
  return out;
}

function marked([whole, angle, code, sign, held, name, url]) {
  if (angle) return reference(angle) ?? plain(whole);
  if (code) return h("code", {}, plain(code));
  if (sign) return h(TAGS[sign], {}, inline(held));
  if (name) return emoji(name);
  return link(plain(url), plain(url));
}

function reference(angle) {
  const [target, label] = [angle.split("|")[0], angle.includes("|") ? plain(angle.slice(angle.indexOf("|") + 1)) : ""];
  if (target.startsWith("@")) return user(target.slice(1), label);
  if (target.startsWith("#")) return channel(target.slice(1), label);
  if (target.startsWith("!date^")) return h("span", {}, dated(target.split("^"), label));
  if (target.startsWith("!subteam^")) return mention(label || `@${target.slice(9)}`);
  if (target.startsWith("!")) return mention(`@${target.slice(1)}`, true);
  return link(plain(target), label);
}

function mention(text, mine = false) {
  return h("span", { class: mine ? "mention mine" : "mention", dir: "auto" }, text);
}

function user(id, label) {
  return mention(`@${person(id) ? nameOf(id) : label || id}`, id === store.data.me);
}

function channel(id, label) {
  const known = conversation(id);
  const name = `#${known?.name ?? (label || id)}`;
  if (!known) return mention(name);
  return h("button", { type: "button", class: "mention link", onclick: () => visit(me().name, id) }, name);
}

// Only the web is linked to; anything else stays words.
export function link(url, label) {
  const shown = label || url;
  if (!/^https?:\/\//i.test(url)) return h("span", {}, shown);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer", dir: "auto" }, shown);
}

function dated([, stamp, format], fallback) {
  const moment = new Date(Number(stamp) * 1000);
  if (Number.isNaN(moment.getTime())) return fallback;
  const zone = me().tz;
  return (format ?? "{date} {time}").replace(/\{(\w+)\}/g, (written, name) => {
    if (name.startsWith("time")) return clockTime(moment, zone);
    return name.startsWith("date_short") ? shortDay(moment, zone) : name.startsWith("date") ? longDay(moment, zone) : written;
  });
}

// A markdown block: the few forms that differ from mrkdwn are turned into it.
export function markdown(text) {
  const turned = text
    .replace(/^#{1,6} +(.*)$/gm, "*$1*")
    .replace(/\*\*(\S(?:.*?\S)?)\*\*/g, "*$1*")
    .replace(/^( *)[-*] /gm, "$1• ")
    .replace(/\[([^\]\n]+)\]\((https?:[^)\s]+)\)/g, "<$2|$1>");
  return mrkdwn(turned);
}

// rich_text

export function rich(block) {
  return (block.elements ?? []).map(part);
}

function part(one) {
  if (one.type === "rich_text_list") {
    const tag = one.style === "ordered" ? "ol" : "ul";
    const list = h(tag, { class: `indent-${Math.min(one.indent ?? 0, 4)}`, start: one.offset ? one.offset + 1 : null });
    list.append(...one.elements.map((item) => h("li", { dir: "auto" }, item.elements.map(piece))));
    return list;
  }
  const tag = { rich_text_quote: "blockquote", rich_text_preformatted: "pre" }[one.type] ?? "div";
  return h(tag, { dir: "auto" }, one.elements.map(piece));
}

function piece(one) {
  return styled(bare(one), one.style ?? {});
}

function bare(one) {
  switch (one.type) {
    case "link": return link(one.url, one.text);
    case "user": return user(one.user_id, "");
    case "channel": return channel(one.channel_id, "");
    case "usergroup": return mention(`@${one.usergroup_id}`);
    case "broadcast": return mention(`@${one.range}`, true);
    case "emoji": return fromUnicode(one.name, one.unicode);
    case "date": return h("span", {}, dated(["", one.timestamp, one.format], one.fallback ?? ""));
    default: return one.text ?? one.value ?? one.fallback ?? "";
  }
}

function styled(node, style) {
  const tags = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" };
  return Object.entries(tags).reduce((inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner), node);
}
