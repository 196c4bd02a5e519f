import { registry } from '../../base/registry.ts';
import { actionTopics } from './actions.ts';
import { codeTopics } from './codes.ts';
import { formatTopics } from './formats.ts';
import { hierarchyTopics } from './hierarchies.ts';
import { lossTopics } from './losses.ts';
import { measureTopics } from './measures.ts';
import { modelTopics } from './models.ts';
import { recognizerTopics } from './recognizers.ts';
import { templateTopics } from './templates.ts';
import { termTopics } from './terms.ts';
import { transformTopics } from './transforms.ts';

/** What `anon explain` knows, in the order in which it is shown. */
export const topicKinds = registry('kind of topic', [
  transformTopics,
  hierarchyTopics,
  modelTopics,
  lossTopics,
  measureTopics,
  recognizerTopics,
  formatTopics,
  termTopics,
  actionTopics,
  templateTopics,
  codeTopics,
]);
