import { folded } from '../dictionary.ts';
import { namesIn } from '../words/index.ts';
import type { FieldKind } from './definition.ts';

export const personKinds: readonly FieldKind[] = [
  {
    name: 'user name',
    group: 'direct',
    names: [
      ...namesIn('user name'),
      'username',
      'user name',
      'login',
      'login name',
      'benutzername',
      'nom utilisateur',
      'nom d utilisateur',
      'identifiant de connexion',
      'usuario',
      'screen name',
      'nickname',
      'pseudo',
      'handle',
      'twitter',
      'skype',
      'account name',
    ],
    fits: ({ form }) => form === 'string',
    fake: 'internet.username',
  },
  {
    name: 'sex',
    group: 'trait',
    names: [...namesIn('sex'), 'sex', 'gender', 'geschlecht', 'sexe', 'genre', 'sexo', 'genero'],
    fits: ({ distinct }) => distinct.count <= 12,
    matches: (text) =>
      /^(?:\p{Lu}|\p{Ll}|[0-39])$/u.test(text) || sexes.has(folded(text)) || otherSexes.has(folded(text)),
    named: 0.5,
  },
  {
    name: 'sex',
    group: 'trait',
    names: [],
    fits: ({ distinct }) => distinct.count >= 2 && distinct.count <= 6,
    matches: (text) => sexes.has(folded(text)),
    alone: 0.6,
  },
  {
    name: 'marital status',
    group: 'trait',
    names: [
      ...namesIn('marital status'),
      'marital status',
      'civil status',
      'familienstand',
      'etat civil',
      'situation familiale',
      'estado civil',
    ],
    fits: ({ distinct }) => distinct.count <= 20,
  },
  {
    name: 'nationality',
    group: 'trait',
    names: [
      ...namesIn('nationality'),
      'nationality',
      'citizenship',
      'staatsangehorigkeit',
      'nationalitat',
      'nationalite',
      'nacionalidad',
    ],
    fits: ({ distinct }) => distinct.count <= 60,
  },
  {
    name: 'age',
    group: 'age',
    names: [...namesIn('age'), 'age', 'age years', 'alter', 'lebensalter', 'age at admission', 'edad', 'age ans'],
    fits: ({ form, range }) => form === 'integer' && range![0] >= 0 && range![1] <= 125,
  },
  {
    name: 'special category',
    group: 'sensitive',
    names: [
      ...namesIn('special category'),
      'race',
      'ethnicity',
      'ethnic',
      'ethnic group',
      'religion',
      'konfession',
      'confession',
      'ethnie',
      'etnia',
      'raza',
      'political',
      'party',
      'union',
      'gewerkschaft',
      'sexual orientation',
      'orientation',
      'disability',
      'behinderung',
      'handicap',
    ],
    fits: ({ distinct }) => distinct.count <= 60,
  },
];

/** As `folded` gives them: English, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Scandinavian, Czech, Turkish, Russian, … */
const sexes = new Set(
  (
    'male female man woman boy girl mannlich weiblich mann frau maennlich homme femme masculin feminin garcon fille hombre mujer masculino ' +
    'femenino varon feminino homem mulher macho femea maschio femmina uomo donna vrouw mannelijk vrouwelijk mezczyzna kobieta meski zenski ' +
    'mężczyzna męski żeński kvinna kvinde kvinne mand muz zena muzske zenske muzsky erkek kadin kadın bay bayan муж жен мужской женский ' +
    'мужчина женщина чоловіча жіноча 男 女 男性 女性 남 여 남성 여성 남자 여자 ذكر أنثى انثى رجل امرأة'
  )
    .split(' ')
    .map(folded),
);
const otherSexes = new Set(
  'other unknown divers diverse nonbinary non-binary transgender trans inter intersex autre inconnu otro otra desconocido outro altro anders onbekend inne nieznane annan okand jine diger другое неизвестно その他 不明 其他 未知 기타 آخر'
    .split(' ')
    .map(folded),
);
