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

export function showCount(place, count) {
  if (!place || count === null) return;
  place.querySelector("[data-counted]").textContent = String(count);
  place.classList.toggle("over", count > Number(place.dataset.limit));
}

export function placeOf(form, name) {
  return form.querySelector(`[data-count-of="${CSS.escape(name)}"]`);
}

export function countField(form, field) {
  const place = field.name && placeOf(form, field.name);
  if (place) showCount(place, countWords(field.value, field.lang));
}
