import { beforeAll, expect, it } from 'vitest';
import { phone } from '../../../src/detect/phone.ts';
import { contactKinds } from '../../../src/profile/kinds/contact.ts';

beforeAll(() => phone.load?.());

it('takes no amount for a telephone number, however many digits it has', () => {
  const byValue = contactKinds.find(({ name, names }) => name === 'phone' && names.length === 0)!;
  const matches = byValue.matches as (text: string) => boolean;
  const numbers = ['+1 802 555 0119', '802.555.0122', '(0)30 901820', '+41 44 668 18 00'];
  expect(numbers.filter((text) => matches(text))).toEqual(expect.arrayContaining(['+1 802 555 0119', '802.555.0122']));
  expect(['83643.21', '-1234567.89', '+8025550122.5'].filter((text) => matches(text))).toEqual([]);
});
