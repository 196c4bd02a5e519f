import { ar } from './locales/ar.mjs';
import { cs } from './locales/cs.mjs';
import { de } from './locales/de.mjs';
import { enGb } from './locales/en-gb.mjs';
import { enIn } from './locales/en-in.mjs';
import { es } from './locales/es.mjs';
import { fr } from './locales/fr.mjs';
import { hu } from './locales/hu.mjs';
import { it } from './locales/it.mjs';
import { ja } from './locales/ja.mjs';
import { ko } from './locales/ko.mjs';
import { nl } from './locales/nl.mjs';
import { pl } from './locales/pl.mjs';
import { ptBr } from './locales/pt-br.mjs';
import { ru } from './locales/ru.mjs';
import { sv } from './locales/sv.mjs';
import { tr } from './locales/tr.mjs';
import { zhCn } from './locales/zh-cn.mjs';

/** Locales whose misses and false alarms may be read to improve the recognizers. */
export const tuned = [de, fr, es, pl, ja, tr, ptBr, enGb, ru];

/** Locales that are measured only. Names of fields in Hungarian are not among those that the recognizers know. */
export const heldOut = [it, nl, sv, cs, ko, zhCn, enIn, ar, hu];

/** Names of fields in English, one for each locale in turn. */
export const englishHeaders = {
  first: 'first_name|GivenName|forename|patient_first_name|fname',
  last: 'last_name|Surname|familyName|contact_last_name|lname',
  full: 'full_name|CustomerName|name|contact_person|patient_name',
  email: 'email|Email Address|user_email|contactMail|e-mail',
  phone: 'phone|Mobile|telephone_number|contact_no|tel',
  iban: 'iban|bank_account|IBAN No.|accountNumber|payee_iban',
  card: 'credit_card|CardNumber|cc_number|pan|payment_card',
  ip: 'ip|ip_address|clientIp|remote_addr|source_ip',
  mac: 'mac|mac_address|device_mac|wifi_mac|hwaddr',
  url: 'url|website|profile_url|homepage|link',
  'national id': 'national_id|tax_id|SSN|citizen_no|personal_number',
  birth: 'birth_date|dob|DateOfBirth|birthday|born_on',
  postal: 'postal_code|zip|Postcode|zip_code|addr_postcode',
  city: 'city|Town|residence_city|birth_place|city_name',
  country: 'country|country_of_birth|CountryName|home_country|country_name',
  street: 'street|address|street_address|addressLine1|home_address',
  note: 'notes|comment|Remarks|description|free_text',
  user: 'username|login|user_name|screen_name|user_handle',
  sex: 'sex|gender|patient_sex|Sex/Gender|gender_code',
};

/** The key of `headers` of a locale for a sort of data. */
export const headerKeys = { 'phone, national': 'phone', 'national id': 'nationalId' };
