import type { RenderReport } from './definition.ts';
import { github } from './github.ts';
import { human } from './human.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { sarif } from './sarif.ts';

/** The formats in which a check reports, by name. */
export const reportFormats: Readonly<Record<string, RenderReport>> = { human, json, sarif, junit, github };
