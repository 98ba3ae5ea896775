// Suggestions below the search field: a combobox with a list, chosen by hand (WAI-ARIA APG). Without this the field is
// a plain one. The server writes the options; each is a link, so that touch and mouse need nothing more.
"use strict";
(() => {
  const field = document.getElementById("tim");
  const list = document.getElementById("goi-y");
  if (!field || !list || !window.fetch || !window.AbortController) return;
  const REST = 120; // ms without a key before the server is asked
  const COMPOSING = 300; // the same in the middle of a word that an input method still holds
  const SILENCE = 700; // ms before a screen reader is told, so that it does not cut off the echo of keys
  const GAP = 8; // px between the list and a virtual keyboard
  const status = document.getElementById("goi-y-tin");
  let shown = ""; // the text that the list belongs to
  let asked = null;
  let active = -1;
  let asking = 0;
  let telling = 0;

  const options = () => list.children;
  const typed = () => field.value.normalize("NFC").trim();

  function select(number) {
    active = number;
    for (const [at, option] of [...options()].entries()) option.setAttribute("aria-selected", String(at === number));
    if (number < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", options()[number].id);
      options()[number].scrollIntoView({ block: "nearest" });
    }
  }

  function open(wanted) {
    const isOpen = wanted && options().length > 0;
    list.hidden = !isOpen;
    field.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) select(-1);
    else fit();
  }

  function fit() { // a virtual keyboard covers what the window does not know of
    const view = window.visualViewport;
    const room = view ? view.offsetTop + view.height - list.getBoundingClientRect().top - GAP : 0;
    list.style.maxHeight = room > 100 ? `min(30rem, ${room}px)` : "";
  }

  function close() { // and nothing that is still on its way opens it again
    clearTimeout(asking);
    clearTimeout(telling);
    if (asked) asked.abort();
    asked = null;
    open(false);
  }

  function tell() {
    const n = options().length;
    const words = n === 0 ? list.dataset.none : n === 1 ? list.dataset.one : list.dataset.some;
    status.textContent = words.replace("{n}", n);
  }

  async function ask() {
    const text = typed();
    if (asked) asked.abort();
    const mine = (asked = new AbortController());
    try {
      const answer = await fetch(`${list.dataset.from}?q=${encodeURIComponent(text)}`, {
        signal: mine.signal, credentials: "omit",
      });
      if (!answer.ok) throw new Error(answer.status);
      const made = await answer.text();
      if (asked !== mine || document.activeElement !== field) return;
      asked = null;
      list.innerHTML = made;
      shown = text;
      select(-1);
      open(true);
      telling = setTimeout(tell, SILENCE);
    } catch {
      if (asked === mine) forget(); // no network: the field still searches
    }
  }

  function forget() {
    close();
    list.textContent = status.textContent = shown = "";
  }

  function later(wait) {
    clearTimeout(asking);
    clearTimeout(telling);
    if (!typed()) return forget();
    if (active >= 0) select(-1);
    if (typed() === shown && !asked) return open(true);
    asking = setTimeout(ask, wait);
  }

  // Android keyboards and Telex compose every word, so that waiting for its end would suggest nothing until the space.
  field.addEventListener("input", (event) => later(event.isComposing ? COMPOSING : REST));
  field.addEventListener("compositionend", () => later(REST));

  function step(by) { // past the last one, the field itself; then the first
    const n = options().length + 1;
    select(((active + 1 + by + n) % n) - 1);
  }

  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return; // the input method's, the browser's
    const isOpen = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (event.altKey) open(event.key === "ArrowDown");
      else if (isOpen) step(event.key === "ArrowDown" ? 1 : -1);
      else if (options().length && typed() === shown) {
        open(true);
        step(event.key === "ArrowDown" ? 1 : -1);
      } else later(0);
      event.preventDefault();
    } else if (event.key === "Escape" && isOpen) { // once more empties the field, as the browser does it
      close();
      event.preventDefault();
    } else if (event.key === "Enter" && isOpen && active >= 0) {
      options()[active].click();
      event.preventDefault();
    } else if (event.key === "Tab") close();
    else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key) && active >= 0) select(-1);
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  field.addEventListener("blur", close);
  field.form.addEventListener("submit", close);
  window.addEventListener("pageshow", () => open(false)); // come back to, a page has no list open
  if (window.visualViewport) window.visualViewport.addEventListener("resize", () => list.hidden || fit());

  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-expanded": "false",
    "aria-controls": list.id,
  })) field.setAttribute(name, value);
  list.setAttribute("role", "listbox");
})();
