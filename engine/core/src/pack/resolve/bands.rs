//! Decision tables: each row read with its act, then all of them judged together.

mod flaws;

use std::collections::BTreeMap;

use super::blocks::{label, malformed, members, refuse};
use super::coverage::Grid;
use super::formulas::Context;
use super::typing::{Expected, formula, type_text};
use super::values::{needed_now, number, unit_of};
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Text};
use crate::model::{ColumnType, Unit};
use crate::num::{Cents, Ratio};
use crate::pack::nearest;
use crate::pack::raw::{self, Entry, Node, Value};
use crate::rules::{
    Band, BandRow, Derive, End, Expr, Formula, Interval, Param, Reference, Scalar, Source, Type,
    Typed,
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

impl<'r> Reader<'r> {
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
        let params = self.params_of(item, frame);
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
            params,
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

    /// Gives the parameters that a row names.
    fn params_of(&self, item: &Node, frame: &Frame) -> Vec<String> {
        let value = (frame.kind != ColumnType::Text).then_some("value");
        let keys = ["from", "above", "up_to", "below"].into_iter().chain(value);
        let named = keys.filter_map(|key| item.get(key)?.as_text());
        named
            .filter(|text| self.params.contains_key(*text))
            .map(str::to_owned)
            .collect()
    }

    /// Reads where a band starts or ends, which is known before any datum is.
    fn limit(&mut self, node: &Node, frame: &Frame) -> Option<Ratio> {
        let Some(param) = self.param(node, &frame.of)? else {
            return number(node, self.faults).map(|(number, _)| number);
        };
        if param.value.is_none() {
            self.faults.push(needed_now(param, node));
        }
        param.number().cloned()
    }

    /// Finds the parameter that says a number; an outer none is a faulty name, an inner none a
    /// number written in place.
    fn param(&mut self, node: &Node, counts: &Unit) -> Option<Option<&'r Param>> {
        let text = node.as_text()?;
        if !text.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return Some(None);
        }
        let params = self.params;
        let Some(param) = params.get(text) else {
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
        if param.kind != Type::Number {
            self.refuse(
                Code::TypeMismatch,
                &node.place,
                say!(
                    "`{text}` è {kind}, e qui serve un numero",
                    "`{text}` is {kind}, and a number is needed here";
                    kind = type_text(param.kind)
                ),
                say!(
                    "nominare un parametro che sia un numero",
                    "name a parameter that is a number"
                ),
            );
            return None;
        }
        if param.unit != *counts {
            let unit = &param.unit;
            self.refuse(
                Code::UnitMismatch,
                &node.place,
                say!(
                    "`{text}` conta `{unit}`, ma qui servono `{counts}`",
                    "`{text}` counts `{unit}`, but `{counts}` are needed here"
                ),
                say!(
                    "nominare un parametro che conta `{counts}`",
                    "name a parameter that counts `{counts}`"
                ),
            );
            return None;
        }
        Some(Some(param))
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

    /// Reads what holds in a band: a parameter that no act sets yet is one too.
    fn value(&mut self, node: &Node, frame: &Frame) -> Option<Expr> {
        if frame.kind == ColumnType::Text {
            let word = node.as_text()?.to_owned();
            return Some(Expr::Constant(Scalar::Text(word)));
        }
        let (value, percent, said) = match self.param(node, &frame.unit)? {
            Some(param) => {
                let said = Expr::Reference(Reference::Param(param.id.clone()));
                match param.number() {
                    Some(number) => (number.clone(), param.percent, said),
                    None => return Some(said),
                }
            }
            None => {
                let (number, percent) = number(node, self.faults)?;
                (
                    number.clone(),
                    percent,
                    Expr::Constant(Scalar::Number(number)),
                )
            }
        };
        let fits = match frame.kind {
            ColumnType::Integer => value.is_whole() && !percent,
            ColumnType::Euro => Cents::from_ratio(&value).is_some() && !percent,
            _ => !percent || frame.unit.is_none(),
        };
        if fits {
            return Some(said);
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
}
