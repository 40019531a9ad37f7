// The fields of a new source are of use only to who chose one; without this script they stand below, as optional.
const WANTED = ["source_title", "source_publisher", "source_url", "source_date"];

function boxes(form) {
  return WANTED.map((name) => form.elements[name]?.closest(".field")).filter(Boolean);
}

function askers(form) {
  return [...form.elements].filter((field) => field instanceof HTMLSelectElement && [...field.options].some((option) => option.value === "new"));
}

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const show = () => {
    const isNew = askers(form).some((field) => field.value === "new");
    const said = WANTED.some((name) => form.elements[name]?.value);
    for (const box of boxes(form)) box.hidden = !isNew && !said;
  };
  form.addEventListener("change", show);
  form.addEventListener("learningcity:set", show);
  show();
}
