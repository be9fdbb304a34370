/** One person's conversation: kept over reloads, its messages sent until they arrive, and once. */
import { type About, type Asked, Failure, type Message, Server } from "./server";
import type { Language } from "./texts";

/** How what is on its way to the server is doing. */
export type Sending =
  | { state: "none" }
  | { state: "sending" }
  | { state: "waiting"; why: "network" | "too_many"; seconds: number }
  | { state: "stopped"; why: "failed" | "offline" };

interface Kept {
  token: string | null;
  outbox: Asked[];
}

const WAITS = [1, 2, 5, 10, 20, 30]; // seconds before each further try

export class Conversation extends EventTarget {
  messages: Message[] = [];
  about: About | null = null;
  sending: Sending = { state: "none" };
  ended = false; // by the person, here or in another tab
  quiet = false; // what is shown was said before: nothing to announce
  keeps = true; // whether this browser keeps the conversation over a reload

  private kept: Kept = { token: null, outbox: [] };
  private loaded = false;
  private working = false;
  private language: Language = "fi";
  private wake: (() => void) | null = null;
  private readonly server: Server;
  private readonly key: string;

  constructor(base: URL) {
    super();
    this.server = new Server(base);
    this.key = `hakuneuvoja ${base.href}`;
    addEventListener("storage", (event) => {
      if (event.key === this.key) this.hear();
    });
    addEventListener("online", () => this.wake?.());
  }

  get outbox(): readonly Asked[] {
    return this.kept.outbox;
  }

  /** Go on with what this browser keeps, or begin anew. */
  open(language: Language): void {
    this.language = language;
    this.take();
    this.ended = false;
    this.changed();
    void this.work();
  }

  /** Put a message on its way; it stays in the outbox until it is answered. */
  ask(text: string, title?: string): void {
    const asked: Asked = { id: unique(), text, ...(title ? { title } : {}) };
    this.keep({ ...this.kept, outbox: [...this.kept.outbox, asked] });
    this.changed();
    void this.work();
  }

  /** Try again at once what waits. */
  retry(): void {
    this.wake?.();
    void this.work();
  }

  /** Throws Failure when the server did not take it. */
  async rate(message: Message, value: "up" | "down" | null): Promise<void> {
    if (!this.kept.token) return;
    await this.server.rate(this.kept.token, message.id, value);
    message.rating = value;
    this.changed();
  }

  /** Delete it here and on the server. Throws Failure when the server cannot. */
  async end(): Promise<void> {
    await this.alone(async () => {
      if (this.kept.token) await this.server.end(this.kept.token);
      this.keep({ token: null, outbox: [] });
    });
    this.messages = [];
    this.loaded = false;
    this.ended = true;
    this.sending = { state: "none" };
    this.changed();
  }

  /** Another tab went on with the conversation, or ended it. */
  private hear(): void {
    this.take();
    this.loaded = false;
    this.changed();
    void this.work();
  }

  private take(): void {
    const { token } = this.kept;
    this.kept = this.load();
    if (this.kept.token === token) return;
    this.loaded = false;
    this.messages = [];
    this.ended = token !== null && !this.kept.token && !this.kept.outbox.length;
  }

  /** Whatever there is to ask of the server, one after the other, until it is done. */
  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    let tries = 0;
    while (!this.ended && (!this.loaded || this.kept.outbox.length)) {
      try {
        await this.alone(() => this.step());
        this.sending = { state: "none" };
        tries = 0;
      } catch (error) {
        const failure = error instanceof Failure ? error : new Failure("failed");
        if (failure.code !== "network" && failure.code !== "too_many") {
          this.sending = { state: "stopped", why: "failed" };
          break;
        }
        const seconds = failure.again ?? WAITS[Math.min(tries++, WAITS.length - 1)] ?? 1;
        await this.wait(failure.code, seconds);
      }
      this.changed();
    }
    this.working = false;
    this.changed();
  }

  private async step(): Promise<void> {
    this.take(); // while we waited for our turn another tab may have done it
    const { token, outbox } = this.kept;
    try {
      if (this.ended) return;
      if (!token) await this.begin();
      else if (!this.loaded) await this.read(token);
      else if (outbox[0]) await this.deliver(token, outbox[0]);
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== "ended") throw error;
      // Left for too long: what is still to be said is said in a new one.
      this.keep({ ...this.kept, token: null });
      this.loaded = false;
    }
  }

  private async begin(): Promise<void> {
    const { token, messages, about } = await this.server.begin(this.language);
    this.quiet = false;
    this.keep({ ...this.kept, token });
    this.shows(messages, about);
  }

  private async read(token: string): Promise<void> {
    const { messages, about } = await this.server.said(token);
    this.quiet = true;
    this.shows(messages, about);
  }

  private shows(messages: Message[], about: About): void {
    this.messages = messages;
    this.about = about;
    this.loaded = true;
  }

  private async deliver(token: string, asked: Asked): Promise<void> {
    const before = this.messages;
    const question: Message = {
      id: asked.id,
      speaker: "person",
      text: asked.title ?? asked.text,
      at: new Date().toISOString(),
    };
    const answers: Message[] = [];
    this.sending = { state: "sending" };
    this.quiet = false;
    this.changed();
    try {
      await this.server.ask(token, asked, (answer) => {
        answers.push(answer);
        this.messages = [...before, question, ...answers];
        this.changed();
      });
    } catch (error) {
      this.messages = before;
      throw error;
    }
    this.messages = [...before, question, ...answers];
    const others = this.load().outbox.filter((each) => each.id !== asked.id);
    this.keep({ ...this.kept, outbox: others });
  }

  /** Until the next try; the network coming back, or the person, ends the wait. */
  private async wait(why: "network" | "too_many", seconds: number): Promise<void> {
    this.sending = navigator.onLine
      ? { state: "waiting", why, seconds }
      : { state: "stopped", why: "offline" };
    this.changed();
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      setTimeout(resolve, seconds * 1000);
    });
    this.wake = null;
  }

  /** One tab at a time, where the browser can keep them apart (https); the server does, too. */
  private async alone(task: () => Promise<void>): Promise<void> {
    await (navigator.locks ? navigator.locks.request(this.key, task) : task());
  }

  private load(): Kept {
    if (!this.keeps) return this.kept;
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) ?? "null");
      if (kept && Array.isArray(kept.outbox)) return kept;
    } catch {
      // Blocked storage, or something that is not ours: as if nothing were kept.
    }
    return { token: null, outbox: [] };
  }

  private keep(kept: Kept): void {
    this.kept = kept;
    try {
      localStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      this.keeps = false;
    }
  }

  private changed(): void {
    this.dispatchEvent(new Event("change"));
  }
}

/** Not randomUUID: that is missing on pages without https. */
function unique(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
