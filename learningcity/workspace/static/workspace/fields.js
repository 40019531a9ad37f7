// Reading and writing the fields of a form by name, whatever they are made of.
const OURS = new Set(["csrfmiddlewaretoken", "token", "since", "marks", "then", "from", "leave", "published"]);

export function isOurs(field) {
  return Boolean(field?.name) && !OURS.has(field.name) && field.type !== "submit" && field.type !== "file";
}

export function names(form) {
  return new Set([...form.elements].filter(isOurs).map((field) => field.name));
}

export function fieldsNamed(form, name) {
  return [...form.elements].filter((field) => field.name === name && isOurs(field));
}

// The value of a field as the server keeps it: a text, or a list where several may be chosen.
export function valueOf(form, name) {
  const fields = fieldsNamed(form, name);
  const first = fields[0];
  if (!first) return "";
  if (first.type === "radio") return fields.find((field) => field.checked)?.value ?? "";
  if (first.type === "checkbox") {
    return fields.length > 1
      ? fields.filter((field) => field.checked).map((field) => field.value)
      : first.checked ? "on" : "";
  }
  if (first instanceof HTMLSelectElement && first.multiple) return [...first.selectedOptions].map((option) => option.value);
  return first.value;
}

export function setValue(form, name, value) {
  const chosen = Array.isArray(value) ? value.map(String) : [String(value ?? "")];
  for (const field of fieldsNamed(form, name)) {
    if (field.type === "radio" || field.type === "checkbox") {
      field.checked = fieldsNamed(form, name).length > 1 || field.type === "radio" ? chosen.includes(field.value) : chosen[0] !== "";
    } else if (field instanceof HTMLSelectElement && field.multiple) {
      for (const option of field.options) option.selected = chosen.includes(option.value);
    } else {
      field.value = chosen[0];
    }
    const fold = field.closest("details");
    if (fold && field.value) fold.open = true;
    // An editor drawn over the field listens for this.
    field.dispatchEvent(new CustomEvent("learningcity:set", { bubbles: true }));
  }
}

export function sameValue(one, other) {
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other));
}

function plain(value) {
  return Array.isArray(value) ? value : String(value ?? "").replaceAll("\r\n", "\n").trim();
}
