// Moments as somebody in a time zone reads them.

const made = new Map();

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!made.has(key)) made.set(key, build(zone, options));
  return made.get(key);
}

function build(zone, options) {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options });
  } catch {
    return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
  }
}

export function ofTs(ts) {
  return new Date(Number(ts) * 1000);
}

export function clockTime(moment, zone) {
  return format(zone, { hour: "2-digit", minute: "2-digit" }).format(moment);
}

export function exactTime(moment, zone) {
  return format(zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(moment);
}

export function shortDay(moment, zone) {
  return format(zone, { weekday: "short", day: "numeric", month: "short" }).format(moment);
}

export function longDay(moment, zone) {
  return format(zone, { weekday: "long", day: "numeric", month: "long" }).format(moment);
}

export function full(moment, zone) {
  return `${longDay(moment, zone)}, ${exactTime(moment, zone)}`;
}

export function isoDay(moment, zone) {
  const parts = format(zone, { year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(moment);
  const by = Object.fromEntries(parts.map((part) => [part.type, part.value]));
  return `${by.year}-${by.month}-${by.day}`;
}

export function localInput(moment, zone) {
  return `${isoDay(moment, zone)}T${clockTime(moment, zone)}`;
}

// "Today", "Yesterday" or the day.
export function dayName(moment, now, zone) {
  const day = isoDay(moment, zone);
  if (day === isoDay(now, zone)) return "Today";
  if (day === isoDay(new Date(now.getTime() - 86_400_000), zone)) return "Yesterday";
  return longDay(moment, zone);
}

export function city(zone) {
  return (zone || "UTC").split("/").at(-1).replaceAll("_", " ");
}
