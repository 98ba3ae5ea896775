// A session's page: counts down, loads the video after a click, and follows what the shop says about state and pins.
// Without it the page says the same when it is loaded.
(() => {
  const page = document.querySelector("[data-live]");
  if (!page) return;

  const count = () => {
    const box = page.querySelector("[data-countdown]");
    if (!box) return;
    let left = Math.max(0, Math.floor((new Date(box.dataset.countdown) - Date.now()) / 1000));
    const units = box.dataset.units.split("|");
    const parts = [86400, 3600, 60, 1].map((size) => { const n = Math.floor(left / size); left -= n * size; return n; });
    const first = parts.findIndex((n) => n > 0);
    const from = first < 0 ? 3 : first;
    const text = parts.slice(from, from + 2).map((n, i) => `${n} ${units[from + i]}`).join(" ");
    box.textContent = box.dataset.text.replace("{time}", text);
  };

  const offer = () => page.querySelectorAll("[data-embed]").forEach((button) => { button.hidden = false; });

  page.addEventListener("click", (event) => {
    const button = event.target.closest("[data-embed]");
    if (!button) return;
    const frame = document.createElement("iframe");
    frame.src = button.dataset.embed;
    frame.title = button.dataset.title;
    frame.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation allow-popups");
    frame.setAttribute("allowfullscreen", "");
    button.closest(".screen").replaceChildren(frame);
    frame.focus();
  });

  const SPREAD = 8000; // milliseconds over which the pages that are open come for what changed

  const pinned = () => [...page.querySelectorAll("[data-pin]")].map((pin) => pin.dataset.pin);

  const takeOff = (codes) => {
    page.querySelectorAll("[data-pin]").forEach((pin) => { if (!codes.includes(pin.dataset.pin)) pin.remove(); });
    page.querySelectorAll("[data-none]").forEach((text) => { text.hidden = codes.length > 0; });
  };

  // The parts that changed come from the page itself; a video that plays goes on while its state stays.
  const renew = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const screen = page.querySelector("#live-screen");
    for (const id of ["live-state", "live-pins", "live-screen"]) {
      const [old, now] = [page.querySelector(`#${id}`), fresh.getElementById(id)];
      if (!old || !now) continue;
      if (old === screen && screen.querySelector("iframe") && screen.dataset.state === now.dataset.state) continue;
      old.replaceWith(now);
    }
    Object.assign(page.dataset, fresh.querySelector("[data-live]").dataset);
    offer();
    count();
  };

  offer();
  count();
  setInterval(count, 1000);
  const source = new EventSource(`${page.dataset.events}?da-biet=${page.dataset.mark}`);
  source.addEventListener("message", (event) => {
    const told = JSON.parse(event.data);
    if (told.mark === page.dataset.mark) return;
    const [before, screen] = [pinned(), page.querySelector("#live-screen")];
    takeOff(told.pins);
    if (told.state === "stopped") screen.querySelector(".screen").replaceChildren();
    const less = told.state === screen.dataset.state && told.version === page.dataset.version
      && told.pins.every((code) => before.includes(code));
    page.dataset.mark = told.mark;
    if (!less) setTimeout(() => renew().catch(() => {}), Math.random() * SPREAD);
  });
})();
