/** What a page loads: the element, and a button in the corner that opens it in a panel. */
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { MessageCircle } from "lucide";
import "./chat";
import type { Chat } from "./chat";
import { icon } from "./icon";
import { colours } from "./styles";
import { chosen, say } from "./texts";

@customElement("hakuneuvoja-button")
export class Corner extends LitElement {
  static override styles = [
    colours,
    css`
      :host {
        position: fixed;
        inset-block-end: 16px;
        inset-inline-end: 16px;
        z-index: 2147483000;
      }
      .own {
        display: flex;
        flex-direction: column;
        align-items: end;
        gap: 0.5em;
        max-inline-size: calc(100vw - 32px);
      }
      section {
        inline-size: min(26em, calc(100vw - 32px));
        background: var(--ground);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        box-shadow: 0 0.5em 2em rgb(0 0 0 / 35%);
        overflow: hidden;
      }
      section[hidden] {
        display: none;
      }
      header {
        display: flex;
        justify-content: space-between;
        align-items: center;
        gap: 0.5em;
        padding: 0.375em 0.5em 0.375em 1em;
      }
      #name {
        margin: 0;
        font-weight: 700;
        font-size: 1.0625em;
      }
      hakuneuvoja-chat {
        --hakuneuvoja-frame: none;
        --hakuneuvoja-height: min(34em, calc(100dvh - 9em));
        border-block-start: 1px solid var(--line);
      }
      .open {
        display: flex;
        align-items: center;
        gap: 0.5em;
        min-block-size: 3em;
        padding-inline: 1.25em;
        border-radius: 1.5em;
        box-shadow: 0 0.25em 1em rgb(0 0 0 / 30%);
      }
    `,
  ];

  @property() language: string | null = null;
  @state() private isOpen = false;
  @state() private wasOpen = false; // nothing is asked of the server before the first opening
  @query(".open") private button!: HTMLButtonElement;
  @query("hakuneuvoja-chat") private chat!: Chat;

  protected override render(): TemplateResult {
    const language = chosen(this.language);
    return html`<div class="own" lang=${language}>
      <section ?hidden=${!this.isOpen} role="dialog" aria-labelledby="name" @keydown=${this.key}>
        <header>
          <p id="name">${say(language, "name")}</p>
          <button type="button" @click=${this.close}>${say(language, "close")}</button>
        </header>
        ${this.wasOpen
          ? html`<hakuneuvoja-chat language=${language}></hakuneuvoja-chat>`
          : nothing}
      </section>
      <button
        type="button"
        class="main open"
        aria-expanded=${this.isOpen}
        @click=${() => (this.isOpen ? this.close() : this.show())}
      >
        ${icon(MessageCircle)} ${say(language, "open")}
      </button>
    </div>`;
  }

  private async show(): Promise<void> {
    this.isOpen = this.wasOpen = true;
    await this.updateComplete;
    await this.chat.updateComplete;
    this.chat.focus();
  }

  private close(): void {
    this.isOpen = false;
    this.button.focus();
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Escape") this.close();
  }
}

const own = new URL(import.meta.url);
const script = [...document.querySelectorAll<HTMLScriptElement>("script[src]")].find(
  (each) => new URL(each.src).href === own.href,
);
if (script?.dataset["lang"] !== undefined) {
  const corner = document.createElement("hakuneuvoja-button") as Corner;
  corner.language = script.dataset["lang"] ?? null;
  const place = () => document.body.append(corner);
  if (document.body) place();
  else addEventListener("DOMContentLoaded", place);
}
