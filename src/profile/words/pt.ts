import type { LanguageWords } from './definition.ts';

export const pt: LanguageWords = {
  language: 'Portuguese',
  words: {
    'first name': 'primeiro nome|nome próprio|prenome|nomes próprios|nome social',
    'last name': 'sobrenome|apelido|último nome|nome de família',
    'full name':
      'nome completo|nome do cliente|nome do paciente|nome e sobrenome|nome da mãe|nome do pai|titular da conta',
    name: 'nome|responsável|contato|contacto|mãe|pai',
    'user name': 'nome de usuário|usuário|nome de utilizador|utilizador',
    sex: 'sexo|gênero|género',
    'marital status': 'estado civil',
    nationality: 'nacionalidade',
    age: 'idade',
    'birth date': 'data de nascimento|data nascimento|nascimento|dt nascimento|dt nasc|data nasc|aniversário',
    'birth year': 'ano de nascimento',
    date: 'data|data de criação|data hora|criado em',
    email: 'e mail|correio eletrônico|correio eletrónico|endereço de e mail',
    phone: 'telefone|celular|telemóvel|fone|número de telefone|telefone fixo|whatsapp',
    url: 'site|página|sítio',
    street: 'endereço|rua|logradouro|morada|endereço residencial|bairro|complemento',
    'postal code': 'cep|código postal|cód postal',
    city: 'cidade|município|localidade|naturalidade|local de nascimento',
    region: 'uf|estado|província|distrito',
    country: 'país',
    'national id':
      'cpf|rg|cpf cnpj|número de identificação fiscal|nif|cartão de cidadão|bilhete de identidade|pis|nis|título de eleitor|cnh|passaporte|cns|cartão sus',
    iban: 'conta bancária|conta corrente|número da conta',
    card: 'cartão|número do cartão|cartão de crédito|nº do cartão',
    'account number': 'agência|agência e conta|apólice|número da apólice|matrícula',
    vehicle: 'placa|placa do veículo|renavam|chassi',
    'id of a person':
      'id do cliente|código do cliente|id do paciente|prontuário|número do paciente|código do paciente|id do usuário',
    id: 'identificador|número do pedido|protocolo',
    diagnosis: 'diagnóstico|doença|cid|medicamento|alergia|tipo sanguíneo',
    occupation: 'profissão|ocupação|escolaridade',
    'special category': 'raça|etnia|religião|orientação sexual|deficiência',
    measure: 'peso|altura|renda|salário',
    secret: 'senha',
    'free text': 'observação|observações|comentário|comentários|descrição|mensagem|anotações|notas|resumo',
    'biometric or image': 'foto|assinatura|imagem',
  },
};
