//! Reads what a decision gives to the rows that it admits: columns of their table.

use super::blocks::refuse;
use super::formulas::Context;
use super::typing::{Expected, formula};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::pack::raw::{Node, Value};
use crate::rules::{Expr, Given, Reference};
use crate::say;

impl Context<'_> {
    /// Reads the columns of `table` that `decision` gives, in the order written.
    pub(super) fn given(
        &self,
        decision: &Node,
        table: &str,
        faults: &mut Diagnostics,
    ) -> Vec<Given> {
        let Some(Value::List(items)) = decision.get("gives").map(|list| &list.value) else {
            return Vec::new();
        };
        let read = items
            .iter()
            .filter_map(|item| self.one_given(item, table, faults));
        let mut all: Vec<Given> = Vec::new();
        for given in read.collect::<Vec<_>>() {
            match all.iter().any(|known| known.value == given.value) {
                true => faults.push(twice(&given)),
                false => all.push(given),
            }
        }
        all
    }

    fn one_given(&self, item: &Node, table: &str, faults: &mut Diagnostics) -> Option<Given> {
        let value = formula(item, self.names, Some(table), &Expected::Number, faults)?;
        let Expr::Reference(Reference::Column(_) | Reference::Derived(_)) = &value.expr else {
            faults.push(no_column(item, &value.text, table));
            return None;
        };
        let Some(unit) = value.unit.clone().filter(|unit| !unit.is_none()) else {
            faults.push(counts_nothing(item, &value.text));
            return None;
        };
        Some(Given {
            value,
            unit,
            place: item.place.clone(),
        })
    }
}

fn no_column(item: &Node, text: &str, table: &str) -> Diagnostic {
    let message = say!(
        "`{text}` non è una colonna di `{table}`: ciò che si riceve ha un nome",
        "`{text}` is no column of `{table}`: what is received has a name"
    );
    refuse(Code::InvalidRule, item, message).help(say!(
        "calcolarlo in una colonna, `[derive.…]` con `table = \"{table}\"`, e nominare quella",
        "compute it in a column, `[derive.…]` with `table = \"{table}\"`, and name that"
    ))
}

fn counts_nothing(item: &Node, text: &str) -> Diagnostic {
    let message = say!(
        "`{text}` è un numero puro: di ciò che si riceve si dice che cosa conta",
        "`{text}` is a pure number: what is received counts something"
    );
    refuse(Code::InvalidRule, item, message).help(say!(
        "dare alla colonna un'unità, come `unit = \"mensilità\"`, o `type = \"euro\"`",
        "give the column a unit, such as `unit = \"mensilità\"`, or `type = \"euro\"`"
    ))
}

fn twice(given: &Given) -> Diagnostic {
    let text = &given.value.text;
    let message = say!(
        "`{text}` è scritto due volte in `gives`",
        "`{text}` is written twice in `gives`"
    );
    let fault = Diagnostic::error(Code::InvalidRule, message).at(given.place.clone());
    fault.help(say!(
        "lasciarlo una volta sola: si riceve una volta sola",
        "leave it once: it is received once"
    ))
}

#[cfg(test)]
mod tests {
    use crate::diag::Code;
    use crate::num::Ratio;
    use crate::testing::{Files, HEADER};

    fn giving(gives: &str) -> Files {
        Files::measure(&format!(
            "[eligibility.ammesso]\nlabel = \"Ammesso\"\nof = \"comuni\"\ngives = [{gives}]\nact = \"a\"\n\
             [eligibility.ammesso.condition.molti]\nlabel = \"molti\"\nthat = \"bambini >= 10\"\nact = \"a\"\n"
        ))
    }

    #[test]
    fn what_is_given_is_a_column_that_counts_something_written_once() {
        for (gives, underlined) in [
            ("\"spesa * 2\"", "spesa * 2"),
            ("\"tasso\"", "tasso"),
            ("\"montano\"", "montano"),
            ("\"spesa\", \"spesa\"", "spesa"),
            ("\"spese\"", "spese"),
        ] {
            let faults = giving(gives).faults();
            assert_eq!(faults.len(), 1, "{gives}: {faults:?}");
            assert!(faults[0].1.contains(underlined), "{faults:?}");
            assert!(matches!(
                faults[0].0,
                Code::InvalidRule | Code::UnknownName | Code::TypeMismatch
            ));
        }
    }

    #[test]
    fn who_is_admitted_receives_the_column_and_what_is_missing_is_not_zero() {
        let rows = "000001,A001,Alba,10,5.50,,,\n000002,A002,Bra,9,7.00,,,\n\
                    000003,A003,Cuneo,12,,,,\n000004,A004,Dogliani,,3.00,,,\n";
        let (run, faults) = giving("\"spesa\"").run(&[("comuni", &format!("{HEADER}{rows}"))]);
        let outcome = run.unwrap_or_else(|| panic!("{faults:?}")).outcome;
        let spesa = &outcome.benefits[0];
        let values: Vec<_> = spesa.rows.iter().map(|row| row.value.clone()).collect();
        let euro = Ratio::parse_decimal("5.50").unwrap();
        assert_eq!(
            values,
            [Some(euro.clone()), Some(Ratio::zero()), None, None]
        );
        assert_eq!((spesa.known(), spesa.open()), (euro, 2));
        let received: Vec<_> = spesa.received().map(|row| row.name.as_str()).collect();
        assert_eq!(received, ["Alba", "Cuneo", "Dogliani"]);
    }
}
