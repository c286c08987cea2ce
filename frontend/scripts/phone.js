import { startChoices } from "./choices.js";
import { startDoor } from "./door.js";
import { startEnrol } from "./enrol.js";
import { startOffline } from "./offline.js";
import { startPages } from "./pages.js";
import { startPlaces } from "./places.js";
import { startRenewal } from "./renewal.js";
import { startSending } from "./sending.js";
import { startWorker } from "./worker.js";

startChoices();
startDoor();
startPages();
startPlaces();
startRenewal();
startSending();
startEnrol();
startOffline();
startWorker();
