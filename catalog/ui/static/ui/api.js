// The form of the API's page without a reload; without this script it is an ordinary form.
const form = document.getElementById("api-form");
const out = document.getElementById("api-json");
const told = document.getElementById("api-cost");

async function run() {
  const fields = new FormData(form);
  const sent = { query: fields.get("query") };
  const variables = fields.get("variables").trim();
  try {
    if (variables) sent.variables = JSON.parse(variables);
  } catch {
    form.submit(); // the server says what is wrong with it
    return;
  }
  told.textContent = told.dataset.wait;
  try {
    const answer = await fetch(form.dataset.endpoint, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      credentials: "omit",
      body: JSON.stringify(sent),
    });
    const body = await answer.json();
    const cost = body.extensions?.cost;
    out.textContent = JSON.stringify(body, null, 2);
    told.textContent = cost ? told.dataset.cost.replace("{n}", cost.points) : `HTTP ${answer.status}`;
  } catch {
    told.textContent = told.dataset.failed;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  }
});
function open() { // a link into the reference opens the type that it leads to
  const entry = document.getElementById(location.hash.slice(1));
  if (entry instanceof HTMLDetailsElement) {
    entry.open = true;
    entry.scrollIntoView();
  }
}
window.addEventListener("hashchange", open);
open();
