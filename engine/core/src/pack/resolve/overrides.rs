//! Values given for one run: `--set quota_comuni=90%`, `--fund stato=14630769.47`.

use std::collections::BTreeMap;

use super::blocks::percentage;
use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::model::Unit;
use crate::num::{Cents, Ratio};
use crate::pack::nearest;
use crate::pack::raw::Node;
use crate::pack::read::RawMeasure;
use crate::rules::{Fund, Param, Scalar, Source, Type};
use crate::say;
use crate::time::{day, local};

/// Values that take the place of the pack's for one run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    /// Parameters by name.
    pub params: BTreeMap<String, String>,
    /// Amounts of funds by name, in euro.
    pub funds: BTreeMap<String, String>,
}

impl Overrides {
    /// Puts the parameters in place; takes those it used out of `unused`.
    pub fn apply_to_params(
        &self,
        params: &mut BTreeMap<String, Param>,
        unused: &mut Self,
    ) -> Diagnostics {
        let mut faults = Diagnostics::new();
        for (id, text) in &self.params {
            let Some(param) = params.get_mut(id) else {
                continue;
            };
            unused.params.remove(id);
            let value = match (param.kind, percentage(text)) {
                (Type::Date, _) => day(text).map(Scalar::Date),
                (Type::Moment, _) => local(text, None).ok().map(Scalar::Moment),
                (_, fraction) if param.percent => fraction.map(Scalar::Number),
                (_, Some(_)) => None,
                (_, None) => Ratio::parse_decimal(text).ok().map(Scalar::Number),
            };
            match value {
                Some(value) if !is_amount(param, &value) => faults.push(no_amount(param, text)),
                Some(value) => {
                    param.value = Some(value);
                    param.source = Source::given();
                }
                None => faults.push(unreadable_param(param, text)),
            }
        }
        faults
    }

    /// Puts the amounts in place; takes those it used out of `unused`.
    pub fn apply_to_funds(&self, funds: &mut [Fund], unused: &mut Self) -> Diagnostics {
        let mut faults = Diagnostics::new();
        for (id, text) in &self.funds {
            let Some(fund) = funds.iter_mut().find(|fund| fund.id == *id) else {
                continue;
            };
            unused.funds.remove(id);
            match Cents::parse(text)
                .ok()
                .filter(|amount| *amount >= Cents::ZERO)
            {
                Some(amount) => {
                    fund.amount = Some(amount);
                    fund.source = Source::given();
                    // What was published is of another amount.
                    fund.published = None;
                    fund.interval = None;
                }
                None => faults.push(unreadable_fund(id, text)),
            }
        }
        faults
    }

    /// Refuses the names that no measure has.
    pub fn refuse_unknown(
        &self,
        shared: &BTreeMap<String, Param>,
        measures: &BTreeMap<String, RawMeasure>,
    ) -> Diagnostics {
        let names = |block: &'static str| {
            measures.values().flat_map(move |measure| {
                measure
                    .node
                    .get(block)
                    .map(Node::entries)
                    .unwrap_or_default()
            })
        };
        let mut params: Vec<&str> = names("param").map(|entry| entry.key.as_str()).collect();
        params.extend(shared.keys().map(String::as_str));
        let funds: Vec<&str> = names("fund").map(|entry| entry.key.as_str()).collect();
        let mut faults = Diagnostics::new();
        for id in self.params.keys().filter(|id| !params.contains(&&***id)) {
            let message = say!(
                "non c'è un parametro `{id}` (`--set`)",
                "there is no parameter `{id}` (`--set`)"
            );
            let help = nearest(id, params.iter().copied()).unwrap_or_else(|| there_are(&params));
            faults.push(Diagnostic::error(Code::UnknownName, message).help(help));
        }
        for id in self.funds.keys().filter(|id| !funds.contains(&&***id)) {
            let message = say!(
                "non c'è un fondo `{id}` (`--fund`)",
                "there is no fund `{id}` (`--fund`)"
            );
            let help = nearest(id, funds.iter().copied()).unwrap_or_else(|| there_are(&funds));
            faults.push(Diagnostic::error(Code::UnknownName, message).help(help));
        }
        faults
    }
}

fn there_are(names: &[&str]) -> Text {
    let list: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let list = list.join(", ");
    match list.as_str() {
        "" => say!(
            "il pacchetto non ne ha: togliere l'argomento",
            "the pack has none: drop the argument"
        ),
        _ => say!("ci sono: {list}", "there are: {list}"),
    }
}

/// Tells whether a value can stand for a parameter that counts euro: whole cents, and below zero
/// only where the pack's own value is.
fn is_amount(param: &Param, value: &Scalar) -> bool {
    let Scalar::Number(number) = value else {
        return true;
    };
    let below_zero = param.number().is_some_and(Ratio::is_negative);
    param.unit != Unit::euro()
        || Cents::from_ratio(number).is_some() && (below_zero || !number.is_negative())
}

fn no_amount(param: &Param, text: &str) -> Diagnostic {
    let id = &param.id;
    Diagnostic::error(
        Code::BadArgument,
        say!(
            "`--set {id}={text}` non è un importo in euro",
            "`--set {id}={text}` is not an amount in euro"
        ),
    )
    .help(say!(
        "dare un importo non negativo, con due decimali al più: `--set {id}=1000.50`",
        "give an amount that is not below zero, with two decimals at most: `--set {id}=1000.50`"
    ))
}

fn unreadable_param(param: &Param, text: &str) -> Diagnostic {
    let id = &param.id;
    let fault = Diagnostic::error(
        Code::BadArgument,
        say!(
            "`--set {id}={text}` non si legge",
            "`--set {id}={text}` cannot be read"
        ),
    );
    fault.help(match param.kind {
        Type::Date => say!(
            "`{id}` è una data: `--set {id}=2025-03-03`",
            "`{id}` is a day: `--set {id}=2025-03-03`"
        ),
        Type::Moment => say!(
            "`{id}` è un istante: `--set \"{id}=2025-09-20 00:01\"`",
            "`{id}` is an instant: `--set \"{id}=2025-09-20 00:01\"`"
        ),
        _ if param.percent => say!(
            "`{id}` è una percentuale: `--set {id}=90%`",
            "`{id}` is a percentage: `--set {id}=90%`"
        ),
        _ => say!(
            "`{id}` è un numero: `--set {id}=1000.50`",
            "`{id}` is a number: `--set {id}=1000.50`"
        ),
    })
}

fn unreadable_fund(id: &str, text: &str) -> Diagnostic {
    Diagnostic::error(
        Code::BadArgument,
        say!(
            "`--fund {id}={text}` non si legge",
            "`--fund {id}={text}` cannot be read"
        ),
    )
    .help(say!(
        "un importo si scrive con il punto decimale: `--fund {id}=4701451.00`",
        "an amount is written with a decimal point: `--fund {id}=4701451.00`"
    ))
}
