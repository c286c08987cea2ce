import { startChoices } from "./choices.js";
import { startLetter } from "./letter.js";
import { startLive } from "./live.js";
import { startMenus } from "./menus.js";
import { startOffline } from "./offline.js";
import { startPages } from "./pages.js";
import { startSearch } from "./search.js";
import { startSending } from "./sending.js";
import { startWorker } from "./worker.js";

startChoices();
startMenus();
startSearch();
startPages();
startSending();
startLetter();
startLive();
startOffline();
startWorker();
