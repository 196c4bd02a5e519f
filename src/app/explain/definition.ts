/** One row of a topic's options. */
export interface TopicOption {
  /** `keep-last`; `labels.top` for an option of an option. */
  readonly name: string;
  /** `integer`, `text or null`, `list of text`. */
  readonly type: string;
  readonly required: boolean;
  /** As a policy writes it. */
  readonly default?: string;
  readonly does: string;
  /** All words that it takes, where it takes only certain ones. */
  readonly words?: readonly string[];
}

/** As it is written, and what comes of it. */
export interface TopicExample {
  readonly written: string;
  readonly gives?: string;
}

/** One name, and all that its definition says about it. */
export interface Topic {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  readonly options?: readonly TopicOption[];
  readonly examples?: readonly TopicExample[];
  /** Properties to choose it by, where it is from, what to do next: each under a label. */
  readonly facts?: readonly (readonly [label: string, text: string])[];
}

/** A group of topics, read off the definitions that it is about. */
export interface TopicKind {
  /** The group: `transforms`. */
  readonly name: string;
  /** One of them: `transform`. */
  readonly one: string;
  readonly summary: string;
  topics(): Promise<readonly Topic[]>;
}

export function defineTopics(kind: TopicKind): TopicKind {
  return kind;
}
