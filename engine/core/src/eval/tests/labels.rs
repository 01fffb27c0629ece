//! What a reader is told of names and values: labels in either language, never what the pack writes.

use crate::diag::Text;
use crate::testing::Files;

/// Two services of a Comune whose sheet stays a draft.
const RULES: &str = r#"
[table.servizi]
label = "Servizi"
label_en = "Services"
key = "id"
title = "id"
[table.servizi.column.id]
type = "text"
label = "Codice"
[table.servizi.column.comune]
type = "istat"
label = "Comune"
references = "comuni"
[table.servizi.column.posti]
type = "integer"
unit = "posti"
label = "Posti"
label_en = "Places"

[table.eventi]
label = "Eventi"
key = "n"
title = "n"
[table.eventi.column.n]
type = "text"
label = "N"
[table.eventi.column.sheet]
type = "text"
label = "Scheda"
[table.eventi.column.at]
type = "instant"
label = "Quando"
[table.eventi.column.transition]
type = "text"
label = "Passaggio"

[life.scheda]
label = "Stato della scheda"
label_en = "State of the sheet"
of = "comuni"
events = "eventi"
act = "a"
[state.bozza]
label = "In bozza"
label_en = "Draft"
initial = true
act = "a"
[state.inviata]
label = "Inviata"
final = true
act = "a"
[transition.invia]
label = "Invio"
from = ["bozza"]
to = "inviata"
requires = [{ that = "posti_in_tutto > 90", fails = "i posti non bastano", act = "a" }]
act = "a"

[rollup.posti_in_tutto]
label = "Posti in tutto"
label_en = "Places in all"
to = "comuni"
from = "servizi"
by = "comune"
how = "sum"
of = "posti"
type = "integer"
unit = "posti"
act = "a"

[eligibility.ammesso]
label = "Ammissione"
of = "servizi"
act = "a"
[eligibility.ammesso.condition.inviata]
label = "la scheda è inviata"
that = "comune.scheda == \"inviata\""
act = "a"
[eligibility.ammesso.condition.posti]
label = "i posti sono molti"
that = "comune.posti_in_tutto > 90 && posti > 90 && sum(servizi.posti) > 90 && count(servizi) > 9"
act = "a"
"#;

const COMUNI: &str = "istat,catastale,nome,bambini,spesa,tasso,montano,dal\n\
    001001,A001,Alba,3,,,sì,\n";
const SERVIZI: &str = "id,comune,posti\ns1,001001,10\ns2,001001,20\n";
const EVENTI: &str = "n,sheet,at,transition\n1,001001,2026-05-04 10:00,invia\n";

fn told() -> (Vec<Text>, Vec<Text>) {
    let tables = [("comuni", COMUNI), ("servizi", SERVIZI), ("eventi", EVENTI)];
    let (run, faults) = Files::measure(RULES).run(&tables);
    let run = run.unwrap_or_else(|| panic!("{faults:?}"));
    let findings = &run.outcome.decisions[0].rows[0].findings;
    let refusals = &run.outcome.states[0].rows[0].history[0].refusals;
    (
        findings
            .iter()
            .map(|finding| finding.text.clone())
            .collect(),
        refusals
            .iter()
            .map(|refusal| refusal.text.clone())
            .collect(),
    )
}

#[test]
fn reasons_say_labels_of_columns_tables_and_states() {
    let (findings, refusals) = told();
    assert_eq!(
        findings[0].it,
        "la scheda è inviata (Stato della scheda (Comuni): In bozza; serve «Inviata»)"
    );
    assert_eq!(
        findings[0].en,
        "la scheda è inviata (State of the sheet (Comuni): Draft; needed: “Inviata”)"
    );
    assert_eq!(
        findings[1].it,
        "i posti sono molti (Posti in tutto (Comuni): 30; Posti: 10; somma di Posti (Servizi): 30; \
         righe di Servizi: 2; serve Posti in tutto (Comuni): più di 90 e Posti: più di 90 posti e \
         somma di Posti (Servizi): più di 90 e righe di Servizi: più di 9)"
    );
    assert_eq!(
        findings[1].en,
        "i posti sono molti (Places in all (Comuni): 30; Places: 10; sum of Places (Services): 30; \
         rows of Services: 2; needed: Places in all (Comuni): more than 90 and Places: more than 90 \
         posti and sum of Places (Services): more than 90 and rows of Services: more than 9)"
    );
    assert_eq!(refusals[0].it, "i posti non bastano (Posti in tutto: 30)");
}
