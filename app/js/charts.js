// Draws the charts of a page: <script type="module" src="/pkg/{hash}/charts.js">.
import { attachAll } from "./chart.js";

attachAll();
// The sheet has put new parts in, or given a chart a new address.
document.addEventListener("breakeven:parts", () => attachAll());
