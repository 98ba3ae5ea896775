// A combo to choose from: how many are chosen and what they come to, as one types. Without this, "Tính giá" asks the server.
"use strict";
(() => {
  const form = document.querySelector("form[data-choose]");
  const box = form && form.querySelector("[data-running]");
  if (!box) return;
  const { choose, percent, packaging, said, sum } = form.dataset;
  const fields = [...form.querySelectorAll("input[data-price]")];
  const money = new Intl.NumberFormat("vi-VN");

  const tell = () => {
    const pieces = fields.map((field) => Math.max(0, parseInt(field.value, 10) || 0));
    const chosen = pieces.reduce((all, one) => all + one, 0);
    const alone = pieces.reduce((all, one, n) => all + one * fields[n].dataset.price, 0);
    const total = Math.floor(alone * (100 - percent) / 100) + Number(packaging);
    const parts = [said.replace("{n}", chosen).replace("{choose}", choose)];
    if (chosen) parts.push(sum.replace("{money}", `${money.format(total)}\u00a0₫`));
    box.textContent = parts.join(" · ");
    box.classList.toggle("wrong", chosen !== Number(choose));
  };

  form.addEventListener("input", tell);
  tell();
})();
