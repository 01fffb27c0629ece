//! Reads the planned actions of a measure, and the table of their progress.

use super::blocks::{Acts, euro, label, malformed, members, refuse};
use super::deadlines;
use super::tables::table_help;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{ColumnType, TableDecl};
use crate::pack::nearest;
use crate::pack::raw::action as raw;
use crate::pack::raw::{Entry, Node, Value};
use crate::rules::{Action, ActionEuro, Group};
use crate::say;

/// Reads the actions of a measure, in the order written.
pub fn actions(file: &Node, acts: &Acts, faults: &mut Diagnostics) -> Vec<Action> {
    let groups = members::<raw::Group>(file, "group").into_iter();
    let groups: Vec<(&str, Option<Group>)> = groups
        .map(|(entry, group)| {
            let read = group.map(|group| Group {
                id: entry.key.clone(),
                label: label(&group.label, group.label_en.as_deref()),
            });
            (entry.key.as_str(), read)
        })
        .collect();
    let mut reader = Reader {
        file,
        acts,
        groups,
        faults,
    };
    let all = members::<raw::Action>(file, "action").into_iter();
    all.filter_map(|(entry, action)| reader.action(entry, action?))
        .collect()
}

struct Reader<'r> {
    file: &'r Node,
    acts: &'r Acts,
    groups: Vec<(&'r str, Option<Group>)>,
    faults: &'r mut Diagnostics,
}

impl Reader<'_> {
    fn action(&mut self, entry: &Entry, action: raw::Action) -> Option<Action> {
        let source = self.acts.source(entry, self.faults);
        let group = self.group(entry.node.get("group")?);
        self.nothing_empty(&entry.node);
        let deadlines = self.deadlines(&entry.node);
        let euro = self.euro(entry, &action);
        Some(Action {
            id: entry.key.clone(),
            label: label(&action.label, action.label_en.as_deref()),
            group: group?,
            number: action.number,
            theme: action.theme,
            activity: action.activity,
            tool: action.tool,
            owner: action.owner,
            resources: action.resources,
            euro,
            deadlines,
            objectives: action.objectives,
            source,
        })
    }

    fn group(&mut self, node: &Node) -> Option<Group> {
        let name = node.as_text()?;
        if let Some((_, group)) = self.groups.iter().find(|(id, _)| *id == name) {
            return group.clone();
        }
        let message = say!("non c'è un gruppo `{name}`", "there is no group `{name}`");
        let known = self.groups.iter().map(|(id, _)| *id);
        let help = nearest(name, known).unwrap_or_else(|| {
            say!(
                "dichiararlo: `[group.{name}]` con il suo `label`",
                "declare it: `[group.{name}]` with its `label`"
            )
        });
        let fault = refuse(Code::UnknownName, node, message);
        self.faults.push(fault.help(help));
        None
    }

    /// What a source leaves empty is a key that is left out, so that answers can say so.
    fn nothing_empty(&mut self, action: &Node) {
        for entry in action.entries() {
            let Some(text) = entry.node.as_text() else {
                continue;
            };
            if !text.trim().is_empty() {
                continue;
            }
            let key = &entry.key;
            let fault = malformed(&entry.node, say!("`{key}` è vuoto", "`{key}` is empty"));
            self.faults.push(fault.help(say!(
                "togliere la chiave: ciò che la fonte non dice resta non indicato",
                "leave the key out: what the source does not say stays not stated"
            )));
        }
    }

    /// Gives the times that the measure declares: one, or several one by one.
    fn deadlines(&mut self, action: &Node) -> Vec<String> {
        let several = match action.get("deadlines").map(|node| &node.value) {
            Some(Value::List(items)) => items.as_slice(),
            _ => &[],
        };
        if let (Some(_), Some(list)) = (action.get("deadline"), action.get("deadlines")) {
            let message = say!(
                "`deadline` e `deadlines` dicono due volte i tempi",
                "`deadline` and `deadlines` say the times twice"
            );
            let fault = refuse(Code::InvalidRule, list, message);
            self.faults.push(fault.help(say!(
                "tenerne uno: `deadline` per un tempo, `deadlines` per più d'uno",
                "keep one: `deadline` for one time, `deadlines` for several"
            )));
        }
        let nodes = action.get("deadline").into_iter().chain(several);
        let known: Vec<&Node> = nodes.filter(|node| self.deadline(node)).collect();
        known
            .into_iter()
            .filter_map(Node::as_text)
            .map(str::to_owned)
            .collect()
    }

    fn deadline(&mut self, node: &Node) -> bool {
        let Some(name) = node.as_text() else {
            return false;
        };
        let declared = |block: &&str| self.file.get(block).map(Node::entries).unwrap_or_default();
        let known = deadlines::BLOCKS.iter().flat_map(declared);
        let known: Vec<&str> = known.map(|entry| entry.key.as_str()).collect();
        if known.contains(&name) {
            return true;
        }
        // A window belongs to its year: an action that a later year takes over leaves it behind.
        if node.place.file != self.file.place.file {
            return false;
        }
        let message = say!(
            "non c'è una scadenza `{name}` in questa misura",
            "there is no deadline `{name}` in this measure"
        );
        let help = nearest(name, known.into_iter()).unwrap_or_else(|| {
            say!(
                "dichiararla: `[window.{name}]`, `[term.{name}]` o `[prose.{name}]`",
                "declare it: `[window.{name}]`, `[term.{name}]` or `[prose.{name}]`"
            )
        });
        let fault = refuse(Code::UnknownName, node, message);
        self.faults.push(fault.help(help));
        false
    }

    fn euro(&mut self, entry: &Entry, action: &raw::Action) -> Option<ActionEuro> {
        let node = &entry.node;
        let said = ["amount", "amounts", "interval"];
        let said: Vec<&str> = said
            .into_iter()
            .filter(|key| node.get(key).is_some())
            .collect();
        if let [first, second, ..] = said.as_slice() {
            let message = say!(
                "`{first}` e `{second}` dicono due volte le stesse risorse",
                "`{first}` and `{second}` say the same resources twice"
            );
            let fault = refuse(Code::InvalidRule, node.find(&[second]), message);
            self.faults.push(fault.help(say!(
                "tenerne uno: `amount` per un importo, `amounts` per più d'uno, `interval` per un «circa»",
                "keep one: `amount` for one amount, `amounts` for several, `interval` for an \"about\""
            )));
        }
        let items = |key: &str| match node.get(key).map(|node| &node.value) {
            Some(Value::List(items)) => items.as_slice(),
            _ => &[],
        };
        match *said.first()? {
            "amount" => euro(node.get("amount")?, self.faults).map(ActionEuro::One),
            "amounts" => {
                let read = items("amounts").iter().zip(&action.amounts);
                let read = read.filter_map(|(item, raw)| {
                    let amount = euro(item.get("amount")?, self.faults)?;
                    Some((label(&raw.label, raw.label_en.as_deref()), amount))
                });
                Some(ActionEuro::Several(read.collect()))
            }
            _ => self.interval(items("interval")),
        }
    }

    fn interval(&mut self, ends: &[Node]) -> Option<ActionEuro> {
        let [low, high] = ends else {
            return None;
        };
        let (least, most) = (euro(low, self.faults)?, euro(high, self.faults)?);
        if least > most {
            let message = say!(
                "il massimo `{most}` è sotto il minimo `{least}`",
                "the most, `{most}`, is below the least, `{least}`"
            );
            let fault = refuse(Code::InvalidRule, high, message);
            self.faults.push(fault.help(say!(
                "scrivere prima il minimo, poi il massimo",
                "write the least first, then the most"
            )));
        }
        Some(ActionEuro::Between(least, most))
    }
}

/// The columns that the table of progress must have, none of them with empty cells.
const PROGRESS: [(&str, ColumnType); 3] = [
    ("action", ColumnType::Text),
    ("date", ColumnType::Date),
    ("state", ColumnType::Text),
];

/// Reads which table holds the progress of the actions: `monitoring = "avanzamento"`.
pub fn monitoring(file: &Node, tables: &[TableDecl], faults: &mut Diagnostics) -> Option<String> {
    let node = file.get("monitoring")?;
    let name = node.as_text()?;
    let Some(table) = tables.iter().find(|table| table.name == name) else {
        let declared = file.get("table").map(Node::entries).unwrap_or_default();
        // A faulty table has its own diagnostic.
        if declared.iter().all(|entry| entry.key != name) {
            let message = say!("non c'è una tabella `{name}`", "there is no table `{name}`");
            let known = tables.iter().map(|table| table.name.as_str());
            let fault = refuse(Code::UnknownName, node, message);
            faults.push(fault.help(table_help(name, known)));
        }
        return None;
    };
    for (column, kind) in PROGRESS {
        let found = table.column(column);
        if found.is_none_or(|found| found.kind != kind || !found.required) {
            faults.push(no_column(table, column, kind));
        }
    }
    Some(name.to_owned())
}

fn no_column(table: &TableDecl, column: &str, kind: ColumnType) -> Diagnostic {
    let (name, kind) = (&table.name, kind.name());
    let fault = Diagnostic::error(
        Code::InvalidRule,
        say!(
            "la tabella `{name}` non può tenere l'avanzamento: le serve una colonna obbligatoria `{column}` di tipo `{kind}`",
            "the table `{name}` cannot hold the progress: it needs a required column `{column}` of type `{kind}`"
        ),
    );
    let found = table.column(column).and_then(|found| found.place.clone());
    fault.at_maybe(found.or(table.place.clone())).help(say!(
        "dichiararla: `[table.{name}.column.{column}]`, `type = \"{kind}\"`, senza `required = false`",
        "declare it: `[table.{name}.column.{column}]`, `type = \"{kind}\"`, without `required = false`"
    ))
}
