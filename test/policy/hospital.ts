/** A policy of two tables, one of which refers to the other. */
export const hospital = `\
policy: anon/v1
name: hospital
version: "1"
keys: { pseudonym: { env: K } }
domains: { patient: { key: pseudonym, normalize: [trim, lowercase] } }
license:
  licensor: { name: Example Hospital }
  licensee: { id: "urn:org:example-university", name: Example University }
  purposes: [AcademicResearch]
  valid: { from: 2026-10-01, until: 2027-09-30 }
tables:
  visits:
    input: { format: csv }
    fields:
      visit_id: { role: insensitive, transform: keep }
      patient_id:
        role: identifier
        transform: { tokenize: { domain: patient } }
        references: patients.patient_id
      note: { role: sensitive, transform: keep }
  patients:
    fields:
      patient_id: { role: identifier, transform: { tokenize: { domain: patient } } }
      full_name: { role: identifier, transform: drop }
      age: { role: quasi-identifier, type: integer, transform: { generalize: { intervals: [0, 40, 80] } } }
    privacy:
      models: [ { k-anonymity: { k: 2 } } ]
      max-suppression: 1
`;
