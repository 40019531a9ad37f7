// Counts words while somebody types, as nearly as the browser can; what the server counted comes with every save.
const SEGMENTERS = new Map();

function segmenter(language) {
  if (!("Segmenter" in Intl)) return null;
  if (!SEGMENTERS.has(language)) SEGMENTERS.set(language, new Intl.Segmenter(language, { granularity: "word" }));
  return SEGMENTERS.get(language);
}

function plain(text) {
  if (!/^\s*<[a-zA-Z!/?]/.test(text)) return text;
  return new DOMParser().parseFromString(text, "text/html").body.textContent ?? "";
}

export function countWords(text, language) {
  const cut = segmenter(language || "th");
  if (!cut) return null;
  let count = 0;
  for (const part of cut.segment(plain(text))) if (part.isWordLike) count += 1;
  return count;
}

// The server cuts Thai a little otherwise than browsers do; so its count stands, and we add what came since.
const KNOWN = new WeakMap();

function show(place, count) {
  place.querySelector("[data-counted]").textContent = String(count);
  place.classList.toggle("over", count > Number(place.dataset.limit));
}

// Take the server's count for what stands in the field now.
export function agree(form, field, count) {
  const place = field && placeOf(form, field.name);
  if (!place) return;
  const here = countWords(field.value, field.lang);
  const theirs = count ?? Number(place.querySelector("[data-counted]").textContent);
  KNOWN.set(place, { here, theirs });
  if (count !== undefined) show(place, count);
}

export function placeOf(form, name) {
  return form.querySelector(`[data-count-of="${CSS.escape(name)}"]`);
}

export function countField(form, field) {
  const place = field.name && placeOf(form, field.name);
  const here = place && countWords(field.value, field.lang);
  const known = place && KNOWN.get(place);
  if (!place || here === null || !known) return;
  show(place, here === 0 ? 0 : Math.max(1, known.theirs + here - known.here));
}
