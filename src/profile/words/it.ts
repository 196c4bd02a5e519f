import type { LanguageWords } from './definition.ts';

export const it: LanguageWords = {
  language: 'Italian',
  words: {
    'first name': 'nome di battesimo|primo nome|secondo nome',
    'last name': 'cognome|cognome da nubile',
    'full name':
      'nome e cognome|cognome e nome|nome completo|nominativo|intestatario|nome paziente|nome cliente|ragione sociale o nome',
    name: 'nome|titolare|referente|contatto|medico|madre|padre|coniuge',
    'user name': 'nome utente|utente',
    sex: 'sesso|genere',
    'marital status': 'stato civile',
    nationality: 'nazionalità|cittadinanza',
    age: 'età',
    'birth date': 'data di nascita|data nascita|nascita|nato il|nata il',
    'birth year': 'anno di nascita',
    date: 'data|giorno|data ora|creato il',
    email: 'posta elettronica|indirizzo e mail|indirizzo email|pec|e mail',
    phone:
      'telefono|cellulare|numero di telefono|numero telefono|telefono cellulare|recapito telefonico|telefono fisso',
    url: 'sito|sito web|pagina web|indirizzo web',
    street: 'indirizzo|via e numero|residenza|indirizzo di residenza|domicilio|numero civico',
    'postal code': 'cap|codice postale|codice di avviamento postale',
    city: 'città|comune|località|comune di nascita|luogo di nascita|comune di residenza',
    region: 'regione|provincia|prov',
    country: 'paese|stato|nazione',
    'national id':
      'codice fiscale|cod fiscale|cf|carta identità|carta di identità|passaporto|tessera sanitaria|numero documento',
    iban: 'conto corrente|conto bancario|codice iban|coordinate bancarie',
    card: 'carta|numero carta|carta di credito|numero della carta',
    'account number': 'numero polizza|polizza|patente|numero patente|partita iva',
    vehicle: 'targa|telaio|numero telaio',
    'id of a person': 'id paziente|codice paziente|id cliente|codice cliente|id utente|matricola|codice assistito',
    id: 'identificativo|numero ordine|protocollo',
    diagnosis: 'diagnosi|malattia|farmaco|terapia|allergia|gruppo sanguigno',
    occupation: 'professione|occupazione|lavoro|titolo di studio|reparto',
    'special category': 'etnia|razza|religione|orientamento sessuale|disabilità',
    measure: 'peso|altezza|reddito|stipendio',
    secret: 'password|parola chiave',
    'free text': 'nota|note|annotazioni|commento|commenti|osservazioni|descrizione|messaggio|anamnesi|testo',
    'biometric or image': 'foto|immagine',
  },
};
