// What has been put into a modal and not been sent yet, and what was wrong with it when it was sent.

const drafts = new Map(); // view id → Map(block id → {action, type, value})
const errors = new Map(); // view id → {block id: sentence}

function of(view) {
  if (!drafts.has(view.id)) drafts.set(view.id, new Map());
  return drafts.get(view.id);
}

export function put(view, block, element, value) {
  of(view).set(block.block_id, { action: element.action_id, type: element.type, value });
}

// A draft counts only as long as the same input is still there.
export function draft(view, block, element) {
  const kept = drafts.get(view.id)?.get(block.block_id);
  return kept && kept.action === element.action_id && kept.type === element.type ? kept : null;
}

export function values(view) {
  const found = {};
  for (const block of view.blocks) {
    const kept = block.type === "input" && draft(view, block, block.element);
    if (kept) found[block.block_id] = kept.value;
  }
  return found;
}

export function isTouched(view) {
  return Boolean(drafts.get(view.id)?.size);
}

export function setErrors(view, found) {
  errors.set(view.id, found ?? {});
}

export function errorsOf(view) {
  return errors.get(view.id) ?? {};
}

// Forget views that are no longer on the screen.
export function keep(views) {
  const ids = new Set(views.map((view) => view.id));
  for (const kept of [drafts, errors]) for (const id of kept.keys()) if (!ids.has(id)) kept.delete(id);
}
