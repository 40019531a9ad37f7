// Shows how far the sending of files is; without this the browser sends them just the same.
for (const form of document.querySelectorAll("form[data-sending]")) {
  const sent = form.querySelector("[data-sent]");
  const failed = form.querySelector("[data-failed]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const request = new XMLHttpRequest();
    const button = form.querySelector("button");
    const broke = () => {
      failed.hidden = false;
      sent.hidden = true;
      button.disabled = false;
    };
    request.upload.addEventListener("progress", (step) => {
      if (!step.lengthComputable) return;
      const percent = Math.floor((100 * step.loaded) / step.total);
      sent.querySelector("progress").value = percent;
      sent.querySelector("[data-percent]").textContent = percent;
    });
    request.addEventListener("load", () => {
      if (request.status !== 200) return broke();
      location.assign(JSON.parse(request.responseText).address);
    });
    request.addEventListener("error", broke);
    request.open("POST", form.action);
    request.setRequestHeader("X-Sending", "1");
    sent.hidden = false;
    failed.hidden = true;
    button.disabled = true;
    request.send(new FormData(form));
  });
}
