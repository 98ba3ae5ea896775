// A session's figures, renewed while it is on and the page is looked at; without this there is a link.
(() => {
  const renew = async () => {
    const box = document.querySelector("[data-figures]");
    const every = Number(box?.dataset.every) * 1000;
    if (!every) return;
    const busy = box.contains(document.activeElement);
    if (!document.hidden && !busy) {
      const answer = await fetch(box.dataset.figures).catch(() => null);
      if (answer?.ok) {
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-figures]");
        if (fresh && !box.contains(document.activeElement)) box.replaceWith(fresh);
      }
    }
    setTimeout(renew, every);
  };
  setTimeout(renew, 15000);
})();
