// The place in the line is kept: press for the buyer when its turn is near. Without this there is the button.
const form = document.querySelector("form[data-again]");
let pressed = false;
form.addEventListener("submit", (event) => {
  if (pressed) event.preventDefault();
  pressed = true;
});
setTimeout(() => pressed || form.requestSubmit(), Number(form.dataset.again) * 1000);
