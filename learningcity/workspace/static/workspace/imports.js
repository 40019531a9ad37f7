// Lets a file be dropped anywhere on the field that asks for it; without this the field alone does the same.
for (const input of document.querySelectorAll("input[type=file][data-drop]")) {
  const field = input.closest(".field");
  const over = (event) => {
    if (!event.dataTransfer || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    field.classList.add("over");
  };
  field.classList.add("drop");
  field.addEventListener("dragenter", over);
  field.addEventListener("dragover", over);
  field.addEventListener("dragleave", () => field.classList.remove("over"));
  field.addEventListener("drop", (event) => {
    event.preventDefault();
    field.classList.remove("over");
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}
