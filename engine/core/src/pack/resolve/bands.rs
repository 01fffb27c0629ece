//! Decision tables: each row read with its act, then all of them judged together.

use std::collections::BTreeMap;

use super::blocks::{label, malformed, members, refuse};
use super::coverage::{Flaw, Grid, Stretch};
use super::formulas::Context;
use super::typing::{Expected, formula};
use super::values::{number, unit_of};
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Text};
use crate::model::{ColumnType, Unit};
use crate::num::{Cents, Ratio};
use crate::pack::nearest;
use crate::pack::raw::{self, Entry, Node, Value};
use crate::rules::{
    Band, BandRow, Derive, End, Expr, Formula, Interval, Param, Reference, Scalar, Source, Type,
    Typed, quantity,
};
use crate::say;

impl Context<'_> {
    /// Reads the decision tables, in the order written; `params` hold the values of this run.
    pub fn bands(
        &self,
        file: &Node,
        params: &BTreeMap<String, Param>,
        faults: &mut Diagnostics,
    ) -> Vec<Derive> {
        let all = members::<raw::Band>(file, "band");
        all.into_iter()
            .filter_map(|(entry, raw)| {
                let mut reader = Reader {
                    context: self,
                    params,
                    entry,
                    faults,
                };
                reader.band(raw?)
            })
            .collect()
    }
}

struct Reader<'r> {
    context: &'r Context<'r>,
    params: &'r BTreeMap<String, Param>,
    entry: &'r Entry,
    faults: &'r mut Diagnostics,
}

/// What the rows of a table are read against.
struct Frame {
    kind: ColumnType,
    unit: Unit,
    of: Unit,
    by: Option<Type>,
    source: Option<Source>,
    grid: Grid,
}

impl Reader<'_> {
    fn band(&mut self, raw: raw::Band) -> Option<Derive> {
        let (entry, names) = (self.entry, self.context.names);
        let context = self.context;
        context.existing_table(entry, "table", &raw.table, self.faults)?;
        let node = |key: &str| entry.node.find(&[key]);
        let row = Some(raw.table.as_str());
        let kind = self.kind(raw.kind);
        let of = formula(node("of"), names, row, &Expected::Number, self.faults);
        let by = self.by(row);
        let of = of?;
        let grid = self.grid(&of, &raw)?;
        let unit = unit_of(raw.kind, raw.unit.as_deref());
        let frame = Frame {
            kind: kind?,
            unit: unit.clone(),
            of: of.unit.clone().unwrap_or_default(),
            by: by.as_ref()?.as_ref().map(|by| by.kind),
            source: self.source(),
            grid,
        };
        let rows = self.rows(&frame)?;
        self.judge(&frame, &rows);
        let source = frame
            .source
            .or_else(|| Some(rows.first()?.source.clone()))?;
        Some(Derive {
            id: entry.key.clone(),
            label: label(&raw.label, raw.label_en.as_deref()),
            table: raw.table,
            kind: raw.kind,
            unit,
            formula: Formula::Band(Band { of, by: by?, rows }),
            source,
            place: entry.key_place.clone(),
        })
    }

    fn refuse(&mut self, code: Code, place: &Place, message: Text, help: Text) {
        let fault = Diagnostic::error(code, message);
        self.faults.push(fault.at(place.clone()).help(help));
    }

    fn kind(&mut self, kind: ColumnType) -> Option<ColumnType> {
        use ColumnType::{Decimal, Euro, Integer, Text};
        if let Text | Integer | Decimal | Euro = kind {
            return Some(kind);
        }
        let name = kind.name();
        let place = self.entry.node.find(&["type"]).place.clone();
        self.refuse(
            Code::TypeMismatch,
            &place,
            say!(
                "le fasce danno numeri o parole, non `{name}`",
                "bands give numbers or words, not `{name}`"
            ),
            say!(
                "scrivere `text`, `integer`, `decimal` o `euro`",
                "write `text`, `integer`, `decimal` or `euro`"
            ),
        );
        None
    }

    /// An outer none is a faulty column, an inner none that no other column decides.
    fn by(&mut self, row: Option<&str>) -> Option<Option<Typed>> {
        let Some(node) = self.entry.node.get("by") else {
            return Some(None);
        };
        let by = formula(node, self.context.names, row, &Expected::Any, self.faults)?;
        let column = matches!(
            by.expr,
            Expr::Reference(Reference::Column(_) | Reference::Derived(_))
        );
        if column && matches!(by.kind, Type::Bool | Type::Text) {
            return Some(Some(by));
        }
        let text = &by.text;
        self.refuse(
            Code::TypeMismatch,
            &node.place,
            say!(
                "`{text}` non è una colonna sì/no o di testo",
                "`{text}` is not a yes-or-no or text column"
            ),
            say!(
                "nominare una colonna di tipo `bool` o `text`",
                "name a column of type `bool` or `text`"
            ),
        );
        None
    }

    fn grid(&mut self, of: &Typed, raw: &raw::Band) -> Option<Grid> {
        let least = match self.entry.node.get("least") {
            Some(node) => number(node, self.faults)?.0,
            None => Ratio::zero(),
        };
        let step = match self.entry.node.get("step") {
            Some(node) => {
                let (step, _) = number(node, self.faults)?;
                if step <= Ratio::zero() {
                    let message =
                        say!("il passo non è sopra lo zero", "the step is not above zero");
                    let fault = malformed(node, message);
                    self.faults.push(fault.help(say!(
                        "scrivere la differenza più piccola fra due valori: `\"0.01\"`",
                        "write the finest difference between two values: `\"0.01\"`"
                    )));
                    return None;
                }
                step
            }
            None => match self.usual_step(of, &raw.table) {
                Some(step) => step,
                None => {
                    self.no_step(&raw.of);
                    return None;
                }
            },
        };
        Some(Grid { least, step })
    }

    /// Euro go by the cent, whole numbers by one; of other numbers the table must say it.
    fn usual_step(&self, of: &Typed, table: &str) -> Option<Ratio> {
        if of.unit == Some(Unit::euro()) {
            return Ratio::new(1, 100);
        }
        let names = self.context.names;
        let kind = match &of.expr {
            Expr::Reference(Reference::Column(name)) => names.table(table)?.column(name)?.kind,
            Expr::Reference(Reference::Derived(name)) => names.derives.get(name)?.1,
            _ => return None,
        };
        (kind == ColumnType::Integer).then(Ratio::one)
    }

    fn no_step(&mut self, of: &str) {
        let id = &self.entry.key;
        self.refuse(
            Code::MissingKey,
            &self.entry.key_place,
            say!(
                "`{id}` non dice di quanto possono differire due valori di `{of}`",
                "`{id}` does not say by how much two values of `{of}` can differ"
            ),
            say!(
                "aggiungere `step = \"0.01\"`, o la differenza più piccola che può esserci",
                "add `step = \"0.01\"`, or the finest difference that there can be"
            ),
        );
    }

    /// What stands behind the rows that do not say it themselves.
    fn source(&mut self) -> Option<Source> {
        let said = ["act", "assumption"].map(|key| self.entry.node.get(key).is_some());
        said.contains(&true)
            .then(|| self.context.acts.source(self.entry, self.faults))
    }

    fn rows(&mut self, frame: &Frame) -> Option<Vec<BandRow>> {
        let Some(Value::List(items)) = self.entry.node.get("rows").map(|rows| &rows.value) else {
            return None;
        };
        let rows: Vec<_> = items.iter().map(|item| self.row(item, frame)).collect();
        rows.into_iter().collect()
    }

    fn row(&mut self, item: &Node, frame: &Frame) -> Option<BandRow> {
        let raw: raw::BandRow = item.decode()?;
        let said = item.get("act").is_some() || item.get("assumption").is_some();
        let source = match frame.source.as_ref().filter(|_| !said) {
            Some(source) => source.clone(),
            None => self.context.acts.source(
                &Entry {
                    key: self.entry.key.clone(),
                    key_place: item.place.clone(),
                    node: item.clone(),
                },
                self.faults,
            ),
        };
        let low = self.end(item, ["from", "above"], frame);
        let high = self.end(item, ["up_to", "below"], frame);
        let is = self.side(item, raw.is, frame);
        let value = self.value(item.get("value")?, frame);
        let mut interval = Interval {
            low: low?,
            high: high?,
        };
        let label = match &raw.label {
            Some(it) => label(it, raw.label_en.as_deref()),
            None => interval.said(&frame.of),
        };
        // What is below the least value is in no band.
        interval.low.get_or_insert_with(|| End {
            value: frame.grid.least.clone(),
            included: true,
        });
        Some(BandRow {
            label,
            interval,
            is: is?,
            value: value?,
            source,
            place: item.place.clone(),
        })
    }

    /// Reads an end, under the key that includes it or the one that does not: an outer none is a
    /// faulty end, an inner none an open one.
    fn end(
        &mut self,
        item: &Node,
        [inside, outside]: [&str; 2],
        frame: &Frame,
    ) -> Option<Option<End>> {
        let (node, included) = match (item.get(inside), item.get(outside)) {
            (None, None) => return Some(None),
            (Some(node), None) => (node, true),
            (None, Some(node)) => (node, false),
            (Some(_), Some(second)) => {
                self.refuse(
                    Code::InvalidRule,
                    &second.place,
                    say!(
                        "la fascia ha sia `{inside}` sia `{outside}`",
                        "the band has both `{inside}` and `{outside}`"
                    ),
                    say!(
                        "tenere `{inside}` se l'estremo è compreso, `{outside}` se non lo è",
                        "keep `{inside}` if the end is inside, `{outside}` if it is not"
                    ),
                );
                return None;
            }
        };
        let value = self.limit(node, frame)?;
        Some(Some(End { value, included }))
    }

    /// Reads a number written in place, or the parameter that says it.
    fn limit(&mut self, node: &Node, frame: &Frame) -> Option<Ratio> {
        let text = node.as_text()?;
        if !text.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return number(node, self.faults).map(|(number, _)| number);
        }
        let Some(param) = self.params.get(text) else {
            if self.context.names.broken.contains(text) {
                return None;
            }
            let message = say!(
                "`{text}` non è né un numero né un parametro",
                "`{text}` is neither a number nor a parameter"
            );
            let help = nearest(text, self.params.keys().map(String::as_str)).unwrap_or_else(|| {
                say!(
                    "scrivere un numero, `\"10000.00\"`, o il nome di un parametro",
                    "write a number, `\"10000.00\"`, or the name of a parameter"
                )
            });
            let fault = refuse(Code::UnknownName, node, message);
            self.faults.push(fault.help(help));
            return None;
        };
        if param.unit != frame.of {
            let (unit, of) = (&param.unit, &frame.of);
            self.refuse(
                Code::UnitMismatch,
                &node.place,
                say!(
                    "`{text}` conta `{unit}`, ma le fasce sono di `{of}`",
                    "`{text}` counts `{unit}`, but the bands are of `{of}`"
                ),
                say!(
                    "nominare un parametro che conta `{of}`",
                    "name a parameter that counts `{of}`"
                ),
            );
            return None;
        }
        param.number().cloned()
    }

    /// An outer none is a faulty word, an inner none that no other column decides.
    fn side(
        &mut self,
        item: &Node,
        is: Option<raw::Side>,
        frame: &Frame,
    ) -> Option<Option<Scalar>> {
        let (message, help) = match (frame.by, is) {
            (None, None) => return Some(None),
            (Some(Type::Bool), Some(raw::Side::Flag(flag))) => {
                return Some(Some(Scalar::Bool(flag)));
            }
            (Some(Type::Text), Some(raw::Side::Word(word))) => {
                return Some(Some(Scalar::Text(word)));
            }
            (None, Some(_)) => (
                say!(
                    "la fascia ha `is`, ma nessuna colonna decide con `by`",
                    "the band has `is`, but no column decides with `by`"
                ),
                say!(
                    "togliere `is`, o aggiungere `by`",
                    "remove `is`, or add `by`"
                ),
            ),
            (Some(Type::Bool), _) => (
                say!(
                    "la fascia non dice per quale lato di `by` vale",
                    "the band does not say which side of `by` it is for"
                ),
                say!(
                    "aggiungere `is = true` o `is = false`",
                    "add `is = true` or `is = false`"
                ),
            ),
            (Some(_), _) => (
                say!(
                    "la fascia non dice per quale parola di `by` vale",
                    "the band does not say which word of `by` it is for"
                ),
                say!("aggiungere `is = \"…\"`", "add `is = \"…\"`"),
            ),
        };
        let place = item.get("is").map_or(&item.place, |is| &is.place).clone();
        self.refuse(Code::InvalidRule, &place, message, help);
        None
    }

    fn value(&mut self, node: &Node, frame: &Frame) -> Option<Scalar> {
        if frame.kind == ColumnType::Text {
            return node.as_text().map(|word| Scalar::Text(word.to_owned()));
        }
        let (value, percent) = number(node, self.faults)?;
        let fits = match frame.kind {
            ColumnType::Integer => value.is_whole() && !percent,
            ColumnType::Euro => Cents::from_ratio(&value).is_some() && !percent,
            _ => !percent || frame.unit.is_none(),
        };
        if fits {
            return Some(Scalar::Number(value));
        }
        let (text, kind) = (node.as_text().unwrap_or_default(), frame.kind.name());
        let fault = malformed(
            node,
            say!(
                "`{text}` non è un valore di tipo `{kind}`",
                "`{text}` is not a value of type `{kind}`"
            ),
        );
        self.faults.push(fault.help(say!(
            "correggere il valore, o il `type` delle fasce",
            "correct the value, or the `type` of the bands"
        )));
        None
    }

    /// Finds gaps and overlaps, for each value of the other column on its own.
    fn judge(&mut self, frame: &Frame, rows: &[BandRow]) {
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
