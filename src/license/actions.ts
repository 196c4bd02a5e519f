/** Everything that a license can permit or prohibit, in one flat set: no action implies another. */
export const actions = {
  use: 'read and analyse the data',
  'publish-aggregates': 'publish aggregate results',
  derive: 'make derived data',
  distribute: 'pass the data on',
  sublicense: 'license the data to others',
  train: 'train models on the data',
  link: 'link the data with other data about individuals',
  reidentify: 'identify individuals in the data',
} as const;

export const actionNames = Object.keys(actions) as (keyof typeof actions)[];
