// The socket to 'peerworks browse': questions and their answers, and its pulse. Opens itself again.

const SILENCE = 1500;
const CHECK = 250;
const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 3000;

export class Line {
  #socket = null;
  #heard = 0;
  #pause = FIRST_PAUSE;
  #nextId = 1;
  #open = new Map();
  #onMessage;
  #onState;
  #state = 'opening';

  /**
   * @param onMessage told of every message that answers no question
   * @param onState told 'open', 'lost' or 'refused', when that changes
   */
  constructor(onMessage, onState) {
    this.#onMessage = onMessage;
    this.#onState = onState;
    setInterval(() => this.#check(), CHECK);
    document.addEventListener('visibilitychange', () => this.#check());
    this.#connect();
  }

  /**
   * Asks; the answer may come in several parts.
   * @param onPart told of all parts but the last
   */
  ask(question, onPart = () => {}) {
    const id = this.#nextId++;
    const answer = new Promise((resolve, reject) => {
      if (this.#state !== 'open') {
        reject(disconnected());
        return;
      }
      this.#open.set(id, { resolve, reject, onPart });
      this.#socket.send(JSON.stringify({ ...question, id }));
    });
    return { id, answer };
  }

  cancel(id) {
    if (this.#open.has(id) && this.#state === 'open') {
      this.#socket.send(JSON.stringify({ type: 'cancel', id }));
    }
  }

  #connect() {
    const socket = new WebSocket(`ws://${location.host}/ws`);
    this.#socket = socket;
    socket.onopen = () => {
      this.#pause = FIRST_PAUSE;
      this.#heard = performance.now();
      this.#become('open');
    };
    socket.onmessage = event => socket === this.#socket && this.#hear(JSON.parse(event.data));
    socket.onclose = () => socket === this.#socket && this.#lost();
  }

  #hear(message) {
    this.#heard = performance.now();
    this.#become('open');
    const asked = this.#open.get(message.id);
    if (!asked) {
      this.#onMessage(message);
    } else if (message.type === 'error') {
      this.#open.delete(message.id);
      asked.reject(message);
    } else if (message.done === false) {
      asked.onPart(message);
    } else {
      this.#open.delete(message.id);
      asked.resolve(message);
    }
  }

  /** A frozen program, or a tunnel that was cut, closes nothing. */
  #check() {
    const silent = performance.now() - this.#heard > SILENCE;
    if (this.#state === 'open' && silent && !document.hidden) {
      this.#become('lost');
    } else if (this.#state === 'lost' && this.#socket.readyState === WebSocket.OPEN && !silent) {
      this.#become('open');
    }
  }

  async #lost() {
    const waiting = [...this.#open.values()];
    this.#open.clear();
    waiting.forEach(asked => asked.reject(disconnected()));
    if (this.#state !== 'refused') {
      this.#become('lost');
    }
    this.#become((await isRefused()) ? 'refused' : 'lost');
    setTimeout(() => this.#connect(), this.#pause);
    this.#pause = Math.min(this.#pause * 1.6, LONGEST_PAUSE);
  }

  #become(state) {
    if (state !== this.#state) {
      this.#state = state;
      this.#onState(state);
    }
  }
}

function disconnected() {
  return { code: 'DISCONNECTED', message: 'The connection was lost.' };
}

/** A socket does not tell why it was refused; another run has another token. */
async function isRefused() {
  try {
    return (await fetch('/', { method: 'HEAD', cache: 'no-store' })).status === 403;
  } catch {
    return false;
  }
}
