// Saves a draft while somebody writes. Nothing is given up before the server has confirmed it: what is not sent yet
// stays in this browser, and is sent again when the line is back, after signing in again, or when the page is opened next.
import { showClash } from "./clashes.js";
import { agree, countField } from "./counters.js";
import { fieldsNamed, isOurs, names, sameValue, setValue, valueOf } from "./fields.js";
import { Store } from "./store.js";

const PAUSE = 900;
const LONGEST_PAUSE = 30_000;

class Draft {
  constructor(form) {
    this.form = form;
    this.state = form.querySelector("[data-saved-state]");
    this.words = this.state.dataset;
    this.store = new Store(form.dataset.user, form.dataset.stores.split(" "));
    this.since = Number(form.dataset.since);
    this.saved = new Map([...names(form)].map((name) => [name, valueOf(form, name)]));
    this.clashing = new Set();
    this.sending = null;
    this.failures = 0;
    this.timer = 0;
    this.channel = "BroadcastChannel" in window ? new BroadcastChannel("learningcity.drafts") : null;
  }

  start() {
    this.form.addEventListener("input", (event) => this.typed(event.target));
    this.form.addEventListener("change", (event) => this.typed(event.target));
    this.form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("online", () => this.soon(0));
    window.addEventListener("focus", () => this.failures && this.soon(0));
    document.addEventListener("visibilitychange", () => document.hidden && this.keep());
    window.addEventListener("pagehide", () => this.keep());
    this.channel?.addEventListener("message", (event) => this.heard(event.data));
    for (const field of this.form.elements) if (field.name) agree(this.form, field);
    this.pickUp();
  }

  // What an earlier visit could not send.
  pickUp() {
    for (const kept of this.store.read()) {
      const known = Object.entries(kept.changes).filter(([name]) => this.saved.has(name));
      for (const [name, value] of known) setValue(this.form, name, value);
      if (this.isNew && kept.token) this.form.elements.token.value = kept.token;
      this.since = Math.min(this.since, kept.since);
    }
    if (Object.keys(this.changes()).length) this.soon(0);
    else this.store.clear();
  }

  get isNew() {
    return this.store.names[0].startsWith("new:");
  }

  // The fields that say something else than the server does, as far as we know.
  changes() {
    const found = {};
    for (const name of names(this.form)) {
      const value = valueOf(this.form, name);
      if (!this.clashing.has(name) && !sameValue(value, this.saved.get(name) ?? "")) found[name] = value;
    }
    return found;
  }

  keep() {
    const waiting = this.changes();
    if (!Object.keys(waiting).length) return;
    this.store.write(waiting, this.since, this.form.elements.token.value);
  }

  typed(field) {
    if (!isOurs(field)) return;
    countField(this.form, field);
    this.keep();
    if (!this.failures) this.say(this.words.typing, true);
    this.soon(this.failures ? this.pause() : PAUSE);
  }

  soon(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  pause() {
    return Math.min(LONGEST_PAUSE, PAUSE * 2 ** this.failures);
  }

  // One at a time: who asks while a save is under way gets that one, and the next after it.
  async send() {
    if (this.sending) {
      await this.sending;
      return this.send();
    }
    const changes = this.changes();
    if (!Object.keys(changes).length) return true;
    clearTimeout(this.timer);
    this.sending = this.post(changes);
    const done = await this.sending;
    this.sending = null;
    return done;
  }

  async post(changes) {
    this.keep();
    const body = new FormData();
    body.set("changes", JSON.stringify(changes));
    body.set("since", String(this.since));
    body.set("token", this.form.elements.token.value);
    let answer;
    try {
      answer = await fetch(this.form.dataset.save, {
        method: "POST", body, redirect: "manual", credentials: "same-origin",
        headers: { "X-CSRFToken": csrfToken(this.form), "X-Requested-With": "fetch" },
      });
    } catch {
      return this.failed(this.words.kept);
    }
    // Who is signed out is led to the sign-in page, or brings a token of the session that ended.
    if (answer.type === "opaqueredirect") {
      // Signing in takes a minute, not longer and longer.
      this.failures = 1;
      return this.failed(this.words.signedOut);
    }
    const said = await answer.json().catch(() => null);
    if (!answer.ok || !said) return this.failed(refusal(answer, said, this.words));
    return this.confirmed(changes, said);
  }

  failed(words) {
    this.failures += 1;
    this.say(words, true);
    this.soon(this.pause());
    return false;
  }

  confirmed(sent, said) {
    this.failures = 0;
    this.since = said.version;
    this.form.dataset.save = said.save;
    this.form.elements.since.value = said.version;
    for (const [name, value] of Object.entries(sent)) if (!(name in said.clashing)) this.saved.set(name, value);
    for (const [name, value] of Object.entries(said.news)) this.takeIn(name, value);
    for (const [name, value] of Object.entries(said.clashing)) this.ask(name, value);
    for (const [name, count] of Object.entries(said.words)) {
      if (!(name in this.changes())) agree(this.form, fieldsNamed(this.form, name)[0], count);
    }
    if (this.store.names[0] !== said.store) this.settle(said);
    const changes = this.changes();
    if (Object.keys(changes).length) this.soon(PAUSE);
    else this.store.clear();
    if (!this.clashing.size) this.say(`${this.words.saved} ${said.saved}`, false);
    this.channel?.postMessage({ store: said.store, version: said.version, changes: sent });
    return !this.clashing.size;
  }

  // The first save began the draft: from now on it has an address of its own.
  settle(said) {
    this.store.rename(said.store);
    if (this.form.getAttribute("action") === said.address) return;
    this.form.setAttribute("action", said.address);
    history.replaceState(history.state, "", said.address + location.hash);
  }

  // Another tab of this browser saved the same draft.
  heard(said) {
    if (said.store !== this.store.names[0] || said.version <= this.since) return;
    for (const [name, value] of Object.entries(said.changes)) this.takeIn(name, value);
    this.since = said.version;
    this.form.elements.since.value = said.version;
  }

  takeIn(name, value) {
    if (!this.saved.has(name) || sameValue(valueOf(this.form, name), value)) {
      this.saved.set(name, value);
    } else if (sameValue(valueOf(this.form, name), this.saved.get(name))) {
      this.saved.set(name, value);
      setValue(this.form, name, value);
    } else {
      this.ask(name, value);
    }
  }

  ask(name, theirs) {
    this.clashing.add(name);
    this.say(this.words.both, true);
    showClash(this.form, this.words, name, theirs, (chosen) => {
      this.clashing.delete(chosen);
      this.saved.set(chosen, theirs);
      this.keep();
      this.soon(0);
      if (!this.clashing.size && !Object.keys(this.changes()).length) this.say(this.words.saved, false);
    });
  }

  // A button was pressed. The form goes the ordinary way, once everything is saved; without a line it stays.
  async submitted(event) {
    const button = event.submitter;
    if (button?.formAction && button.hasAttribute("formaction")) return;
    event.preventDefault();
    if (this.leaving) return;
    if (this.clashing.size) {
      this.form.querySelector(".beside.clash button")?.focus();
      return;
    }
    this.leaving = true;
    const done = await this.send();
    this.leaving = false;
    if (!done) return;
    clearTimeout(this.timer);
    this.go(button);
  }

  go(button) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = button?.name ?? "then";
    field.value = button?.value ?? "save";
    this.form.append(field);
    this.form.elements.csrfmiddlewaretoken.value = csrfToken(this.form);
    this.form.submit();
  }

  say(words, isWaiting) {
    this.state.classList.toggle("waiting", isWaiting);
    if (this.state.textContent !== words) this.state.textContent = words;
  }
}

// The cookie knows the token of the session that holds now; the page only that of the one in which it was made.
function csrfToken(form) {
  const cookie = document.cookie.split("; ").find((each) => each.startsWith("csrftoken="));
  return cookie ? decodeURIComponent(cookie.slice("csrftoken=".length)) : form.elements.csrfmiddlewaretoken.value;
}

function refusal(answer, said, words) {
  if (said?.problem) return `${words.refused} ${said.problem}`;
  return answer.status === 403 ? words.signedOut : answer.status >= 500 ? words.kept : words.refused;
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Draft(form).start();
