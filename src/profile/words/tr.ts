import type { LanguageWords } from './definition.ts';

export const tr: LanguageWords = {
  language: 'Turkish',
  words: {
    'first name': 'adı|isim|ilk ad|ilk isim|ikinci ad|öz ad',
    'last name': 'soyad|soyadı|soyisim|kızlık soyadı',
    'full name':
      'ad soyad|adı soyadı|adı ve soyadı|isim soyisim|tam ad|hasta adı|müşteri adı|hesap sahibi|kart sahibi|ad soyadı',
    name: 'ad|hasta|müşteri|doktor|hekim|anne adı|baba adı|anne|baba|ilgili kişi|alıcı|gönderen',
    'user name': 'kullanıcı adı|kullanıcı',
    sex: 'cinsiyet|cinsiyeti',
    'marital status': 'medeni hal|medeni durum',
    nationality: 'uyruk|uyruğu|vatandaşlık',
    age: 'yaş|yaşı',
    'birth date': 'doğum tarihi|doğum günü|d tarihi|doğum',
    'birth year': 'doğum yılı',
    date: 'tarih|gün|zaman|oluşturma tarihi|kayıt tarihi|yatış tarihi|ölüm tarihi',
    email: 'e posta|eposta|e posta adresi|eposta adresi|mail adresi',
    phone: 'telefon|telefon no|telefon numarası|cep telefonu|gsm|cep tel|tel no',
    url: 'web sitesi|site|web adresi|internet sitesi',
    street: 'adres|adresi|sokak|cadde|ev adresi|ikametgah|açık adres|mahalle',
    'postal code': 'posta kodu',
    city: 'şehir|ilçe|doğum yeri|ikamet yeri|semt|köy',
    region: 'bölge',
    country: 'ülke|ülkesi',
    'national id':
      'tc kimlik no|tc kimlik|tckn|tc no|kimlik no|kimlik numarası|t c kimlik no|t c kimlik numarası|pasaport|pasaport no|vergi no|vergi numarası|sgk no',
    iban: 'hesap no|hesap numarası|banka hesabı|iban no',
    card: 'kart no|kart numarası|kredi kartı|kredi kartı no|banka kartı',
    'account number': 'poliçe no|poliçe numarası|ehliyet no|sigorta no|sicil no',
    vehicle: 'plaka|plaka no|araç plakası|şasi no',
    'id of a person':
      'hasta no|hasta numarası|müşteri no|müşteri numarası|üye no|personel no|dosya no|protokol no|öğrenci no',
    id: 'no|numara|sıra no|sipariş no|sipariş numarası|fatura no',
    diagnosis: 'tanı|teşhis|hastalık|ilaç|ilaçlar|alerji|kan grubu',
    occupation: 'meslek|görev|unvan|eğitim|eğitim durumu|bölüm|servis',
    'special category': 'etnik köken|engellilik|mezhep',
    measure: 'kilo|ağırlık|gelir|maaş|ücret',
    secret: 'şifre|parola',
    'free text': 'açıklama|açıklamalar|notlar|yorum|yorumlar|mesaj|tanım|düşünceler|anamnez',
    'biometric or image': 'fotoğraf|resim|imza',
  },
};
