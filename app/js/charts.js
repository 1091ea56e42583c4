// Draws the charts of a page: <script type="module" src="/pkg/{hash}/charts.js">.
import { attachAll } from "./chart.js";

attachAll();
