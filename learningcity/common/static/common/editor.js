// Brings the editor to every <textarea data-editor>, and no sooner than somebody wants it: the page itself stays small.
// Without this file the text area is one, and it stays the truth: whatever is sent, saved or compared is its value.
(() => {
  "use strict";

  const IS_RICH = /^\s*<[a-zA-Z!/?]/;
  const known = document.getElementById("editor-parts")?.dataset;
  if (!known) return;
  const words = JSON.parse(known.words);
  let parts;

  const bring = () => {
    parts ??= Promise.all([known.writing, known.tools, known.library].map((address) => import(address)));
    return parts;
  };

  const prepare = (area) => {
    if (area.dataset.editorReady) return;
    area.dataset.editorReady = "yes";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button secondary editor-switch";
    const name = document.createElement("span");
    name.textContent = words.format;
    const of = document.createElement("span");
    of.className = "visually-hidden";
    of.textContent = `: ${(area.labels[0]?.textContent ?? "").trim()}`;
    button.append(name, of);
    const status = document.createElement("span");
    status.className = "hint";
    status.setAttribute("role", "status");
    area.after(button, status);

    let editor = null;
    let coming = false;
    // Somebody wants to see the text as it is stored; then it does not open by itself again.
    let closed = false;
    const open = async (focus) => {
      if (coming || editor) return;
      coming = true;
      status.textContent = words.waiting;
      try {
        const [writing, tools, library] = await bring();
        editor = writing.open(library, tools, area, words);
        status.textContent = "";
        name.textContent = words.plain;
        if (focus) editor.focus();
      } catch (problem) {
        parts = undefined;
        status.textContent = words.failed;
        console.warn(problem);
      }
      coming = false;
    };
    button.addEventListener("click", () => {
      if (!editor) {
        open(true);
        return;
      }
      closed = true;
      editor.close();
      editor = null;
      name.textContent = words.format;
      area.focus();
    });
    // Who begins to write in a text that is formatted should not meet angle brackets.
    area.addEventListener("focus", () => { if (!closed && IS_RICH.test(area.value)) open(true); });
    // A draft brings formatted text to a page that showed plain text, or none.
    area.addEventListener("learningcity:set", () => { if (!closed && IS_RICH.test(area.value)) open(false); });
    if (IS_RICH.test(area.value)) {
      const seen = new IntersectionObserver((entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        seen.disconnect();
        open(false);
      }, { rootMargin: "200px" });
      seen.observe(area);
    }
  };

  const prepareAll = (root) => root.querySelectorAll("textarea[data-editor]").forEach(prepare);
  prepareAll(document);
  document.addEventListener("htmx:afterSwap", (event) => prepareAll(event.target));
})();
