// Two texts for one field: both are shown, and the person chooses. The words come from the page.
import { fieldsNamed, setValue } from "./fields.js";

export function showClash(form, words, name, theirs, choose) {
  const field = fieldsNamed(form, name)[0];
  if (!field) return;
  const home = field.closest(".side, .field") ?? field.parentElement;
  home.querySelector(".beside.clash")?.remove();
  const box = document.createElement("div");
  box.className = "beside clash";
  box.setAttribute("role", "alert");
  const title = document.createElement("p");
  title.className = "title";
  title.textContent = words.both;
  const text = document.createElement("div");
  text.className = "said";
  text.lang = field.lang || document.documentElement.lang;
  text.textContent = Array.isArray(theirs) ? theirs.join(", ") : theirs || "–";
  const buttons = document.createElement("p");
  buttons.className = "buttons";
  buttons.append(
    button(words.mine, () => { box.remove(); choose(name, false); field.focus(); }),
    button(words.theirs, () => { setValue(form, name, theirs); box.remove(); choose(name, true); field.focus(); }),
  );
  box.append(title, text, buttons);
  home.append(box);
  const fold = home.closest("details");
  if (fold) fold.open = true;
}

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button secondary";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}
