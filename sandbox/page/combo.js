// Selects of every kind: type to narrow down, arrows and Enter to choose, chips where several can be chosen.

import { h } from "./dom.js";
import { spot } from "./elements.js";
import { beside } from "./layers.js";
import { act, store } from "./state.js";

const TYPING = 250; // ms of silence before the app is asked for options

let numbers = 0;

export function combo(element, given) {
  return new Combo(element, given).node;
}

class Combo {
  constructor(element, given) {
    Object.assign(this, { element, given, at: 0, shown: [], isOpen: false });
    this.several = element.type.startsWith("multi_");
    this.isExternal = element.type.includes("external");
    this.options = this.isExternal ? [] : optionsOf(element);
    this.chosen = [given.value ?? []].flat().map((value) => this.known(value));
    this.id = `list-${(numbers += 1)}`;
    this.list = h("div", { class: "menu listbox", role: "listbox", id: this.id, "aria-label": given.label });
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.input = this.field();
    this.node = h("div", { class: "combo entry", onclick: () => this.input.focus() }, this.input, h("span", { class: "arrow", "aria-hidden": "true" }, "▾"));
    this.drawChosen();
  }

  field() {
    return h("input", {
      id: this.given.id,
      role: "combobox",
      autocomplete: "off",
      dir: "auto",
      "data-focus": this.given.name,
      "aria-label": this.given.id ? null : this.given.label,
      "aria-describedby": this.given.about,
      "aria-invalid": this.given.error ? "true" : null,
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.id,
      onclick: () => this.open(),
      oninput: () => this.type(),
      onkeydown: (event) => this.key(event),
      onblur: () => this.leave(),
    });
  }

  known(value) {
    const held = this.given.held?.selected_option ?? this.given.held?.selected_options?.find((one) => one.value === value);
    const label = this.isExternal && held?.value === value ? held.text.text : value;
    return this.options.find((one) => one.value === value) ?? { value: this.isExternal ? label : value, label };
  }

  drawChosen() {
    for (const chip of this.node.querySelectorAll(".chip")) chip.remove();
    if (this.several) this.node.prepend(...this.chosen.map((one) => this.chip(one)));
    else this.input.value = this.chosen[0]?.label ?? "";
    this.input.placeholder = this.several && this.chosen.length ? "" : this.element.placeholder?.text ?? "Choose";
  }

  chip(one) {
    const drop = (event) => {
      event.stopPropagation();
      this.set(this.chosen.filter((other) => other !== one));
      this.input.focus();
    };
    const remove = h("button", { type: "button", "aria-label": `Remove ${one.label}`, onclick: drop }, "×");
    return h("span", { class: "chip", dir: "auto" }, one.label, remove);
  }

  set(chosen) {
    this.chosen = chosen;
    this.drawChosen();
    const values = chosen.map((one) => one.value);
    this.given.change(this.several ? values : values[0] ?? null);
  }

  open() {
    if (this.isOpen) return;
    this.isOpen = true;
    (this.node.closest("dialog") ?? document.body).append(this.list);
    this.input.setAttribute("aria-expanded", "true");
    if (!this.several) this.input.select();
    this.narrow("");
  }

  close() {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.list.remove();
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  // Emptied means: nothing chosen. Anything else half typed goes back to what was chosen.
  leave() {
    this.close();
    if (this.several) this.input.value = "";
    else if (this.input.value === "" && this.chosen.length) this.set([]);
    else this.drawChosen();
  }

  type() {
    this.open();
    if (!this.isExternal) return this.narrow(this.input.value);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.look(this.input.value), TYPING);
    return null;
  }

  async look(typed) {
    const { block, where } = this.given;
    if (typed.length < (this.element.min_query_length ?? 3)) return;
    const answer = await act("looks_for", { ...spot(block, this.element, where), typed });
    this.options = (answer.options ?? []).map(ofOption).map((one) => ({ ...one, value: one.label }));
    this.narrow("");
  }

  narrow(typed) {
    const wanted = typed.trim().toLocaleLowerCase();
    const chosen = new Set(this.several ? this.chosen.map((one) => one.value) : []);
    this.shown = this.options.filter((one) => !chosen.has(one.value) && one.label.toLocaleLowerCase().includes(wanted));
    const current = this.shown.findIndex((one) => one.value === this.chosen[0]?.value);
    this.at = this.several || wanted ? 0 : Math.max(current, 0);
    this.drawList();
  }

  drawList() {
    const rows = [];
    let group = null;
    this.shown.forEach((one, index) => {
      if (one.group && one.group !== group) rows.push(h("div", { class: "menu-heading", role: "presentation" }, one.group));
      group = one.group;
      rows.push(this.row(one, index));
    });
    const nothing = this.isExternal ? "Type to search" : "No matches";
    this.list.replaceChildren(...(rows.length ? rows : [h("div", { class: "menu-heading" }, nothing)]));
    beside(this.list, this.node, 220);
    this.point();
  }

  row(one, index) {
    const about = one.about && h("span", { class: "about", dir: "auto" }, one.about);
    const pick = () => this.pick(index);
    return h("div", { role: "option", id: `${this.id}-${index}`, onclick: pick }, h("span", { dir: "auto" }, one.label), about);
  }

  point() {
    const rows = [...this.list.querySelectorAll("[role=option]")];
    rows.forEach((row, index) => row.setAttribute("aria-selected", index === this.at ? "true" : "false"));
    if (rows[this.at]) {
      this.input.setAttribute("aria-activedescendant", rows[this.at].id);
      rows[this.at].scrollIntoView({ block: "nearest" });
    }
  }

  pick(index) {
    const one = this.shown[index];
    if (!one) return;
    this.close();
    this.input.value = "";
    this.set(this.several ? [...this.chosen, one] : [one]);
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!this.isOpen) return this.open();
      this.at = (this.at + step + this.shown.length) % Math.max(this.shown.length, 1);
      return this.point();
    }
    if (event.key === "Enter") {
      event.preventDefault();
      return this.isOpen ? this.pick(this.at) : this.open();
    }
    if (event.key === "Escape" && this.isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
      return this.drawChosen();
    }
    if (event.key === "Backspace" && this.several && !this.input.value) this.set(this.chosen.slice(0, -1));
    return null;
  }
}

function ofOption(option, group) {
  return { value: option.value, label: option.text.text, about: option.description?.text, group };
}

function optionsOf(element) {
  if (element.type.includes("users")) return people();
  if (element.type.includes("conversations") || element.type.includes("channels")) return places(element);
  const grouped = (element.option_groups ?? []).flatMap((group) => group.options.map((one) => ofOption(one, group.label.text)));
  return [...(element.options ?? []).map((one) => ofOption(one)), ...grouped];
}

function people() {
  const there = store.data.people.filter((one) => one.is_person && !one.deleted);
  return there.map((one) => ({ value: one.id, label: one.real_name, about: one.title }));
}

function places(element) {
  const kinds = element.type.includes("channels") ? ["channel"] : ["channel", "group"];
  const found = store.data.conversations.filter((one) => kinds.includes(one.kind) && !one.is_archived);
  return found.map((one) => ({ value: one.id, label: `#${one.name}` }));
}
