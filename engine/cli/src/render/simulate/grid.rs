//! The grid of a simulation: at each point who wins and loses, and how much.

use std::collections::BTreeSet;

use riparto_core::diag::Text;
use riparto_core::model::Unit;
use riparto_core::num::Ratio;
use riparto_core::rules::{Pack, quantity};
use riparto_core::say;
use riparto_core::simulate::{Comparison, Group, Point, SubjectChange};

use super::super::style::Page;
use super::super::table::table;
use super::{euro, money, named, value_of};

/// The columns that a grid needs: what no point fills is left out.
struct Columns {
    /// Whether more than one table is counted, so that each has its row.
    tables: bool,
    mixed: bool,
    unknown: bool,
    euro: bool,
    /// What is received besides euro, where it moves.
    units: Vec<Unit>,
    /// The allocation, the fund, what names its residue.
    residues: Vec<(String, String, String)>,
}

/// Renders the grid: a row for each point and, where there are several, for each table; nothing
/// where nothing is counted.
pub fn points(pack: &Pack, grid: &[Point], page: Page, terminal: bool) -> Option<String> {
    let columns = Columns::of(grid, page);
    let params = grid.first().map(|point| point.values.as_slice());
    let params = params.unwrap_or_default();
    let mut header: Vec<String> = params.iter().map(|(id, _)| id.clone()).collect();
    let mut numbers: Vec<usize> = (0..header.len()).collect();
    for (title, is_number) in columns.titles() {
        if is_number {
            numbers.push(header.len());
        }
        header.push(title.get(page.lang).to_owned());
    }
    let rows = grid
        .iter()
        .flat_map(|point| columns.rows(pack, point, page));
    let rows = rows.map(|mut cells| {
        cells.resize(header.len(), String::new());
        cells
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    (!rows.is_empty()).then(|| table(terminal, &header, &numbers, &rows))
}

impl Columns {
    fn of(grid: &[Point], page: Page) -> Self {
        let ran = || grid.iter().filter_map(|point| point.result.as_ref().ok());
        let groups = || ran().flat_map(|comparison| &comparison.groups);
        let mut seen = BTreeSet::new();
        let units = groups().flat_map(|group| {
            let units = group.benefits.iter().map(|given| &given.unit);
            let counted = units.filter(|unit| **unit != Unit::euro());
            counted.filter(|unit| moved(group, unit) != (Ratio::zero(), Ratio::zero()))
        });
        let units = units.filter(|unit| seen.insert(unit.to_string()));
        let residues = ran().next().map(|comparison| residues(comparison, page));
        Self {
            tables: ran().any(|comparison| comparison.groups.len() > 1),
            mixed: groups().any(|group| group.tally().mixed > 0),
            unknown: groups().any(|group| group.tally().unknown > 0),
            euro: groups().any(|group| group.subjects.iter().any(|one| one.euro.is_some())),
            units: units.cloned().collect(),
            residues: residues.unwrap_or_default(),
        }
    }

    /// What each column after the parameters is called, and whether it holds numbers.
    fn titles(&self) -> Vec<(Text, bool)> {
        let mut titles = Vec::new();
        if self.tables {
            titles.push((say!("misura", "measure"), false));
            titles.push((say!("tabella", "table"), false));
        }
        titles.push((say!("vincono", "win"), true));
        titles.push((say!("perdono", "lose"), true));
        if self.mixed {
            titles.push((say!("più e meno", "more and less"), true));
        }
        titles.push((say!("invariati", "the same"), true));
        if self.unknown {
            titles.push((say!("non si sa", "unknown"), true));
        }
        if self.euro {
            titles.push((say!("guadagnato", "gained"), true));
            titles.push((say!("perso", "lost"), true));
            titles.push((say!("guadagno maggiore", "largest gain"), false));
            titles.push((say!("perdita maggiore", "largest loss"), false));
        }
        for unit in &self.units {
            titles.push((say!("{unit} in più", "{unit} more"), true));
            titles.push((say!("{unit} in meno", "{unit} fewer"), true));
        }
        let residues = self.residues.iter();
        titles.extend(residues.map(|(_, _, title)| (Text::same(title.clone()), true)));
        titles
    }

    fn rows(&self, pack: &Pack, point: &Point, page: Page) -> Vec<Vec<String>> {
        let values = point.values.iter();
        let values = values.map(|(param, value)| value_of(pack, param, value, page));
        let values: Vec<String> = values.collect();
        let Ok(comparison) = &point.result else {
            let refused = say!("rifiutato", "refused").get(page.lang).to_owned();
            return vec![[values, vec![refused]].concat()];
        };
        let rows = comparison.groups.iter().map(|group| {
            let cells = self.cells(comparison, group, page);
            [values.clone(), cells].concat()
        });
        rows.collect()
    }

    fn cells(&self, comparison: &Comparison, group: &Group, page: Page) -> Vec<String> {
        let tally = group.tally();
        let mut cells = Vec::new();
        if self.tables {
            cells.push(group.title.get(page.lang).to_owned());
            cells.push(group.label.get(page.lang).to_owned());
        }
        cells.extend([tally.winners.to_string(), tally.losers.to_string()]);
        if self.mixed {
            cells.push(tally.mixed.to_string());
        }
        cells.push(tally.unchanged.to_string());
        if self.unknown {
            cells.push(tally.unknown.to_string());
        }
        if self.euro {
            let largest = |row: Option<&SubjectChange>| {
                let row = row?;
                let change = row.euro_change()?;
                Some(format!("{} {}", named(row), euro(Some(&change), page)))
            };
            cells.push(euro(Some(&tally.gained), page));
            cells.push(euro(Some(&tally.lost), page));
            cells.push(largest(group.largest_gain()).unwrap_or_default());
            cells.push(largest(group.largest_loss()).unwrap_or_default());
        }
        for unit in &self.units {
            let (more, less) = moved(group, unit);
            let said = |number| quantity(number, &Unit::none()).get(page.lang).to_owned();
            cells.extend([said(&more), said(&less)]);
        }
        for (id, fund, _) in &self.residues {
            let mut changes = comparison.allocations.iter();
            let change = changes.find(|one| {
                (&one.measure, &one.table) == (&group.measure, &group.table)
                    && (&one.id, &one.fund) == (id, fund)
            });
            cells.push(change.map_or(String::new(), |one| money(one.residue.1, page)));
        }
        cells
    }
}

/// How much is gained and lost of all that a table receives in a unit.
fn moved(group: &Group, unit: &Unit) -> (Ratio, Ratio) {
    let places = group.benefits.iter().enumerate();
    let places = places.filter(|(_, given)| given.unit == *unit);
    places.fold((Ratio::zero(), Ratio::zero()), |(more, less), (at, _)| {
        let (gained, lost) = group.moved(at);
        (more + gained, less + lost)
    })
}

/// The residues of the allocations of what is counted.
fn residues(comparison: &Comparison, page: Page) -> Vec<(String, String, String)> {
    let counted = |measure: &str| comparison.groups.iter().any(|one| one.measure == measure);
    let changes = comparison.allocations.iter();
    let changes = changes
        .filter(|change| counted(&change.measure))
        .map(|change| {
            let (fund, id) = (&change.fund, &change.id);
            let title = say!("residuo {fund} · {id}", "left of {fund} · {id}");
            (id.clone(), fund.clone(), title.get(page.lang).to_owned())
        });
    changes.collect()
}
