// Elements are built, never parsed: whatever people or the app wrote ends up in text nodes and attributes.

export function h(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) set(element, name, value);
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function set(element, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "value" || name === "checked") element[name] = value;
  else element.setAttribute(name, value === true ? "" : value);
}

// Lay `items` into `parent`: an item whose key is unchanged keeps its node, its focus and its scroll.
export function lay(parent, items) {
  const kept = new Map([...parent.children].map((node) => [node.layKey, node]));
  const keys = new Set(items.map((item) => item.key));
  for (const [key, node] of kept) if (!keys.has(key)) node.remove();
  items.forEach((item, index) => {
    const node = kept.get(item.key) ?? Object.assign(item.draw(), { layKey: item.key });
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
}

// Draw into `parent` only when `key` has changed, and put focus and cursor back where they were.
export function redraw(parent, key, draw) {
  if (parent.drawnKey === key) return false;
  parent.drawnKey = key;
  const held = focused(parent);
  parent.replaceChildren(...[draw()].flat(Infinity).filter(Boolean));
  refocus(parent, held);
  return true;
}

export function focused(parent) {
  const active = document.activeElement;
  if (!active || active === parent || !parent.contains(active) || !active.dataset.focus) return null;
  const place = active.closest("[data-ts]")?.dataset.ts;
  return { name: active.dataset.focus, place, from: active.selectionStart, to: active.selectionEnd };
}

export function refocus(parent, held) {
  if (!held) return false;
  const places = held.place ? parent.querySelectorAll(`[data-ts="${CSS.escape(held.place)}"]`) : [parent];
  for (const place of places) {
    const found = place.querySelector(`[data-focus="${CSS.escape(held.name)}"]`);
    if (!found) continue;
    found.focus({ preventScroll: true });
    if (typeof held.from === "number" && found.setSelectionRange) select(found, held);
    return true;
  }
  return false;
}

function select(field, held) {
  try {
    field.setSelectionRange(held.from, held.to);
  } catch {
    // number, date … have no cursor to set
  }
}

// Errors of scripts must not vanish: a promise nobody waits for reports here.
export function go(promise) {
  promise.catch((error) => console.error(error));
}
