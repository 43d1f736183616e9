// Shortcodes that apps and people use most; any other stays as written.

const KNOWN = {
  "+1": "👍", "-1": "👎", thumbsup: "👍", thumbsdown: "👎", wave: "👋", tada: "🎉", sparkles: "✨", star: "⭐", seedling: "🌱",
  white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌", warning: "⚠️", question: "❓", bulb: "💡", memo: "📝", eyes: "👀",
  rocket: "🚀", fire: "🔥", heart: "❤️", pray: "🙏", clap: "👏", raised_hands: "🙌", muscle: "💪", thinking_face: "🤔",
  smile: "😄", slightly_smiling_face: "🙂", grinning: "😀", joy: "😂", wink: "😉", blush: "😊", cry: "😢", sweat_smile: "😅",
  calendar: "📅", date: "📅", bell: "🔔", no_bell: "🔕", lock: "🔒", key: "🔑", mag: "🔍", link: "🔗", pushpin: "📌",
  bar_chart: "📊", chart_with_upwards_trend: "📈", ladder: "🪜", trophy: "🏆", medal: "🏅", handshake: "🤝", coffee: "☕",
  palm_tree: "🌴", house: "🏠", hourglass: "⌛", alarm_clock: "⏰", speech_balloon: "💬", raised_hand: "✋", ok_hand: "👌",
  point_right: "👉", arrow_right: "➡️", large_green_circle: "🟢", large_yellow_circle: "🟡", red_circle: "🔴",
  white_circle: "⚪", green_heart: "💚", blue_heart: "💙", mountain: "⛰️", books: "📚", books_stack: "📚", dart: "🎯",
  busts_in_silhouette: "👥", inbox_tray: "📥", zap: "⚡", gear: "⚙️", information_source: "ℹ️", hammer_and_wrench: "🛠️",
};

export function emoji(name) {
  return KNOWN[name.split("::")[0]] ?? `:${name}:`;
}

export function fromUnicode(name, unicode) {
  if (!unicode) return emoji(name);
  try {
    return String.fromCodePoint(...unicode.split("-").map((code) => parseInt(code, 16)));
  } catch {
    return emoji(name);
  }
}

export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (written, name) => KNOWN[name] ?? written);
}
