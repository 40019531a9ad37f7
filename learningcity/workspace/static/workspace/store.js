// What is not saved yet stays in this browser, under the person's number, until the server has confirmed it.
const PREFIX = "learningcity.draft";
const DAYS = 30;

export class Store {
  constructor(user, names) {
    this.user = user;
    this.names = names;
  }

  key(name) {
    return `${PREFIX}:${this.user}:${name}`;
  }

  // Everything that waits under any of the names, the oldest first, so that the newest has the last word.
  read() {
    const found = this.names.map((name) => parsed(localStorage, this.key(name))).filter(Boolean);
    found.sort((one, other) => one.at - other.at);
    return found.filter((each) => Date.now() - each.at < DAYS * 86_400_000);
  }

  write(changes, since, token) {
    try {
      localStorage.setItem(this.key(this.names[0]), JSON.stringify({ changes, since, token, at: Date.now() }));
      return true;
    } catch {
      return false;
    }
  }

  clear() {
    try {
      for (const name of this.names) localStorage.removeItem(this.key(name));
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }

  rename(name) {
    this.clear();
    this.names = [name];
  }
}

function parsed(storage, key) {
  try {
    const said = JSON.parse(storage.getItem(key));
    return said && typeof said.changes === "object" ? said : null;
  } catch {
    return null;
  }
}
