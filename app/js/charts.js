// Draws the charts of a page that has no island for them: <script type="module" src="/pkg/{hash}/charts.js">.
import { attachAll } from "./chart.js";

attachAll();
