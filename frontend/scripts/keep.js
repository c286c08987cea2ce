// The keeper's page: wires what is pressed to what is done. One tab of a machine keeps the door.
import { keepForGood } from "./diary/store.js";
import { Server } from "./keeper/calls.js";
import { Closing } from "./keeper/closing.js";
import { Door } from "./keeper/door.js";
import { Looking } from "./keeper/looking.js";
import { ByPhone } from "./keeper/phone.js";
import { Right } from "./keeper/right.js";
import { Screen } from "./keeper/screen.js";
import { Station } from "./keeper/station.js";
import { word } from "./keeper/words.js";
import { isLoud, makeLoud, startTones } from "./scanner/tones.js";
import { startWorker } from "./worker.js";

const LOCK = "vx-keep-door";
const TAKE = "vx-keep-take";

class Keeping {
  constructor(root) {
    const { vxHpke, vxScanner } = root.dataset;
    this.screen = new Screen();
    this.right = new Right(() => this.ended("lapsed"));
    this.server = new Server({ hold: (seconds) => this.right.hold(seconds) });
    const { screen, server, right } = this;
    const ended = (code, message) => this.ended(code, message);
    this.station = new Station({ screen, server, right, ended, hpke: () => import(vxHpke), drawn: () => this.drawn() });
    this.looking = new Looking({ screen, worker: vxScanner, onText: (text) => void this.door.read(text) });
    this.door = null;
  }

  async start() {
    const { screen, server, station } = this;
    screen.turnTo("opening");
    if (!(await station.begin())) return;
    const { passings, inside } = station;
    const stranger = (said) => station.stranger(said);
    this.door = new Door({ screen, server, passings, inside, stranger, drawn: () => this.drawn(), ready: () => this.looking.again() });
    this.byPhone = new ByPhone({ screen, server, found: (text) => this.#foundByPhone(text) });
    this.closing = new Closing({ screen, server, told: (n) => this.told(n) });
    this.#buttons();
    screen.turnTo("work");
    station.start();
    this.drawn();
    void keepForGood();
  }

  #foundByPhone(text) {
    if (this.door.found) this.door.next();
    return this.door.read(text);
  }

  told(n) {
    this.station.inside.told(n);
    this.drawn();
  }

  drawn() {
    if (!this.door) return;
    const { screen, server, station, door } = this;
    const isReached = server.isReached && navigator.onLine;
    screen.net(isReached);
    screen.meter(station.inside.now, station.point, !isReached);
    screen.tally(door.tally);
    screen.direction(door.direction, door.found !== null);
    screen.text("with", `+${door.nWith}`);
  }

  #on(name, work) {
    this.screen.at(name).addEventListener("click", () => void work());
  }

  #buttons() {
    const { door, screen, station } = this;
    this.#on("start", () => this.look(false));
    this.#on("card", () => this.look(screen.at("card").getAttribute("aria-pressed") !== "true"));
    this.#on("by-phone", () => this.byPhone.open(screen.at("phone").hidden));
    this.#on("out", () => door.turn(door.direction === "in" ? "out" : "in"));
    for (const name of ["accept", "accept-still"]) this.#on(name, () => door.accept());
    for (const name of ["skip", "refuse"]) this.#on(name, () => door.next());
    this.#on("more", () => door.companions(1));
    this.#on("fewer", () => door.companions(-1));
    this.#on("undo", () => door.undo());
    this.#on("refused-known", () => station.passings.dropRefused());
    this.#on("sound", () => this.#sound(!isLoud()));
    this.#sound(isLoud());
    addEventListener("pagehide", () => this.looking.close());
  }

  // The camera for codes on phones, or told to be held before a card.
  look(isCard) {
    const { screen } = this;
    this.byPhone.open(false);
    if (this.door.found) this.door.next();
    screen.text("hint", word(isCard ? "hint_card" : "hint"));
    screen.at("card").setAttribute("aria-pressed", String(isCard));
    return this.looking.isOpen ? undefined : this.looking.open();
  }

  #sound(isOn) {
    makeLoud(isOn);
    this.screen.at("sound").setAttribute("aria-pressed", String(isOn));
  }

  // The page says why it stopped; what waits stays on this machine and is sent after it is enrolled again.
  ended(code, message = "") {
    this.looking.close();
    const known = word(`ended_${code.split(".").pop()}`);
    this.screen.text("ended-words", known || message || word("ended_device_unknown"));
    this.screen.turnTo("ended");
    void this.station.leftWaiting();
  }

  elsewhere() {
    this.looking.close();
    this.screen.turnTo("elsewhere");
    this.screen.at("take").addEventListener("click", () => {
      sessionStorage.setItem(TAKE, "1");
      location.reload();
    });
  }
}

async function keepAlone(keeping, options) {
  const held = (lock) => {
    if (!lock) return "taken";
    void keeping.start();
    return new Promise(() => {}); // held for as long as the page lives
  };
  await navigator.locks.request(LOCK, options, held).catch(() => {}); // fails when another tab takes the door over
  keeping.elsewhere();
}

function start() {
  const root = document.querySelector("[data-vx-keep]");
  if (!root) return;
  startTones();
  startWorker();
  const keeping = new Keeping(root);
  if (!navigator.locks) return void keeping.start();
  const isTaken = sessionStorage.getItem(TAKE) !== null;
  sessionStorage.removeItem(TAKE);
  void keepAlone(keeping, isTaken ? { steal: true } : { ifAvailable: true });
}

start();
