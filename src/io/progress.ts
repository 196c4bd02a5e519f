/** Told how far a run is. Calls are cheap: they may come with every block. */
export interface Progress {
  /** A part of the run begins (`reading`), with so many bytes to go through, where that is known. */
  begin(part: string, totalBytes?: number): void;
  /** So many more bytes of it are done. */
  advance(bytes: number): void;
  /** So many things (`records`) of it are done in all. */
  reached(count: number, things: string): void;
}

/** Nobody looks. */
export const noProgress: Progress = { begin() {}, advance() {}, reached() {} };
