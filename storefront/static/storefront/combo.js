// The price of a combo follows what is typed. Without this, "Tính lại" asks the server the same.
"use strict";
(() => {
  const form = document.getElementById("combo-form");
  const box = document.getElementById("preview");
  if (!form || !box || !window.fetch) return;
  const PAUSE = 400;
  let waiting = 0, asked = 0;

  async function look() {
    const mine = ++asked;
    try {
      const answer = await fetch(location.href, { method: "POST", body: new FormData(form), headers: { "X-Fragment": "preview" } });
      const text = answer.ok ? await answer.text() : "";
      if (text && mine === asked) box.innerHTML = text;
    } catch {
      // no network: the button is still there
    }
  }

  form.addEventListener("input", (event) => {
    if (event.target.name === "find") return;
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE);
  });
})();
