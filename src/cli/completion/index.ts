import { registry } from '../../base/registry.ts';
import { bash } from './bash.ts';
import { fish } from './fish.ts';
import { zsh } from './zsh.ts';

/** Shells whose completion is known. */
export const shells = registry('shell', [bash, zsh, fish]);
