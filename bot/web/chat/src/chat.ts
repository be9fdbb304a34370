/** <hakuneuvoja-chat language="fi">: the conversation, wherever a page puts it. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { type IconNode, ThumbsDown, ThumbsUp } from "lucide";
import { Conversation } from "./conversation";
import { icon } from "./icon";
import { picture } from "./pictures";
import { said } from "./said";
import type { Message } from "./server";
import { colours, layout } from "./styles";
import { chosen, type Language, say, soon, type Text } from "./texts";
import { download, transcript } from "./transcript";

const LONGEST = 2000; // characters of a message, until the server has told
const NEAR = 200; // characters left from which on they are shown
const SUMMARY = /^utter_readiness__summary/;
const SERVER = new URL("/webhooks/web/", import.meta.url);

@customElement("hakuneuvoja-chat")
export class Chat extends LitElement {
  static override styles = [colours, layout];

  /** fi, sv or en; that of the page unless set. */
  @property() language: string | null = null;
  @state() private draft = "";
  @state() private complaint: Text | null = null;
  @state() private ending = false;
  @state() private trouble: Text | null = null;
  @state() private shown = new Set<string>();
  @state() private copied = "";
  @query("textarea") private field!: HTMLTextAreaElement;
  @query('[role="log"]') private log!: HTMLElement;

  private readonly conversation = new Conversation(SERVER);
  private opened = false;

  constructor() {
    super();
    this.conversation.addEventListener("change", () => this.requestUpdate());
  }

  private get spoken(): Language {
    return chosen(this.language);
  }

  private get longest(): number {
    return this.conversation.about?.longest ?? LONGEST;
  }

  private say(text: Text, values?: Record<string, number | string>): string {
    return say(this.spoken, text, values);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.opened) this.conversation.open(this.spoken);
    this.opened = true;
  }

  override focus(): void {
    this.field?.focus();
  }

  protected override updated(_: PropertyValues): void {
    const latest = `${this.conversation.messages.length} ${this.conversation.sending.state}`;
    if (latest !== this.latest) this.toLatest();
    this.latest = latest;
  }
  private latest = "";

  /** To the end, but not so far that the latest question is out of sight. */
  private toLatest(): void {
    const question = [...this.log.querySelectorAll<HTMLElement>(".person")].at(-1);
    if (!question) return;
    this.log.scrollTo({ top: question.offsetTop - this.log.offsetTop - 8 });
    this.log.scrollIntoView({ block: "nearest" }); // where keyboard or zoom leave little room
  }

  protected override render(): TemplateResult {
    const { messages, outbox, sending, ended } = this.conversation;
    const last = messages.at(-1);
    return html`<div class="own" lang=${this.spoken}>
      <div
        role="log"
        aria-label=${this.say("log")}
        aria-live=${this.conversation.quiet ? "off" : "polite"}
        tabindex="0"
      >
        ${this.notice()}
        ${repeat(
          messages,
          (message) => message.id,
          (message) => this.message(message, message === last && !outbox.length),
        )}
        ${repeat(
          outbox.filter((asked) => !messages.some((message) => message.id === asked.id)),
          (asked) => asked.id,
          (asked) => this.person(asked.title ?? asked.text),
        )}
        ${ended ? html`<p>${this.say("ended")}</p>` : nothing}
      </div>
      <div class="state" role="status">
        ${this.status(sending)}
        ${this.trouble ? html`<span class="wrong">${this.say(this.trouble)}</span>` : nothing}
      </div>
      ${ended
        ? html`<form @submit=${this.again}>
            <button class="main" id="begin">${this.say("begin")}</button>
          </form>`
        : this.composer()}
    </div>`;
  }

  private notice(): TemplateResult | typeof nothing {
    const { about, keeps } = this.conversation;
    if (!about) return nothing;
    return html`<p class="notice">
      ${this.say("notice", { days: about.stored_days, hours: about.kept_hours })}
      ${keeps ? nothing : this.say("not_kept")}
    </p>`;
  }

  private message(message: Message, isLast: boolean): TemplateResult {
    if (message.speaker === "person") return this.person(message.text);
    const spoken = message.language ?? this.spoken;
    return html`<article class="bot">
      <p class="speaker">${this.say("adviser")}</p>
      <div class="said" lang=${spoken}>
        ${said(message.text)} ${(message.pictures ?? []).map(picture)}
        ${this.shown.has(message.id) ? this.sources(message) : nothing}
      </div>
      <div class="row quiet">${this.tools(message)}</div>
      ${isLast && message.buttons?.length
        ? html`<div class="row" role="group" aria-label=${this.say("replies")}>
            ${message.buttons.map(
              (reply) => html`<button
                type="button"
                lang=${spoken}
                @click=${() => this.ask(reply.payload, reply.title)}
              >
                ${reply.title}
              </button>`,
            )}
          </div>`
        : nothing}
    </article>`;
  }

  private person(text: string): TemplateResult {
    return html`<article class="person">
      <p class="speaker">${this.say("you")}</p>
      <div class="said" dir="auto">${text}</div>
    </article>`;
  }

  private sources(message: Message): TemplateResult {
    return html`<p lang=${this.spoken}>${this.say("source_is")}</p>
      ${message.sources?.map((quote) => html`<blockquote lang="fi">${quote}</blockquote>`)}`;
  }

  private tools(message: Message): (TemplateResult | typeof nothing)[] {
    const open = this.shown.has(message.id);
    const thumb = (value: "up" | "down", text: Text, drawn: IconNode) =>
      html`<button
        type="button"
        title=${this.say(text)}
        aria-label=${this.say(text)}
        aria-pressed=${message.rating === value}
        @click=${() => this.rate(message, message.rating === value ? null : value)}
      >
        ${icon(drawn)}
      </button>`;
    return [
      message.attachment?.src.startsWith("data:")
        ? html`<button type="button" @click=${() => download(message.attachment!.title, message.attachment!.src)}>
            ${this.say("download")}
          </button>`
        : nothing,
      SUMMARY.test(message.response ?? "")
        ? html`<button type="button" @click=${() => this.copy(message)}>
              ${this.say(this.copied === message.id ? "copied" : "copy")}
            </button>
            <button type="button" @click=${() => this.print(message)}>${this.say("print")}</button>`
        : nothing,
      message.sources?.length
        ? html`<button type="button" aria-expanded=${open} @click=${() => this.toggle(message.id)}>
            ${this.say("source")}
          </button>`
        : nothing,
      message.response && message.response !== "utter_greet"
        ? html`${thumb("up", "helpful", ThumbsUp)}${thumb("down", "unhelpful", ThumbsDown)}`
        : nothing,
    ];
  }

  private status(sending: Conversation["sending"]): TemplateResult | typeof nothing {
    const again = html`<button type="button" @click=${() => this.conversation.retry()}>
      ${this.say("retry")}
    </button>`;
    const saying = this.conversation.outbox.length > 0;
    switch (sending.state) {
      case "none":
        return nothing;
      case "sending":
        return html`<span class="typing">${this.say("typing")}</span>`;
      case "waiting": {
        const text =
          sending.why === "too_many" ? "too_many" : saying ? "waiting" : "unreachable";
        return html`<span class="wrong">${this.say(text, { when: soon(this.spoken, sending.seconds) })}</span>
          ${again}`;
      }
      case "stopped": {
        const text = saying ? sending.why : "unavailable";
        return html`<span class="wrong">${this.say(text)}</span> ${again}`;
      }
    }
  }

  private composer(): TemplateResult {
    const left = this.longest - this.draft.length;
    const complaint =
      left < 0 ? this.say("over", { count: -left }) : this.complaint ? this.say(this.complaint) : "";
    return html`<form @submit=${this.submit} novalidate>
      <label for="message">${this.say("message")}</label>
      <div class="write">
        <textarea
          id="message"
          rows="1"
          dir="auto"
          .value=${this.draft}
          aria-invalid=${complaint ? "true" : "false"}
          aria-describedby="complaint left"
          @input=${this.type}
          @keydown=${this.key}
        ></textarea>
        <button class="main">${this.say("send")}</button>
      </div>
      <p id="complaint" class="hint wrong" role="alert">${complaint}</p>
      <p id="left" class="hint">
        ${left >= 0 && left <= NEAR ? this.say("left", { count: left }) : nothing}
      </p>
      <div class="row quiet">${this.ending ? this.sure() : this.actions()}</div>
    </form>`;
  }

  private actions(): TemplateResult {
    return html`<button type="button" @click=${this.save}>${this.say("save")}</button>
      <button type="button" id="end" @click=${() => this.unsure(true)}>${this.say("end")}</button>`;
  }

  private sure(): TemplateResult {
    return html`<div role="group" aria-labelledby="sure">
      <span id="sure">${this.say("end_sure")}</span>
      <button type="button" id="yes" @click=${this.end}>${this.say("end_yes")}</button>
      <button type="button" @click=${() => this.unsure(false)}>${this.say("end_no")}</button>
    </div>`;
  }

  private async unsure(ending: boolean): Promise<void> {
    this.ending = ending;
    await this.focusOn(ending ? "#yes" : "#end");
  }

  private async focusOn(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  private type(event: InputEvent): void {
    this.draft = (event.target as HTMLTextAreaElement).value;
    this.complaint = null;
  }

  /** Enter sends, as people expect of a chat; with Shift it is a new line. */
  private key(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit(event);
  }

  private submit(event: Event): void {
    event.preventDefault();
    const text = this.draft.trim();
    if (!text) this.complaint = "empty";
    if (!text || text.length > this.longest) return this.field.focus();
    this.ask(text);
    this.draft = "";
  }

  private ask(text: string, title?: string): void {
    this.conversation.ask(text, title);
    this.field?.focus();
  }

  private async again(event: Event): Promise<void> {
    event.preventDefault();
    this.conversation.open(this.spoken);
    await this.focusOn("textarea");
  }

  private async end(): Promise<void> {
    if (!(await this.worked(this.conversation.end(), "end_failed"))) return;
    this.ending = false;
    await this.focusOn("#begin");
  }

  private rate(message: Message, value: "up" | "down" | null): void {
    void this.worked(this.conversation.rate(message, value), "rate_failed");
  }

  private async worked(task: Promise<void>, otherwise: Text): Promise<boolean> {
    this.trouble = null;
    try {
      await task;
      return true;
    } catch {
      this.trouble = otherwise;
      return false;
    }
  }

  private toggle(id: string): void {
    const shown = new Set(this.shown);
    if (!shown.delete(id)) shown.add(id);
    this.shown = shown;
  }

  private async copy(message: Message): Promise<void> {
    await navigator.clipboard.writeText(message.text);
    this.copied = message.id;
  }

  private print(message: Message): void {
    const page = open("", "_blank");
    if (!page) return;
    page.document.title = this.say("name");
    page.document.documentElement.lang = message.language ?? this.spoken;
    const text = page.document.createElement("pre");
    text.textContent = message.text;
    text.style.font = "inherit";
    text.style.whiteSpace = "pre-wrap";
    page.document.body.append(text);
    page.print();
  }

  private save(): void {
    const { messages, about } = this.conversation;
    const text = transcript(messages, about, this.spoken);
    const src = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
    download("hakuneuvoja.txt", src);
    URL.revokeObjectURL(src);
  }
}
