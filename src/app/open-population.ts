import { Failure } from '../base/diagnostic.ts';
import type { PopulationInput } from '../engine/population.ts';
import { openInput } from '../io/input.ts';
import { pathOf } from '../io/secrets.ts';
import type { Policy } from '../policy/policy.ts';
import { openData } from './open-data.ts';
import { textInput } from './text-input.ts';

/**
 * Open the table of the population that the policy names, and read its head; undefined where it names none. Throws a Failure: that there
 * is no such file at its place in the policy, what is wrong within it in the file.
 */
export async function openPopulation(
  policy: Policy,
  opened: (resource: { close(): Promise<void> }) => void,
): Promise<PopulationInput | undefined> {
  const population = policy.privacy?.population;
  if (population === undefined) return undefined;
  const { file, input } = population;
  const raw = await openInput(pathOf(file, policy.directory)).catch((error) => {
    throw error instanceof Failure ? inPolicy(policy, file, error) : error;
  });
  opened(raw);
  const source = await textInput(raw, input);
  const data = await openData(source, input.format, input);
  return { ...data, source, nullValues: input.nullValues ?? data.format.nullValues };
}

function inPolicy(policy: Policy, file: string, { diagnostics }: Failure): Failure {
  const path = ['privacy', 'population', 'file'];
  return new Failure(
    diagnostics.map(({ code, message, hint }) => policy.problem(code, path, `\`${file}\`: ${message}`, hint)),
  );
}
