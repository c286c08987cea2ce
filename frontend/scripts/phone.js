import { startChoices } from "./choices.js";
import { startOffline } from "./offline.js";
import { startPages } from "./pages.js";
import { startWorker } from "./worker.js";

startChoices();
startPages();
startOffline();
startWorker();
