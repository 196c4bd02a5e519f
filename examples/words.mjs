/** What the example data is made of. The lists belong to nobody; any likeness of a combination to a person is chance. */

export const given = {
  F: `Abigail Aisha Alice Amara Anita Anneke Beatriz Bridget Camila Carmen Celeste Chloe Clara Daphne Delia Edith Eleanor
    Elsie Esther Fatima Fiona Frida Gemma Greta Hannah Hazel Imani Ines Ingrid Irene Isla Jocelyn Josie Keiko Lena Leonie
    Lucia Mabel Maeve Marisol Matilda Mina Miriam Nadia Naomi Noor Odette Ottilie Paloma Petra Priya Ramona Rosalind Sadie
    Selma Simone Sunita Talia Thea Ursula Vera Wilma Yasmin Zara Zoë Renée Chloé Zuzana Åsa`.split(/\s+/),
  M: `Adrian Ahmed Albert Amos Anders Arjun Barnaby Basil Benedict Boris Caleb Cedric Clement Conrad Dario Desmond Dmitri
    Edgar Elias Emil Ernest Ezra Felix Fergus Floyd Gideon Gregor Hamza Harvey Hector Hugo Ibrahim Ignacio Isaac Ivan Jasper
    Jonas Julian Kaito Kenneth Lamar Leon Linus Lorenzo Magnus Malik Marvin Milan Mohan Nikolai Oscar Otis Otto Percy Quentin
    Rafael Ravi Rufus Samir Silas Stefan Tariq Thaddeus Tobias Umar Viktor Wallace Yusuf José René Łukasz Søren`.split(
    /\s+/,
  ),
};

export const family =
  `Abbott Adeyemi Ahlberg Alvarado Appleby Ashdown Bancroft Barros Beaumont Bergström Blackwood Bouchard
  Brannigan Brunner Calloway Cárdenas Castellano Chaudhry Coldwell Corrigan D'Angelo Dahl Delacroix Desrochers Donovan
  Drummond Eastman Echevarría Ellison Fairbanks Falk Farrow Ferreira Fitzgerald Fontaine Gagnon Galloway Garrison Gauthier
  Goldberg Grimaldi Gupta Hadley Halvorsen Hargrove Hathaway Hendricks Hollis Holloway Ibarra Iversen Jankowski Jennings
  Kaminski Kavanagh Keller Kimura Kingsley Kovács Kowalczyk Lachance Lafferty Langford Larkin Lefebvre Lindqvist Lockwood
  MacAllister Madigan Mahmoud Marchetti Mbeki McKenna Mehta Mercado Monaghan Moreau Müller Nakamura Navarro Newcomb Nguyen
  O'Brien O'Rourke Oakley Odell Okafor Olsen Osei Ostrowski Pacheco Paquette Pemberton Petrov Pickering Prescott Quigley
  Ramachandran Ransom Redmond Rinaldi Rosenthal Rousseau Salazar Santoro Schneider Sinclair Sørensen Stavros Steiner
  Stockton Sutherland Takahashi Tanaka Thibault Thornton Tremblay Underhill Vandermeer Varga Villanueva Wadsworth
  Wakefield Weatherby Whitcomb Winslow Yamamoto Yilmaz Zapata Zielinski`.split(/\s+/);

/** Names that are not written in Latin letters, by script: given names, family names. */
export const otherScripts = [
  { F: ['Ирина', 'Ольга', 'Наталья'], M: ['Игорь', 'Сергей', 'Павел'], family: ['Зорич', 'Шевченко', 'Бондар'] },
  { F: ['Ελένη', 'Σοφία'], M: ['Γιώργος', 'Νίκος'], family: ['Αλεξίου', 'Καζάν', 'Δήμου'] },
  { F: ['美咲', '陽子'], M: ['健太', '翔太'], family: ['高橋', '小林', '渡辺'] },
  { F: ['秀英', '丽华'], M: ['建国', '志强'], family: ['欧阳', '诸葛', '陈'] },
  { F: ['지은', '수진'], M: ['민준', '도윤'], family: ['남궁', '황보', '한'] },
];

/**
 * Where the hospital's patients live, by the first three digits of the ZIP code: which share of them (in 1/1000), and the area code of
 * their telephones. So few people live in 036, 059, 102 and 893 that the Safe Harbor rule lets out no digit of the code.
 */
export const places = [
  {
    share: 420,
    area: '802',
    towns: ['05401 Burlington', '05403 South Burlington', '05404 Winooski', '05446 Colchester'],
  },
  { share: 180, area: '802', towns: ['05602 Montpelier', '05641 Barre', '05672 Stowe', '05661 Morrisville'] },
  { share: 140, area: '802', towns: ['05701 Rutland', '05753 Middlebury', '05733 Brandon'] },
  {
    share: 115,
    area: '802',
    towns: ['05001 White River Junction', '05055 Norwich', '05060 Randolph', '05091 Woodstock'],
  },
  { share: 93, area: '603', towns: ['03755 Hanover', '03766 Lebanon', '03784 West Lebanon', '03748 Enfield'] },
  { share: 24, area: '603', towns: ['03602 Alstead', '03603 Charlestown', '03608 Walpole'] },
  { share: 14, area: '802', towns: ['05903 Canaan', '05905 Guildhall', '05906 Lunenburg'] },
  { share: 4, area: '212', towns: ['10280 New York', '10282 New York'] },
  { share: 4, area: '775', towns: ['89301 Ely', '89316 Eureka'] },
  { share: 2, area: '305', towns: ['33101 Miami', '33139 Miami Beach'] },
  { share: 2, area: '312', towns: ['60601 Chicago', '60614 Chicago'] },
  { share: 2, area: '602', towns: ['85004 Phoenix', '85018 Phoenix'] },
];

/** Names that RFC 2606 keeps free of real hosts. */
export const mailHosts = ['mail.example', 'post.example', 'inbox.example', 'home.invalid', 'letters.invalid'];
export const handles = ['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'heron', 'indigo', 'juniper'];

/** ICD-10 codes by chapter letter, all of the form X00.0. */
export const codes = {
  A: ['A09.9', 'A41.9'],
  C: ['C18.9', 'C34.9', 'C43.9', 'C50.9'],
  E: ['E03.9', 'E10.9', 'E11.6', 'E11.9'],
  F: ['F10.2', 'F32.9', 'F41.1'],
  G: ['G40.9', 'G43.9', 'G45.9'],
  H: ['H10.9', 'H66.9'],
  I: ['I11.9', 'I20.9', 'I21.9', 'I25.1', 'I48.9', 'I50.9', 'I63.9'],
  J: ['J06.9', 'J18.9', 'J20.9', 'J45.9'],
  K: ['K21.9', 'K35.8', 'K52.9', 'K80.2'],
  L: ['L03.1', 'L20.9'],
  M: ['M16.9', 'M17.9', 'M54.5'],
  N: ['N18.9', 'N20.0', 'N39.0'],
  O: ['O42.9', 'O80.0'],
  Q: ['Q21.1', 'Q35.9'],
  S: ['S06.0', 'S52.5', 'S72.0', 'S82.6'],
};

/** How often each chapter is why somebody is in hospital, by age. */
export const chapters = {
  child: { J: 30, S: 20, A: 13, K: 10, H: 9, G: 6, E: 5, Q: 4, L: 3 },
  adult: { S: 14, K: 14, M: 11, F: 11, N: 10, J: 10, E: 9, I: 8, G: 7, C: 6 },
  older: { I: 26, J: 14, C: 13, S: 11, M: 10, E: 9, N: 7, K: 6, G: 4 },
};

export const wards = {
  C: 'Oncology',
  F: 'Psychiatry',
  G: 'Neurology',
  I: 'Cardiology',
  J: 'Respiratory',
  K: 'Gastroenterology',
  M: 'Orthopedics',
  N: 'Urology',
  O: 'Maternity',
  S: 'Orthopedics',
};

/** Free text as it comes from wards: commas, quotation marks, several lines, letters beyond ASCII. */
export const notes = [
  'Slept well.',
  'Pain eased after walking, worse at night.',
  'Asked: "when may I go home?" - told in two or three days.',
  'Day 1: stable.\nDay 2: walking with help.\nDay 3: discharged.',
  'No known allergies, no regular medication.',
  'Allergic to penicillin ("rash, years ago").',
  'Low-salt diet; weigh daily.',
  'Dressing changed, wound clean and dry.',
  'Oxygen 2 L/min, SpO₂ 94 %.',
  'Review by physiotherapy, then social services.',
  'Prefers café au lait to tea; déjà vu during aura.',
  'Family meeting on the ward.\n"All questions answered."',
  'Fell at home, no loss of consciousness.',
  'Fever up to 38.5 °C, cultures pending.',
  'Follow-up in the clinic, 6 weeks.',
  ',,, see chart ""',
];

export const clinics = ['Day Clinic', 'Emergency', 'Women’s Health', 'Mère-Enfant', 'Heart Centre', 'Hand Surgery'];
