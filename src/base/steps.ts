/**
 * Work that takes long, in steps: it yields at places where something else may be done, such as to answer an interrupt. What comes out
 * does not depend on what is done there.
 */
export type Steps<T> = Generator<void, T, void>;

/** Called between steps. Returns a promise where something else is to be done first. */
export type Breathe = () => Promise<void> | undefined;

/** Do all steps at once. */
export function finished<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Do all steps, and `breathe` between them. */
export async function paced<T>(steps: Steps<T>, breathe: Breathe = () => undefined): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    const pause = breathe();
    if (pause !== undefined) await pause;
  }
}
