/** What the server answers and the hub pushes, in its own words (contract, "Public surface"). Instants are ISO 8601 UTC. */

export type ChannelKind = 'email' | 'chat' | 'phone';
export type Severity = 'standard' | 'businessCritical';
export type Commitment = 'guaranteed' | 'target';
export type Metric = 'firstResponse' | 'nextResponse' | 'callback';
export type Status = 'new' | 'open' | 'waiting' | 'solved' | 'closed';
export type Criterion = 'signIn' | 'outage' | 'content' | 'dataLoss';
export type ExceptionReason = 'holiday' | 'incident' | 'maintenance' | 'forceMajeure' | 'event' | 'other';

export interface ChannelPromise { severity: Severity; metric: Metric; commitment: Commitment; target: string }
export interface Channel { kind: ChannelKind; available: boolean; reason: string | null; promises: ChannelPromise[] }
export interface Contact { email: string; name: string; role: 'superAdmin' | 'user'; account: string; accountName: string | null; staff?: string | null }

export interface SessionAnswer {
  sessionToken?: string | null;
  expiresAt: string | null;
  contact: Contact;
  channels: Channel[];
  phoneNumber: string | null;
  phoneNumberText: string | null;
}

/** A session as this browser keeps it. */
export interface Session {
  token: string | null;
  expiresAt: string | null;
  contact: Contact;
  channels: Channel[];
  phoneNumber: string | null;
  phoneText: string | null;
  /** Which identity token it came from, as a name that is not one. */
  identity?: string;
}

export interface Message {
  sequence: number;
  clientMessageId: string;
  from: 'customer' | 'staff' | 'system';
  authorName?: string | null;
  visibility: 'public';
  body: string;
  sentAt: string;
  attachments?: Attachment[];
}

/** A file of a message. thumbnailUrl: a picture of it that may be shown. */
export interface Attachment { id: string; name: string; size: number; kind: string; format: string; url: string; thumbnailUrl?: string; width?: number; height?: number }

export type Score = 'veryBad' | 'bad' | 'okay' | 'good' | 'veryGood';
export interface Rating { score: Score; comment: string; changeableUntil: string }

export interface Span { from: string; to: string }
export interface Stop extends Span { kind: 'exception' | 'waiting'; reason: ExceptionReason; note: string }

/** What the steps of an explanation may say. Which of these a step has depends on its kind. */
export interface StepValues {
  [name: string]: string;
  role: Contact['role'];
  channel: Ticket['channel'];
  criterion: Criterion;
  state: 'raised' | 'pending' | 'confirmed' | 'declined';
  commitment: Commitment;
  reason: ExceptionReason;
}
export interface Step { kind: string; values: StepValues }


export interface Promised {
  metric: Metric;
  commitment: Commitment;
  state: string;
  startedAt: string;
  atRiskAt: string;
  dueAt: string;
  answeredAt: string | null;
  breachedAt: string | null;
  openSpans: Span[];
  steps: Step[];
  grossDueAt: string;
  pausedAt: string | null;
  stops: Stop[];
}

export interface Ticket {
  number: number;
  subject: string;
  channel: ChannelKind | 'mailbox';
  status: Status;
  createdAt: string;
  severity: Severity;
  claim: { state: 'none' | 'pending' | 'confirmed' | 'declined'; criterion: Criterion | null; reason: string | null };
  assigneeName: string | null;
  lastSequence: number;
  promise: Promised | null;
  messages: Message[];
  rating: Rating | null;
  /** Whether it can be rated right now, or the rating changed. */
  mayRate: boolean;
  callback?: Callback | null;
}

/** The call that was asked for. */
export interface Callback {
  state: 'due' | 'reached' | 'exhausted' | 'wrongNumber' | 'cancelled';
  number: string;
  nextCallAt: string | null;
  position: number | null;
  expectedSeconds: number | null;
  isCalling: boolean;
  mayChange: boolean;
}

export interface Acknowledgement { number?: number; sequence: number; sentAt: string }
/** How far one side of a conversation has got. */
export interface Side { isHere: boolean; received: number; read: number }
export interface Mark { received: number; read: number }
export interface Joined { messages: Message[]; lastSequence: number; status: Status; assigneeName: string | null; customer: Side; staff: Side }

/** What a waiting chat is told; what there is no basis for is left out. */
export interface Wait { somebodyHere: boolean; position?: number | null; expectedSeconds?: number | null; offerForm?: 'nobody' | 'long' | null }

export interface ArticleFound { slug: string; title: string; updatedAt: string; minutes: number; language: string }
export interface Article extends ArticleFound { html: string; category: string; origin: 'written' | 'machine' | 'reviewed'; isOutOfDate: boolean; languages: string[] }
export interface Shelf { category: string; articles: ArticleFound[] }

export type Notice = Span & { note: string } & ({ scopeKind: 'channel'; scopeValue: ChannelKind } | { scopeKind: 'everything' | 'account' | 'hub'; scopeValue: string | null });

export interface Problem { code?: string; title?: string; detail?: string; errors?: Record<string, string[]> }

/** A message that waits in this browser. Without a number it begins a conversation. */
export interface Unsent { id: string; number: number | null; body: string; at: number; files?: Kept[]; refused?: string }

/** An upload that the server has and no message was sent with yet. */
export interface Kept { id: string; name: string; size: number; kind?: string; format?: string; thumbnailUrl?: string }

/** What stands in a draft, by field name. */
export type Draft = Record<string, any>;

/** What may become a child of an element. */
export type Child = Node | string | null | undefined | false | Child[];

/** A view of the help dialog. */
export interface View {
  title: string;
  /** The hash of the view before this one; undefined where there is none. */
  back?: string;
  content: Child;
  action?: Child;
  tag?: string | false;
  /** false hides the link to one's own requests. */
  requests?: boolean;
  shown?(): void;
  dispose?(): void;
}

/** Why a customer's page offers nothing. */
export type Absence = 'unidentified' | 'not-entitled' | 'unknown-account' | 'mobile-app';

/** What h() takes for an element's attributes. */
export interface Attributes {
  class?: string;
  testid?: string | false;
  onclick?: (event: MouseEvent) => unknown;
  onkeydown?: (event: KeyboardEvent) => unknown;
  onsubmit?: (event: SubmitEvent) => unknown;
  [name: string]: any;
}

/** What the outbox lets be drawn and asked again. */
export interface Outbox {
  readonly waiting: Unsent[];
  add(body: string, number: number | null, files?: Kept[]): void;
  flush(): Promise<void>;
  again(id: string): void;
  discard(id: string): void;
  adopt(number: number): void;
  take(): Unsent[];
  close(): void;
}

export type HubState = 'connecting' | 'connected' | 'reconnecting';

/** Who hears the hub: each may be left out. */
export interface HubHandlers {
  onState?(state: HubState): void;
  /** After every (re)connect. Where it fails, the connection is made anew. */
  onReady?(): Promise<void> | void;
  MessagePosted?(number: number, message: Message): void;
  TypingChanged?(number: number, who: string, isTyping: boolean): void;
  ReceivedAdvanced?(number: number, who: string, sequence: number): void;
  ReadAdvanced?(number: number, who: string, sequence: number): void;
  PresenceChanged?(number: number, who: string, isHere: boolean): void;
  TicketChanged?(number: number, status: Status, assigneeName: string | null): void;
}

/** A connection to the hub. */
export interface Hub {
  readonly state: HubState;
  readonly closed: boolean;
  invoke<T = any>(method: string, ...args: unknown[]): Promise<T>;
  close(): void;
}
