/** The server's side of a conversation: see bot/channels/web.py. */
import type { Language } from "./texts";

export interface Picture {
  kind: "time" | "residents";
  [value: string]: unknown;
}

export interface Message {
  id: string;
  speaker: "person" | "bot";
  text: string;
  at: string;
  language?: Language;
  buttons?: { title: string; payload: string }[];
  attachment?: { title: string; src: string } | null;
  sources?: string[];
  pictures?: Picture[];
  response?: string;
  rating?: "up" | "down" | null;
}

/** What a person may want to know of the service. */
export interface About {
  kept_hours: number;
  stored_days: number;
  longest: number; // characters of a message
  bot_version: string;
  data_version: string;
}

export interface Said {
  messages: Message[];
  about: About;
}

export interface Asked {
  id: string;
  text: string;
  title?: string;
}

/** Why the server could not be asked; `again` is after how many seconds it may be. */
export class Failure extends Error {
  constructor(
    readonly code: string,
    readonly again: number | null = null,
  ) {
    super(code);
  }
}

const PATIENCE = 30_000; // milliseconds without a sign of life

export class Server {
  constructor(private readonly base: URL) {}

  async begin(language: Language): Promise<Said & { token: string }> {
    return (await this.request("POST", "conversation", null, { language })).json();
  }

  async said(token: string): Promise<Said> {
    return (await this.request("GET", "conversation", token)).json();
  }

  async end(token: string): Promise<void> {
    await this.request("DELETE", "conversation", token);
  }

  async rate(token: string, message: string, value: "up" | "down" | null): Promise<void> {
    await this.request("POST", "ratings", token, { message, value });
  }

  /** Ask, and hear of each answer as it comes; ends when all is said. */
  async ask(token: string, asked: Asked, heard: (answer: Message) => void): Promise<void> {
    const response = await this.request("POST", "messages", token, asked);
    let done = false;
    for await (const { kind, data } of events(response)) {
      if (kind === "message") heard(data as Message);
      if (kind === "failed") throw new Failure("failed");
      if (kind === "done") done = true;
    }
    if (!done) throw new Failure("network");
  }

  private async request(
    method: string,
    path: string,
    token: string | null,
    body?: unknown,
  ): Promise<Response> {
    const headers: Record<string, string> = {};
    if (token) headers["Authorization"] = `Bearer ${token}`;
    if (body) headers["Content-Type"] = "application/json";
    let response: Response;
    try {
      response = await fetch(new URL(path, this.base), {
        method,
        headers,
        body: body ? JSON.stringify(body) : null,
        credentials: "omit",
        signal: AbortSignal.timeout(PATIENCE),
      });
    } catch {
      throw new Failure("network");
    }
    if (response.ok) return response;
    const error = await response.json().catch(() => ({}));
    const again = Number(response.headers.get("Retry-After")) || null;
    throw new Failure(typeof error.error === "string" ? error.error : "failed", again);
  }
}

async function* events(response: Response): AsyncGenerator<{ kind: string; data: unknown }> {
  if (!response.headers.get("Content-Type")?.startsWith("text/event-stream") || !response.body)
    throw new Failure("failed");
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      waiting += value;
      const blocks = waiting.split("\n\n");
      waiting = blocks.pop() ?? "";
      for (const block of blocks) {
        const [, kind = "", data = "{}"] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
        yield { kind, data: JSON.parse(data) };
      }
    }
  } catch (error) {
    throw error instanceof Failure ? error : new Failure("network");
  }
}
