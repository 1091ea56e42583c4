// Follows a replay: <script type="module" src="/pkg/{hash}/replay.js">. The page of the result takes its place when it has ended.
const place = document.querySelector("[data-events]");
const bar = place.querySelector("progress");
const said = place.querySelector(".said");
const aloud = place.querySelector("[role=status]");
let tenths = 0;
const events = new EventSource(place.dataset.events);

events.addEventListener("progress", ({ data }) => {
  const { percent, said: words } = JSON.parse(data);
  bar.value = percent;
  if (words !== said.textContent) said.textContent = words;
  if (Math.floor(percent / 10) > tenths) {
    tenths = Math.floor(percent / 10);
    aloud.textContent = `${tenths}0 %`;
  }
});
// A refusal closes for good; a broken line is taken up again by itself.
events.addEventListener("error", () => {
  if (events.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5000);
});
events.addEventListener("end", () => {
  events.close();
  location.reload();
});
