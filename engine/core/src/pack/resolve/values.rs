//! Parameters, funds and shares: what a measure knows before any formula.

use std::collections::BTreeMap;

use super::blocks::{Acts, date, euro, label, malformed, members, percentage, refuse};
use super::typing::type_text;
use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::model::{ColumnType, Unit};
use crate::num::{Cents, Ratio};
use crate::pack::nearest;
use crate::pack::raw::{self, Entry, Node, ParamType, Value};
use crate::rules::{Fund, Param, Reserved, Scalar, Share, Type};
use crate::say;
use crate::time::{RomeTime, local};

/// Reads the parameters of a file into `params`; gives the names of the faulty ones.
pub fn params(
    file: &Node,
    acts: &Acts,
    params: &mut BTreeMap<String, Param>,
    faults: &mut Diagnostics,
) -> Vec<String> {
    let mut broken = Vec::new();
    for (entry, raw) in members::<raw::Param>(file, "param") {
        let source = acts.source(entry, faults);
        let kind = raw.as_ref().map(|raw| raw.kind);
        let value = entry
            .node
            .get("value")
            .and_then(|node| Some((node, value(node, kind.unwrap_or_default(), faults)?)));
        let (Some(raw), Some((node, value))) = (raw, value) else {
            broken.push(entry.key.clone());
            continue;
        };
        // Only a percentage counts nothing: a number that an act will set says which of the two.
        let (value, percent) = match value {
            Some((value, percent)) => (Some(value), percent),
            None => (None, raw.kind == ParamType::Number && raw.unit.is_none()),
        };
        match raw.kind {
            ParamType::Number => check_unit(entry, node, percent, raw.unit.as_deref(), faults),
            ParamType::Date | ParamType::Moment => check_no_unit(entry, faults),
        }
        let kind = match raw.kind {
            ParamType::Number => Type::Number,
            ParamType::Date => Type::Date,
            ParamType::Moment => Type::Moment,
        };
        let unit = raw.unit.as_deref().map(unit).unwrap_or_default();
        if let (true, Some(Scalar::Number(number))) = (unit == Unit::euro(), &value)
            && Cents::from_ratio(number).is_none()
        {
            faults.push(not_in_cents(node));
            broken.push(entry.key.clone());
            continue;
        }
        let label = label(&raw.label, raw.label_en.as_deref());
        let id = entry.key.clone();
        params.insert(
            id.clone(),
            Param {
                id,
                label,
                kind,
                value,
                percent,
                unit,
                source,
            },
        );
    }
    broken
}

fn not_in_cents(node: &Node) -> Diagnostic {
    let text = node.as_text().unwrap_or_default();
    let message = say!(
        "`{text}` non è un importo in euro: ha più di due decimali",
        "`{text}` is not an amount in euro: it has more than two decimals"
    );
    refuse(Code::MalformedValue, node, message).help(say!(
        "scrivere l'importo in euro e centesimi: `\"10000.00\"`",
        "write the amount in euro and cents: `\"10000.00\"`"
    ))
}

/// Reads a value, and whether it is a percentage; an inner none is one that no act sets yet.
fn value(node: &Node, kind: ParamType, faults: &mut Diagnostics) -> Option<Option<(Scalar, bool)>> {
    if node.as_text() == Some("unknown") {
        return Some(None);
    }
    let read = match kind {
        ParamType::Number => {
            let (number, percent) = number(node, faults)?;
            (Scalar::Number(number), percent)
        }
        ParamType::Date => (Scalar::Date(date(node, faults)?), false),
        ParamType::Moment => (Scalar::Moment(instant(node, faults)?), false),
    };
    Some(Some(read))
}

/// Reads a day with its time; a day alone is not one.
fn instant(node: &Node, faults: &mut Diagnostics) -> Option<RomeTime> {
    let text = node.as_text()?;
    let read = local(text, None);
    read.map_err(|fault| faults.push(fault.diagnostic(text).at(node.place.clone())))
        .ok()
}

/// Says that a parameter is needed here before an act sets it.
pub fn needed_now(param: &Param, node: &Node) -> Diagnostic {
    let id = &param.id;
    let message = say!(
        "il valore del parametro `{id}` non è noto, e qui serve",
        "the value of the parameter `{id}` is not known, and it is needed here"
    );
    refuse(Code::MissingDatum, node, message).help(say!(
        "darlo per questa esecuzione, `--set {id}=…`, o scrivere qui un valore",
        "give it for this run, `--set {id}=…`, or write a value here"
    ))
}

/// Reads a number, and whether it is a percentage, which comes as a fraction of one.
pub fn number(node: &Node, faults: &mut Diagnostics) -> Option<(Ratio, bool)> {
    let text = node.as_text()?;
    if let Some(fault) = ambiguous(text) {
        faults.push(fault.at(node.place.clone()));
        return None;
    }
    let read = match percentage(text) {
        Some(fraction) => Some((fraction, true)),
        None => Ratio::parse_decimal(text)
            .ok()
            .map(|number| (number, false)),
    };
    if read.is_none() {
        let fault = malformed(
            node,
            say!(
                "`{text}` non è né un numero né una percentuale",
                "`{text}` is neither a number nor a percentage"
            ),
        );
        faults.push(fault.help(say!(
            "scrivere `\"95%\"`, `\"1000.50\"`, `\"20355\"`: punto decimale, nessun separatore",
            "write `\"95%\"`, `\"1000.50\"`, `\"20355\"`: decimal point, no grouping"
        )));
    }
    read
}

/// In Italian `1.200` is twelve hundred: a point before three digits is not taken for decimals.
fn ambiguous(text: &str) -> Option<Diagnostic> {
    let (whole, decimals) = text.split_once('.')?;
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let one_group =
        (1..=3).contains(&whole.len()) && !whole.starts_with('0') && decimals.len() == 3;
    if !one_group || !digits(whole) || !digits(decimals) {
        return None;
    }
    let fault = Diagnostic::error(
        Code::AmbiguousNumber,
        say!(
            "`{text}` si può leggere in due modi: {whole}{decimals}, se il punto separa le migliaia, o {whole},{decimals}, se separa i decimali",
            "`{text}` can be read in two ways: {whole}{decimals}, if the point groups thousands, or {whole}.{decimals}, if it stands before decimals"
        ),
    );
    Some(fault.help(say!(
        "scrivere `\"{whole}{decimals}\"` nel primo caso, `\"{whole}.{decimals}0\"` nel secondo",
        "write `\"{whole}{decimals}\"` in the first case, `\"{whole}.{decimals}0\"` in the second"
    )))
}

fn check_unit(
    entry: &Entry,
    value: &Node,
    percent: bool,
    written: Option<&str>,
    faults: &mut Diagnostics,
) {
    let id = &entry.key;
    let fault = match (percent, written) {
        (true, Some(unit)) => Diagnostic::error(
            Code::UnitMismatch,
            say!(
                "`{id}` è una percentuale e non può contare `{unit}`",
                "`{id}` is a percentage and cannot count `{unit}`"
            ),
        )
        .help(say!(
            "togliere `unit`, oppure il segno `%`",
            "remove `unit`, or the `%` sign"
        )),
        (false, None) => Diagnostic::error(
            Code::MissingKey,
            say!(
                "`{id}` non dice che cosa conta",
                "`{id}` does not say what it counts"
            ),
        )
        .help(say!(
            "aggiungere `unit = \"euro\"`, `\"bambini\"`…, oppure `\"1\"` per un numero puro",
            "add `unit = \"euro\"`, `\"bambini\"`…, or `\"1\"` for a pure number"
        )),
        _ => return,
    };
    faults.push(fault.at(value.place.clone()));
}

/// A day counts nothing, and an instant neither.
fn check_no_unit(entry: &Entry, faults: &mut Diagnostics) {
    let Some(unit) = entry.node.get("unit") else {
        return;
    };
    let id = &entry.key;
    let message = say!(
        "`{id}` è un momento e non conta nulla",
        "`{id}` is a time and counts nothing"
    );
    let fault = refuse(Code::UnitMismatch, unit, message);
    faults.push(fault.help(say!("togliere `unit`", "remove `unit`")));
}

/// Gives what the numbers of a column count: money is in euro without saying so.
pub fn unit_of(kind: ColumnType, written: Option<&str>) -> Unit {
    match kind {
        ColumnType::Euro => Unit::euro(),
        _ => written.map(unit).unwrap_or_default(),
    }
}

/// Gives the unit that a rule file names, `bambini·giorni` a product; `1` is a pure number.
pub fn unit(name: &str) -> Unit {
    let factors = name.split('·').map(str::trim).filter(|name| *name != "1");
    factors.fold(Unit::none(), |product, name| {
        product.times(&Unit::named(name))
    })
}

/// Reads the funds of a measure; gives also the names of the faulty ones.
pub fn funds(
    file: &Node,
    acts: &Acts,
    params: &BTreeMap<String, Param>,
    faults: &mut Diagnostics,
) -> (Vec<Fund>, Vec<String>) {
    let (mut funds, mut broken) = (Vec::new(), Vec::new());
    for (entry, raw) in members::<raw::Fund>(file, "fund") {
        let source = acts.source(entry, faults);
        let amount = entry
            .node
            .get("amount")
            .and_then(|node| fund_amount(node, faults));
        let interval = entry
            .node
            .get("interval")
            .and_then(|node| interval(node, faults));
        let reserved = reserved(&entry.node, acts, params, faults);
        let (Some(raw), Some(amount)) = (raw, amount) else {
            broken.push(entry.key.clone());
            continue;
        };
        if let (Some(amount), Some((low, high))) = (amount, interval)
            && !(low..=high).contains(&amount)
        {
            let node = entry.node.find(&["amount"]);
            let message = say!(
                "`{amount}` è fuori dall'intervallo `{low}`–`{high}` compatibile con le fonti",
                "`{amount}` is outside `{low}`–`{high}`, which agrees with the sources"
            );
            let fault = refuse(Code::InvalidRule, node, message);
            faults.push(fault.help(say!(
                "correggere `amount` o `interval`",
                "correct `amount` or `interval`"
            )));
        }
        funds.push(Fund {
            id: entry.key.clone(),
            label: label(&raw.label, raw.label_en.as_deref()),
            amount,
            published: raw.published,
            interval,
            reserved,
            source,
        });
    }
    (funds, broken)
}

/// An inner none is a fund whose amount is not known yet.
fn fund_amount(node: &Node, faults: &mut Diagnostics) -> Option<Option<Cents>> {
    if node.as_text() == Some("unknown") {
        Some(None)
    } else {
        euro(node, faults).map(Some)
    }
}

fn interval(node: &Node, faults: &mut Diagnostics) -> Option<(Cents, Cents)> {
    let Value::List(ends) = &node.value else {
        return None;
    };
    let [low, high] = ends.as_slice() else {
        return None;
    };
    let (low, high) = (euro(low, faults), euro(high, faults));
    Some((low?, high?))
}

fn reserved(
    fund: &Node,
    acts: &Acts,
    params: &BTreeMap<String, Param>,
    faults: &mut Diagnostics,
) -> Vec<Reserved> {
    let Some(Value::List(items)) = fund.get("reserved").map(|list| &list.value) else {
        return Vec::new();
    };
    let read = items.iter().filter_map(|item| {
        let entry = Entry {
            key: "reserved".to_owned(),
            key_place: item.place.clone(),
            node: item.clone(),
        };
        let source = acts.source(&entry, faults);
        let share = item
            .get("share")
            .and_then(|node| share(node, params, &[], faults));
        let text = |key| item.get(key).and_then(Node::as_text);
        Some(Reserved {
            share: share?,
            to: label(text("to")?, text("to_en")),
            source,
        })
    });
    read.collect()
}

/// Reads a share: a percentage in place, or the name of a parameter that is one.
///
/// # Shape
/// `broken` are parameters whose declaration is faulty; naming one is no second fault.
pub fn share(
    node: &Node,
    params: &BTreeMap<String, Param>,
    broken: &[String],
    faults: &mut Diagnostics,
) -> Option<Share> {
    let text = node.as_text()?;
    if let Some(fraction) = percentage(text) {
        return Some(Share {
            param: None,
            fraction,
        });
    }
    if let Some(param) = params.get(text) {
        if let Some(fraction) = param.number().filter(|_| param.percent) {
            return Some(Share {
                param: Some(text.to_owned()),
                fraction: fraction.clone(),
            });
        }
        if param.percent {
            faults.push(needed_now(param, node));
            return None;
        }
        if param.kind != Type::Number {
            let message = say!(
                "una quota è una percentuale, ma `{text}` è {kind}",
                "a share is a percentage, but `{text}` is {kind}";
                kind = type_text(param.kind)
            );
            faults.push(refuse(Code::TypeMismatch, node, message).help(name_a_percentage()));
            return None;
        }
        let unit = &param.unit;
        let message = say!(
            "una quota è una percentuale, ma `{text}` conta `{unit}`",
            "a share is a percentage, but `{text}` counts `{unit}`"
        );
        let fault = refuse(Code::UnitMismatch, node, message);
        faults.push(fault.help(name_a_percentage()));
        return None;
    }
    if broken.iter().any(|name| name == text) {
        return None;
    }
    let fault = Diagnostic::error(
        Code::UnknownName,
        say!(
            "`{text}` non è né una percentuale né un parametro",
            "`{text}` is neither a percentage nor a parameter"
        ),
    );
    let help = nearest(text, params.keys().map(String::as_str)).unwrap_or_else(|| {
        say!(
            "una percentuale si scrive `\"95%\"`",
            "a percentage is `\"95%\"`"
        )
    });
    faults.push(fault.at(node.place.clone()).help(help));
    None
}

fn name_a_percentage() -> Text {
    say!(
        "nominare un parametro che sia una percentuale, o scrivere `\"95%\"`",
        "name a parameter that is a percentage, or write `\"95%\"`"
    )
}
