// The buttons of the editor. All are reached by one press of the tab key and the arrow keys, or by Alt+F10 from the text.
const BUTTONS = [
  "strong", "em", "heading", "subheading", "bullets", "numbers", "quote", "link", "table",
  "rowAdd", "rowRemove", "columnAdd", "columnRemove", "tableRemove", "picture", "undo", "redo",
];
const IN_TABLE = new Set(["rowAdd", "rowRemove", "columnAdd", "columnRemove", "tableRemove"]);
// Those that are on or off where the cursor stands.
const SWITCHES = new Set(["strong", "em", "heading", "subheading", "bullets", "numbers", "quote", "link"]);

const ancestor = (state, test) => {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if (test($from.node(depth))) return { node: $from.node(depth), position: $from.before(depth) };
  }
  return null;
};

const commandsOf = (pm, schema) => {
  const { nodes, marks } = schema;
  const isList = (node) => node.type === nodes.bullet_list || node.type === nodes.ordered_list;
  const toHeading = (level) => (state, dispatch) => {
    const on = ancestor(state, (node) => node.type === nodes.heading && node.attrs.level === level);
    return (on ? pm.setBlockType(nodes.paragraph) : pm.setBlockType(nodes.heading, { level }))(state, dispatch);
  };
  const toList = (type) => (state, dispatch) => {
    const list = ancestor(state, isList);
    if (!list) return pm.wrapInList(type)(state, dispatch);
    if (list.node.type === type) return pm.liftListItem(nodes.list_item)(state, dispatch);
    dispatch?.(state.tr.setNodeMarkup(list.position, type));
    return true;
  };
  const addTable = (state, dispatch) => {
    const row = (cell) => nodes.table_row.create(null, [0, 1, 2].map(() => cell.createAndFill()));
    const table = nodes.table.create(null, [row(nodes.table_header), row(nodes.table_cell), row(nodes.table_cell)]);
    const change = state.tr.replaceSelectionWith(table);
    // The cursor goes into the first cell, wherever the table came to stand.
    let first = null;
    change.doc.nodesBetween(Math.max(0, change.mapping.map(state.selection.from) - table.nodeSize - 1), change.doc.content.size, (node, at) => {
      if (first === null && node.type === nodes.table_header) first = at + 2;
      return first === null;
    });
    if (first !== null) change.setSelection(pm.TextSelection.near(change.doc.resolve(first)));
    dispatch?.(change.scrollIntoView());
    return true;
  };
  const quote = (state, dispatch) => (
    ancestor(state, (node) => node.type === nodes.blockquote) ? pm.lift : pm.wrapIn(nodes.blockquote)
  )(state, dispatch);
  return {
    strong: pm.toggleMark(marks.strong), em: pm.toggleMark(marks.em),
    heading: toHeading(3), subheading: toHeading(4),
    bullets: toList(nodes.bullet_list), numbers: toList(nodes.ordered_list), quote,
    table: addTable, rowAdd: pm.addRowAfter, rowRemove: pm.deleteRow, columnAdd: pm.addColumnAfter,
    columnRemove: pm.deleteColumn, tableRemove: pm.deleteTable, undo: pm.undo, redo: pm.redo,
  };
};

const isOn = (schema, state) => {
  const { nodes, marks } = schema;
  const marked = (mark) => {
    const { from, to, empty, $from } = state.selection;
    return Boolean(empty ? mark.isInSet(state.storedMarks ?? $from.marks()) : state.doc.rangeHasMark(from, to, mark));
  };
  const within = (test) => Boolean(ancestor(state, test));
  return {
    strong: marked(marks.strong), em: marked(marks.em), link: marked(marks.link),
    heading: within((node) => node.type === nodes.heading && node.attrs.level === 3),
    subheading: within((node) => node.type === nodes.heading && node.attrs.level === 4),
    bullets: within((node) => node.type === nodes.bullet_list),
    numbers: within((node) => node.type === nodes.ordered_list),
    quote: within((node) => node.type === nodes.blockquote),
  };
};

const make = (tag, attributes = {}, ...inside) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
};

let dialogs = 0;

// A dialog stands at the end of the page, because a form cannot stand in a form; it goes when it is closed.
const ask = (title, words, ...inside) => {
  dialogs += 1;
  const heading = make("h2", { id: `editor-dialog-${dialogs}` }, title);
  const cancel = make("button", { type: "button", class: "button quiet" }, words.cancel);
  const form = make("form", { method: "dialog", class: "stack" }, heading, ...inside, cancel);
  form.noValidate = true;
  const dialog = make("dialog", { class: "editor-dialog", "aria-labelledby": heading.id }, form);
  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, form };
};

const linkAtCursor = (state, type) => {
  const { $from, from, to, empty } = state.selection;
  if (!empty) return { from, to, href: "" };
  const mark = type.isInSet($from.marks());
  if (!mark) return { from, to, href: "" };
  let [start, end] = [$from.start(), $from.start()];
  $from.parent.forEach((node, offset) => {
    const at = $from.start() + offset;
    if (mark.isInSet(node.marks) && at <= from && at + node.nodeSize >= from) [start, end] = [at, at + node.nodeSize];
  });
  return { from: start, to: end, href: mark.attrs.href };
};

const askForLink = (view, { words, addressOf }) => {
  const type = view.state.schema.marks.link;
  const { from, to, href } = linkAtCursor(view.state, type);
  const field = make("input", { id: "editor-link", type: "text", inputmode: "url", autocomplete: "off", "aria-describedby": "editor-link-hint editor-link-error" });
  field.value = href;
  const error = make("p", { class: "error", id: "editor-link-error", role: "alert" });
  const set = make("button", { class: "button" }, words.linkSet);
  const remove = make("button", { type: "button", class: "button secondary" }, words.linkRemove);
  const { dialog, form } = ask(
    words.link, words,
    make("div", { class: "field" },
      make("label", { for: "editor-link" }, words.linkAddress),
      make("p", { class: "hint", id: "editor-link-hint" }, words.linkHint),
      field, error),
    set, ...(href ? [remove] : []),
  );
  field.focus();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = addressOf(field.value);
    if (!address) {
      error.textContent = words.linkWrong;
      field.focus();
      return;
    }
    const change = view.state.tr;
    if (from === to) change.insertText(field.value.trim(), from);
    const end = from === to ? from + field.value.trim().length : to;
    view.dispatch(change.removeMark(from, end, type).addMark(from, end, type.create({ href: address })));
    dialog.close();
  });
  remove.addEventListener("click", () => {
    view.dispatch(view.state.tr.removeMark(from, to, type));
    dialog.close();
  });
  dialog.addEventListener("close", () => view.focus());
};

const askForPicture = async (view, { area, words }) => {
  const list = make("div", { role: "status" }, words.waiting);
  const { dialog } = ask(words.pictureChoose, words, list);
  dialog.addEventListener("close", () => view.focus());
  const show = async (address) => {
    try {
      const answer = await fetch(address, { headers: { "X-Requested-With": "editor" } });
      if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
      const page = document.createElement("template");
      page.innerHTML = await answer.text();
      list.replaceChildren(page.content);
    } catch {
      list.textContent = words.pictureFailed;
    }
    list.querySelector("button, a")?.focus();
  };
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.more) show(button.dataset.more);
    if (!button?.dataset.picture) return;
    const picture = view.state.schema.nodes.picture.create({ number: button.dataset.picture });
    view.dispatch(view.state.tr.replaceSelectionWith(picture).scrollIntoView());
    dialog.close();
  });
  await show(area.dataset.editorChoose);
};

// Moves among the buttons with the arrow keys, so that only one of them stands in the way of the tab key.
const rove = (element, view) => {
  const seen = () => [...element.querySelectorAll("button:not([hidden])")];
  const go = (button) => {
    seen().forEach((each) => { each.tabIndex = each === button ? 0 : -1; });
    button.focus();
  };
  element.addEventListener("keydown", (event) => {
    const buttons = seen();
    const here = buttons.indexOf(document.activeElement);
    const places = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: -1 };
    if (event.key === "Escape") view.focus();
    else if (event.key in places) go(buttons.at(places[event.key] % buttons.length));
    else return;
    event.preventDefault();
  });
  return () => go(seen().find((button) => button.tabIndex === 0) ?? seen()[0]);
};

export const toolsOf = (pm, view, how) => {
  const { area, words } = how;
  const { schema } = view.state;
  const commands = commandsOf(pm, schema);
  const element = make("div", { class: "editor-tools", role: "toolbar", "aria-label": words.toolbar, "aria-controls": `${area.id}_formatted` });
  const names = BUTTONS.filter((name) => name !== "picture" || area.dataset.editorChoose);
  const buttons = Object.fromEntries(names.map((name, place) => [
    name, make("button", { type: "button", tabindex: place ? "-1" : "0", "data-tool": name }, words[name]),
  ]));
  element.append(...Object.values(buttons));

  const press = (name) => {
    if (name === "link") askForLink(view, how);
    else if (name === "picture") askForPicture(view, how);
    else {
      commands[name](view.state, view.dispatch);
      view.focus();
    }
  };
  element.addEventListener("mousedown", (event) => event.preventDefault());
  element.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button && button.getAttribute("aria-disabled") !== "true") press(button.dataset.tool);
  });
  const refresh = () => {
    const on = isOn(schema, view.state);
    const inTable = pm.isInTable(view.state);
    for (const [name, button] of Object.entries(buttons)) {
      if (SWITCHES.has(name)) button.setAttribute("aria-pressed", String(on[name]));
      if (IN_TABLE.has(name)) button.hidden = !inTable;
      if (name === "table") button.hidden = inTable;
      if (commands[name]) button.setAttribute("aria-disabled", String(!commands[name](view.state)));
    }
    if (!element.querySelector("button:not([hidden])[tabindex='0']")) buttons.strong.tabIndex = 0;
  };
  const focus = rove(element, view);
  refresh();
  return { element, press, refresh, focus, destroy: () => element.remove() };
};
