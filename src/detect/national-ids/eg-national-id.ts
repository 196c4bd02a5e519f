import { defineNationalId, isDay } from './definition.ts';

export const egNationalId = defineNationalId({
  name: 'eg-national-id',
  country: 'EG',
  summary: 'National identity number of Egypt.',
  source:
    'مصلحة الأحوال المدنية: century, birth date, governorate (01 to 35, 88 abroad); how its check digit is made is not published',
  names: ['raqam qawmi', 'الرقم القومي', 'رقم قومي'],
  examples: {
    found: ['29001011234567', '30305152101231'],
    not: ['29013011234567', '49001011234567', '29001013634567'],
  },
  pattern: String.raw`[23]\d{6}(?:0[1-9]|[12]\d|3[0-5]|88)\d{5}`,
  accepts: (id) => isDay(id.slice(1, 3), id.slice(3, 5), id.slice(5, 7)),
});
