//! What the rows of a decision table leave out, or hold twice, told to whoever wrote them.

use super::{Frame, Reader};
use crate::diag::{Code, Diagnostic, Text};
use crate::pack::raw::Node;
use crate::pack::resolve::coverage::{Flaw, Stretch};
use crate::rules::{BandRow, Interval, Scalar, Type, quantity};
use crate::say;

impl Reader<'_> {
    /// Finds gaps and overlaps, for each value of the other column on its own.
    pub(super) fn judge(&mut self, frame: &Frame, rows: &[BandRow]) {
        let mut sides: Vec<Option<Scalar>> = match frame.by {
            Some(Type::Bool) => [true, false].map(|flag| Some(Scalar::Bool(flag))).into(),
            _ => Vec::new(),
        };
        for row in rows {
            if !sides.contains(&row.is) {
                sides.push(row.is.clone());
            }
        }
        if sides.is_empty() {
            sides.push(None);
        }
        for side in sides {
            let own: Vec<&BandRow> = rows.iter().filter(|row| row.is == side).collect();
            let intervals: Vec<&Interval> = own.iter().map(|row| &row.interval).collect();
            for flaw in frame.grid.flaws(&intervals) {
                let fault = self.told(&flaw, frame, &own, side.as_ref());
                self.faults.push(fault);
            }
        }
    }

    fn told(
        &self,
        flaw: &Flaw,
        frame: &Frame,
        rows: &[&BandRow],
        side: Option<&Scalar>,
    ) -> Diagnostic {
        let id = &self.entry.key;
        let with = self.with(side);
        let place = |at: &Option<usize>| at.and_then(|at| Some(rows.get(at)?.place.clone()));
        match flaw {
            Flaw::Gap {
                stretch,
                before,
                after,
            } => {
                let values = values(stretch, frame);
                let message = say!(
                    "`{id}`: nessuna fascia comprende {values}{with}",
                    "`{id}`: no band holds {values}{with}";
                    values = values, with = with
                );
                let own = self.entry.key_place.clone();
                let fault = Diagnostic::error(Code::BandGap, message)
                    .at(place(after).or_else(|| place(before)).unwrap_or(own))
                    .help(say!(
                        "aggiungere una fascia per quei valori, o spostare un estremo",
                        "add a band for those values, or move an end"
                    ));
                match (place(before), after) {
                    (Some(before), Some(_)) => {
                        fault.related(before, say!("la fascia prima", "the band before"))
                    }
                    _ => fault,
                }
            }
            Flaw::Overlap {
                stretch,
                first,
                second,
            } => {
                let values = values(stretch, frame);
                let message = say!(
                    "`{id}`: due fasce comprendono {values}{with}",
                    "`{id}`: two bands hold {values}{with}";
                    values = values, with = with
                );
                let fault = Diagnostic::error(Code::BandOverlap, message)
                    .at_maybe(place(&Some(*second)))
                    .help(say!(
                        "far cominciare una fascia dove finisce l'altra: `above` esclude l'estremo, `from` lo comprende",
                        "let one band start where the other ends: `above` leaves the end out, `from` takes it in"
                    ));
                match place(&Some(*first)) {
                    Some(first) => fault.related(first, say!("l'altra fascia", "the other band")),
                    None => fault,
                }
            }
            Flaw::Never(at) => Diagnostic::error(
                Code::InvalidRule,
                say!(
                    "`{id}`: la fascia non comprende nessun valore e non si applica mai",
                    "`{id}`: the band holds no value and never applies"
                ),
            )
            .at_maybe(place(&Some(*at)))
            .help(say!(
                "correggere gli estremi, o togliere la fascia",
                "correct the ends, or remove the band"
            )),
        }
    }

    /// Says of which rows a fault speaks, where another column decides as well.
    fn with(&self, side: Option<&Scalar>) -> Text {
        let by = self.entry.node.get("by").and_then(Node::as_text);
        let by = by.unwrap_or_default();
        match side {
            Some(Scalar::Bool(true)) => say!(" quando `{by}` è sì", " when `{by}` is yes"),
            Some(Scalar::Bool(false)) => say!(" quando `{by}` è no", " when `{by}` is no"),
            Some(Scalar::Text(word)) => {
                say!(" quando `{by}` è `{word}`", " when `{by}` is `{word}`")
            }
            _ => Text::same(""),
        }
    }
}

/// Says which values a stretch holds.
fn values(stretch: &Stretch, frame: &Frame) -> Text {
    let (grid, unit) = (&frame.grid, &frame.of);
    let first = quantity(&grid.value(&stretch.first), unit);
    match &stretch.last {
        None => say!("i valori da {first} in su", "the values from {first} up"; first = first),
        Some(last) if *last == stretch.first => {
            say!("il valore {first}", "the value {first}"; first = first)
        }
        Some(last) => {
            let last = quantity(&grid.value(last), unit);
            say!("i valori da {first} a {last}", "the values from {first} to {last}"; first = first, last = last)
        }
    }
}
