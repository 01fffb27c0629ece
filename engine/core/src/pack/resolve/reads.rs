//! Which measures a measure reads: that they are there, that none waits for itself, and that no
//! name stands for two things.

use std::collections::BTreeSet;

use super::declared::{Declared, VALUES};
use super::plan::walk_round;
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Text};
use crate::pack::nearest;
use crate::pack::raw::{Node, Value};
use crate::pack::read::{RawMeasure, RawPack};
use crate::say;

/// Gives what a measure writes under `reads`, in the order written.
pub fn written(measure: &Node) -> Vec<(&str, &Node)> {
    let Some(Value::List(items)) = measure.get("reads").map(|list| &list.value) else {
        return Vec::new();
    };
    let named = items.iter();
    named
        .filter_map(|item| Some((item.as_text()?, item)))
        .collect()
}

/// Gives the measures, each after those that it reads, otherwise by name.
///
/// # Shape
/// A measure that reads what is not there is left out, with those that read it: what they would
/// name is not known, so nothing is said of it.
pub fn order<'p>(pack: &'p RawPack, faults: &mut Diagnostics) -> Vec<(&'p str, &'p RawMeasure)> {
    let mut lost: BTreeSet<&str> = BTreeSet::new();
    let mut waiting: Vec<(&str, BTreeSet<&str>)> = Vec::new();
    for (id, measure) in &pack.measures {
        let mut reads = BTreeSet::new();
        for (name, node) in written(&measure.node) {
            if !pack.measures.contains_key(name) {
                lost.insert(id);
                if !pack.illegible.contains(name) {
                    faults.push(unknown(id, name, pack).at(node.place.clone()));
                }
            } else if !reads.insert(name) {
                faults.push(twice(name).at(node.place.clone()));
            }
        }
        waiting.push((id, reads));
    }
    let mut done: Vec<(&str, &RawMeasure)> = Vec::new();
    while !waiting.is_empty() {
        let read = |name: &&str| waiting.iter().all(|(id, _)| id != name);
        let ready = waiting
            .iter()
            .position(|(_, reads)| reads.iter().all(read))
            .map(|at| vec![waiting.remove(at)]);
        let next = ready.unwrap_or_else(|| {
            let round = walk_round(&waiting);
            faults.push(circle(pack, &round));
            let (round, rest) = std::mem::take(&mut waiting)
                .into_iter()
                .partition(|(id, _)| round.contains(id));
            waiting = rest;
            round
        });
        for (id, reads) in next {
            if !lost.is_disjoint(&reads) {
                lost.insert(id);
            }
            done.extend(pack.measures.get_key_value(id).map(|(id, m)| (&**id, m)));
        }
    }
    done.retain(|(id, _)| !lost.contains(id));
    done
}

/// Finds the names that a measure and those that it reads, or two of these, give to two things;
/// `of_pack` are the parameters that all have in common.
pub fn one_name_one_thing(
    node: &Node,
    own: &Declared,
    others: &[(&str, &Node, &Declared)],
    of_pack: &BTreeSet<&str>,
    faults: &mut Diagnostics,
) {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for (at, (id, item, other)) in others.iter().enumerate() {
        let clash = clashes(own, other, of_pack);
        for name in clash.into_iter().filter(|name| told.insert(name)) {
            let place = place_of(node, name).unwrap_or_else(|| item.place.clone());
            faults.push(named_in(id, name).at(place));
        }
        for table in &other.names.tables {
            let own = own.names.table(&table.name);
            if let Some(place) = own.and_then(|own| own.place.clone()) {
                faults.push(table_of(id, &table.name).at(place));
            }
        }
        for (before, _, earlier) in others.iter().take(at) {
            let clash = clashes(earlier, other, of_pack);
            for name in clash.into_iter().filter(|name| told.insert(name)) {
                faults.push(named_in_both(before, id, name).at(item.place.clone()));
            }
        }
    }
}

/// The names of two measures that are not two columns: those that formulas could not tell apart.
fn clashes<'d>(
    left: &'d Declared,
    right: &'d Declared,
    of_pack: &BTreeSet<&str>,
) -> BTreeSet<&'d str> {
    let values = |side: &'d Declared| -> BTreeSet<&'d str> {
        let values = side.names.values();
        values.filter(|name| !of_pack.contains(name)).collect()
    };
    let columns = |side: &'d Declared| -> BTreeSet<&'d str> {
        let columns = side.names.tables.iter().flat_map(|table| &table.columns);
        columns.map(|column| column.name.as_str()).collect()
    };
    let (mine, theirs) = (values(left), values(right));
    let mut found: BTreeSet<&str> = mine.intersection(&theirs).copied().collect();
    found.extend(mine.intersection(&columns(right)));
    found.extend(theirs.intersection(&columns(left)));
    found
}

/// Where a file declares a value or a column.
fn place_of(file: &Node, name: &str) -> Option<Place> {
    let tables = file.get("table").map(Node::entries).unwrap_or_default();
    let columns = tables.iter().filter_map(|table| table.node.get("column"));
    let blocks = VALUES.iter().filter_map(|block| file.get(block));
    let mut entries = blocks.chain(columns).filter_map(|block| block.entry(name));
    entries.next().map(|entry| entry.key_place.clone())
}

fn unknown(reader: &str, name: &str, pack: &RawPack) -> Diagnostic {
    let others = || {
        let all = pack.measures.keys().map(String::as_str);
        all.filter(|id| *id != reader)
    };
    let list: Vec<String> = others().map(|id| format!("`{id}`")).collect();
    let list = list.join(", ");
    let help = nearest(name, others()).unwrap_or_else(|| match list.as_str() {
        "" => say!(
            "il pacchetto non ha altre misure: togliere `{name}`",
            "the pack has no other measure: remove `{name}`"
        ),
        _ => say!("ci sono: {list}", "there are: {list}"),
    });
    Diagnostic::error(
        Code::UnknownName,
        say!(
            "non c'è una misura `{name}`",
            "there is no measure `{name}`"
        ),
    )
    .help(help)
}

fn twice(name: &str) -> Diagnostic {
    Diagnostic::error(
        Code::InvalidRule,
        say!(
            "la misura `{name}` è nominata due volte",
            "the measure `{name}` is named twice"
        ),
    )
    .help(say!("nominarla una volta sola", "name it once"))
}

fn circle(pack: &RawPack, round: &[&str]) -> Diagnostic {
    let names: Vec<String> = round.iter().map(|id| format!("`{id}`")).collect();
    let names = names.join(" → ");
    let first = round.first().and_then(|id| pack.measures.get(*id));
    let mut reads = first.into_iter().flat_map(|first| written(&first.node));
    let place = reads.find(|(name, _)| round.get(1) == Some(name));
    Diagnostic::error(
        Code::Cycle,
        say!(
            "le misure si rincorrono: {names}",
            "the measures go round in a circle: {names}"
        ),
    )
    .at_maybe(place.map(|(_, node)| node.place.clone()))
    .help(say!(
        "una misura legge solo misure che non la leggono",
        "a measure reads only measures that do not read it"
    ))
}

fn named_in(id: &str, name: &str) -> Diagnostic {
    two_things(say!(
        "`{name}` è già il nome di un'altra cosa nella misura `{id}`, che questa legge",
        "`{name}` already names another thing in the measure `{id}`, which this one reads"
    ))
    .help(say!(
        "dare un altro nome: una formula deve sapere di che cosa parla",
        "choose another name: a formula must know what it speaks of"
    ))
}

fn named_in_both(first: &str, second: &str, name: &str) -> Diagnostic {
    two_things(say!(
        "`{name}` è il nome di una cosa nella misura `{first}` e di un'altra nella misura `{second}`",
        "`{name}` names one thing in the measure `{first}` and another in the measure `{second}`"
    ))
    .help(say!(
        "leggerne una sola, o dare un altro nome: una formula deve sapere di che cosa parla",
        "read only one of them, or choose another name: a formula must know what it speaks of"
    ))
}

fn table_of(id: &str, table: &str) -> Diagnostic {
    two_things(say!(
        "la tabella `{table}` è già della misura `{id}`, che questa legge",
        "the table `{table}` is already of the measure `{id}`, which this one reads"
    ))
    .help(say!(
        "toglierla da qui: le formule leggono quella",
        "remove it from here: formulas read that one"
    ))
}

fn two_things(message: Text) -> Diagnostic {
    Diagnostic::error(Code::InvalidRule, message)
}
