// The editor: a document of the few things that learningcity/common/rich.py lets through, kept in step with its text area.
// Every change is written there and told by an `input` event, as if somebody had typed in it; nothing else is ever sent.
const IS_RICH = /^\s*<[a-zA-Z!/?]/;
const ADDRESS = /^(?:https?:\/\/|mailto:|\/(?![/\\]))[^\s\\]*$/i;

// A few letters may stand for an address, as people write them.
export const addressOf = (typed) => {
  const words = typed.trim();
  if (ADDRESS.test(words)) return words;
  if (/^[^\s@/:]+@[^\s@/:]+\.[a-z]{2,}$/i.test(words)) return `mailto:${words}`;
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+([/?#]\S*)?$/i.test(words)) return `https://${words}`;
  return "";
};

const schemaOf = (pm) => {
  const block = (tag, content, more) => ({
    group: "block", content, defining: true, parseDOM: [{ tag }], toDOM: () => [tag, 0], ...more,
  });
  const cells = pm.tableNodes({
    tableGroup: "block", cellContent: "(paragraph | bullet_list | ordered_list)+", cellAttributes: {},
  });
  return new pm.Schema({
    nodes: {
      doc: { content: "block+" },
      paragraph: block("p", "inline*", { defining: false, parseDOM: [{ tag: "p" }] }),
      heading: block("h3", "text*", {
        attrs: { level: { default: 3 } },
        parseDOM: [
          ...["h1", "h2", "h3"].map((tag) => ({ tag, attrs: { level: 3 } })),
          ...["h4", "h5", "h6"].map((tag) => ({ tag, attrs: { level: 4 } })),
        ],
        toDOM: (node) => [`h${node.attrs.level}`, 0],
      }),
      blockquote: block("blockquote", "block+"),
      bullet_list: block("ul", "list_item+"),
      ordered_list: block("ol", "list_item+"),
      list_item: { content: "paragraph block*", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
      ...cells,
      picture: {
        group: "block", atom: true, draggable: true, attrs: { number: {} },
        parseDOM: [{ tag: "img[data-picture]", getAttrs: (dom) => ({ number: dom.dataset.picture }) }],
        toDOM: (node) => ["img", { "data-picture": node.attrs.number }],
      },
      text: { group: "inline" },
      hard_break: { group: "inline", inline: true, selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
    },
    marks: {
      link: {
        attrs: { href: {} }, inclusive: false,
        parseDOM: [{
          tag: "a[href]",
          getAttrs: (dom) => (ADDRESS.test(dom.getAttribute("href")) ? { href: dom.getAttribute("href") } : false),
        }],
        toDOM: (mark) => ["a", { href: mark.attrs.href }, 0],
      },
      em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
      strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
    },
  });
};

// Word and others bring styles, classes and comments. They are taken out before a browser reads them, which would
// otherwise complain of each style that this site forbids; what is left, the document's own rules sort out.
const withoutDress = (html) => html
  .replace(/<!--[\s\S]*?-->/g, "")
  .replace(/<(style|script|xml|title)\b[\s\S]*?<\/\1\s*>/gi, "")
  .replace(/<(b)\s[^>]*font-weight:\s*normal[^>]*>/gi, "<span>")
  .replace(/<\/?[a-z]+:[a-z][^>]*>/gi, "")
  .replace(/<([a-z][a-z0-9]*)((?:\s+[^<>"'\s=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?)*)\s*(\/?)>/gi, (tag, name, attributes, end) => {
    const kept = attributes.match(/\s(?:href|data-picture|colspan|rowspan)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+)/gi) ?? [];
    return `<${name}${kept.join("")}${end}>`;
  })
  .replace(/\s(?:style|class|on[a-z]+)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+)/gi, "");

const read = (pm, schema, text) => {
  const page = document.implementation.createHTMLDocument("");
  if (IS_RICH.test(text)) {
    page.body.innerHTML = withoutDress(text);
  } else {
    for (const line of text.split("\n")) {
      if (!line.trim()) continue;
      const paragraph = page.createElement("p");
      paragraph.textContent = line.trim();
      page.body.append(paragraph);
    }
  }
  return pm.DOMParser.fromSchema(schema).parse(page.body);
};

const isPlain = (doc) => {
  let plain = true;
  doc.forEach((block) => {
    plain &&= block.type.name === "paragraph";
    block.forEach((inline) => { plain &&= inline.isText && !inline.marks.length; });
  });
  return plain;
};

// As plain text for as long as nothing in it is formatted.
const write = (pm, doc) => {
  if (isPlain(doc)) {
    const lines = [];
    doc.forEach((block) => { if (block.textContent.trim()) lines.push(block.textContent.trim()); });
    if (!IS_RICH.test(lines.join("\n"))) return lines.join("\n");
  }
  const page = document.createElement("div");
  page.append(pm.DOMSerializer.fromSchema(doc.type.schema).serializeFragment(doc.content));
  page.querySelectorAll(":scope > p:empty").forEach((paragraph) => paragraph.remove());
  return page.innerHTML;
};

// A table or a picture at the very end would leave no place to go on writing.
const roomAtTheEnd = (pm) => new pm.Plugin({
  appendTransaction: (transactions, before, state) => {
    if (!transactions.some((each) => each.docChanged) || state.doc.lastChild.type.name === "paragraph") return null;
    return state.tr.insert(state.doc.content.size, state.schema.nodes.paragraph.create());
  },
});

const keysOf = (pm, schema, tools) => {
  const { nodes, marks } = schema;
  const breakLine = (state, dispatch) => {
    if (!state.selection.$from.parent.type.inlineContent || state.selection.$from.parent.type === nodes.heading) return false;
    dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
    return true;
  };
  return [
    pm.keymap({
      "Mod-z": pm.undo, "Mod-y": pm.redo, "Shift-Mod-z": pm.redo,
      "Mod-b": pm.toggleMark(marks.strong), "Mod-i": pm.toggleMark(marks.em),
      "Mod-k": () => { tools().press("link"); return true; },
      "Alt-F10": () => { tools().focus(); return true; },
      Enter: pm.splitListItem(nodes.list_item),
      "Shift-Enter": breakLine,
      "Mod-]": pm.sinkListItem(nodes.list_item), "Mod-[": pm.liftListItem(nodes.list_item),
      // From the last cell the key leads on, out of the text, as it does everywhere else: nobody is caught in a table.
      Tab: pm.goToNextCell(1), "Shift-Tab": pm.goToNextCell(-1),
    }),
    pm.keymap(pm.baseKeymap),
    pm.inputRules({
      rules: [
        pm.wrappingInputRule(/^\s*[-*]\s$/, nodes.bullet_list),
        pm.wrappingInputRule(/^\s*(?:1|๑)[.)]\s$/, nodes.ordered_list),
      ],
    }),
  ];
};

// A picture shows itself by its number; the text holds nothing else of it.
const pictureView = (area, words) => (node) => {
  const dom = document.createElement("figure");
  dom.className = "editor-picture";
  const image = document.createElement("img");
  image.src = area.dataset.editorPreview.replace("/0/", `/${node.attrs.number}/`);
  image.alt = `${words.picture} ${node.attrs.number}`;
  dom.append(image);
  return { dom };
};

const attributesOf = (area, hint) => {
  const label = area.labels[0];
  if (label && !label.id) label.id = `${area.id}_label`;
  const attributes = {
    id: `${area.id}_formatted`, class: "editor-text", role: "textbox", "aria-multiline": "true",
    "aria-describedby": [area.getAttribute("aria-describedby"), hint.id].filter(Boolean).join(" "),
  };
  if (label) attributes["aria-labelledby"] = label.id;
  if (area.lang) attributes.lang = area.lang;
  if (area.getAttribute("aria-invalid")) attributes["aria-invalid"] = area.getAttribute("aria-invalid");
  return attributes;
};

// Opens the editor in the place of a text area; what it returns closes it again.
export const open = (pm, toolsModule, area, words) => {
  const schema = schemaOf(pm);
  const frame = document.createElement("div");
  frame.className = "editor";
  const hint = document.createElement("p");
  hint.className = "hint";
  hint.id = `${area.id}_editor_hint`;
  hint.textContent = words.hint;
  area.before(frame);

  let ours = false;
  let tools;
  const stateOf = (text) => pm.EditorState.create({
    doc: read(pm, schema, text),
    plugins: [...keysOf(pm, schema, () => tools), pm.history(), pm.tableEditing(), pm.gapCursor(), roomAtTheEnd(pm)],
  });
  const view = new pm.EditorView(frame, {
    state: stateOf(area.value),
    attributes: attributesOf(area, hint),
    transformPastedHTML: withoutDress,
    nodeViews: area.dataset.editorPreview ? { picture: pictureView(area, words) } : {},
    dispatchTransaction: (transaction) => {
      view.updateState(view.state.apply(transaction));
      tools.refresh();
      if (!transaction.docChanged) return;
      area.value = write(pm, view.state.doc);
      ours = true;
      area.dispatchEvent(new Event("input", { bubbles: true }));
      ours = false;
    },
  });
  // What the browser tells of typing here is told once more, and rightly, by the text area.
  frame.addEventListener("input", (event) => event.stopPropagation());
  tools = toolsModule.toolsOf(pm, view, { area, words, addressOf });
  frame.prepend(tools.element);
  frame.append(hint);

  // Somebody else wrote in the text area: a draft that was fetched, a change that was taken over.
  const changed = () => { if (!ours) { view.updateState(stateOf(area.value)); tools.refresh(); } };
  // The label, the error summary and whoever else leads to the text area lead to the text.
  const forward = () => view.focus();
  area.addEventListener("input", changed);
  area.addEventListener("learningcity:set", changed);
  area.addEventListener("focus", forward);
  area.classList.add("visually-hidden");
  area.tabIndex = -1;
  area.setAttribute("aria-hidden", "true");

  return {
    focus: () => view.focus(),
    close: () => {
      area.removeEventListener("input", changed);
      area.removeEventListener("learningcity:set", changed);
      area.removeEventListener("focus", forward);
      area.classList.remove("visually-hidden");
      area.removeAttribute("tabindex");
      area.removeAttribute("aria-hidden");
      view.destroy();
      tools.destroy();
      frame.remove();
    },
  };
};
