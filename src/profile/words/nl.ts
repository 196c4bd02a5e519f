import type { LanguageWords } from './definition.ts';

export const nl: LanguageWords = {
  language: 'Dutch',
  words: {
    'first name': 'voornaam|voornamen|roepnaam|doopnaam|voorletters',
    'last name': 'achternaam|familienaam|geboortenaam|meisjesnaam|tussenvoegsel',
    'full name':
      'volledige naam|naam klant|klantnaam|naam patiënt|patiëntnaam|naam en voornaam|rekeninghouder|kaarthouder|naam contactpersoon',
    name: 'naam|contactpersoon|huisarts|arts|moeder|vader|partner|medewerker',
    'user name': 'gebruikersnaam|inlognaam|gebruiker',
    sex: 'geslacht|gender',
    'marital status': 'burgerlijke staat',
    nationality: 'nationaliteit|staatsburgerschap',
    age: 'leeftijd',
    'birth date': 'geboortedatum|geb datum|geboren op|geboortedag|gebdatum',
    'birth year': 'geboortejaar',
    date: 'datum|dag|tijdstip|aangemaakt op|opnamedatum|overlijdensdatum',
    email: 'e mailadres|emailadres|mailadres|e mail',
    phone: 'telefoon|telefoonnummer|mobiel|mobiele nummer|mobiel nummer|gsm|vast nummer|telefoonnr',
    url: 'webadres|website|internetadres',
    street: 'straat|adres|straatnaam|straat en huisnummer|huisnummer|woonadres|adresregel',
    'postal code': 'postcode|postnummer',
    city: 'woonplaats|plaats|stad|gemeente|geboorteplaats|dorp',
    region: 'provincie|regio',
    country: 'land|geboorteland|land van herkomst',
    'national id':
      'bsn|burgerservicenummer|sofinummer|rijksregisternummer|paspoortnummer|identiteitskaart|identiteitsnummer',
    iban: 'rekeningnummer|bankrekening|bankrekeningnummer|bankrekeningnr',
    card: 'kaartnummer|creditcard|creditcardnummer|pasnummer|bankpas',
    'account number': 'polisnummer|verzekeringsnummer|verzekerdennummer|rijbewijsnummer|rijbewijs',
    vehicle: 'kenteken|nummerplaat|chassisnummer',
    'id of a person':
      'klantnummer|patiëntnummer|klant id|patiënt id|deelnemernummer|lidnummer|personeelsnummer|cliëntnummer',
    id: 'nummer|volgnummer|bestelnummer|ordernummer|factuurnummer|kenmerk',
    diagnosis: 'diagnose|ziekte|aandoening|medicatie|allergie|bloedgroep|geneesmiddel',
    occupation: 'beroep|functie|opleiding|afdeling',
    'special category': 'godsdienst|religie|etniciteit|herkomst|seksuele geaardheid|beperking',
    measure: 'gewicht|lengte|inkomen|salaris',
    secret: 'wachtwoord',
    'free text':
      'opmerking|opmerkingen|toelichting|notitie|notities|aantekening|aantekeningen|beschrijving|omschrijving|bericht',
    'biometric or image': 'foto|pasfoto|handtekening',
  },
};
