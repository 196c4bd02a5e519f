/**
 * Names of the twelve months as dates write them, in lower case: within a month, other forms are divided by `/`. By CLDR (`format`, wide and
 * abbreviated), where those of one language have no three letters in common with another month.
 */
const months: Readonly<Record<string, string>> = {
  en: 'january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep october/oct november/nov december/dec',
  de: 'januar/jänner februar märz/mär/mrz april mai juni juli august september oktober/okt november dezember/dez',
  fr: 'janvier/janv février/févr mars avril/avr mai juin juillet/juil août septembre octobre novembre décembre/déc',
  es: 'enero/ene febrero marzo abril/abr mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre/dic',
  it: 'gennaio febbraio marzo aprile maggio giugno/giu luglio/lug agosto settembre ottobre/ott novembre dicembre',
  nl: 'januari februari maart/mrt april mei juni juli augustus september oktober november december',
  ar: 'يناير فبراير مارس أبريل/إبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر',
  cs: 'ledna/leden února/únor března/březen dubna/duben května/květen června/červen července/červenec srpna/srpen září října/říjen listopadu/listopad prosince/prosinec',
  da: 'januar februar marts april maj juni juli august september oktober november december',
  el: 'ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου',
  fi: 'tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta',
  hu: 'január február március április május június július augusztus szeptember október november december',
  nb: 'januar februar mars april mai juni juli august september oktober november desember/des',
  pl: 'stycznia/styczeń/sty lutego/luty/lut marca/marzec kwietnia/kwiecień/kwi maja/maj czerwca/czerwiec/cze lipca/lipiec/lip sierpnia/sierpień/sie września/wrzesień/wrz października/październik/paź listopada/listopad/lis grudnia/grudzień/gru',
  pt: 'janeiro fevereiro/fev março abril maio/mai junho julho agosto/ago setembro/set outubro/out novembro dezembro/dez',
  ro: 'ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie',
  ru: 'января/янв февраля/фев марта/мар апреля/апр мая июня/июн июля/июл августа/авг сентября/сен октября/окт ноября/ноя декабря/дек',
  sk: 'januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra',
  sv: 'januari februari mars april maj juni juli augusti september oktober november december',
  tr: 'ocak şubat/subat mart nisan mayıs/mayis haziran temmuz ağustos/agustos eylül/eylul ekim kasım/kasim aralık/aralik',
  uk: 'січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня',
};

export const languagesOfMonths: readonly string[] = Object.keys(months);

/** The month by its name, from 1. Of two languages that disagree the first one counts. */
export const monthOf: ReadonlyMap<string, number> = new Map(namesOf(languagesOfMonths).reverse());

/** Languages that also write the month before the day; of the others, more words than dates would be looked at. */
export const beforeTheDay: readonly string[] = [...new Map(namesOf(['en', 'de', 'fr', 'es', 'it', 'nl'])).keys()];

function namesOf(languages: readonly string[]): (readonly [name: string, month: number])[] {
  return languages.flatMap((language) =>
    months[language]!.split(' ').flatMap((names, m) => names.split('/').map((name) => [name, m + 1] as const)),
  );
}
