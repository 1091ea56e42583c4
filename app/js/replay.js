// Follows a replay: <script type="module" src="/pkg/{hash}/replay.js">. The page of the result takes its place when it has ended.
const place = document.querySelector("[data-events]");
const bar = place.querySelector("progress");
const said = place.querySelector(".said");
const events = new EventSource(place.dataset.events);

events.addEventListener("progress", ({ data }) => {
  const { percent, said: words } = JSON.parse(data);
  bar.value = percent;
  if (words !== said.textContent) said.textContent = words;
});
events.addEventListener("end", () => {
  events.close();
  location.reload();
});
