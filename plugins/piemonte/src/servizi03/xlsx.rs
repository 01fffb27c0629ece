//! The rows of a workbook: those of its visible sheet `SERVIZI 03`.
//!
//! A workbook is compressed, so its parts are measured before any is read. A cell merged downwards
//! stands on each row that it covers, as a reader sees it. A number is a day only where the
//! workbook shows it as one.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::panic::catch_unwind;

use calamine::{
    DataRef, ExcelDateTime, Reader, Sheet, SheetType, SheetVisible, Style, Xlsx,
    open_workbook_from_rs,
};
use riparto_plugin::Fault;
use zip::ZipArchive;

use super::columns::{folded, zeros_before};
use super::{Cell, LONGEST_TEXT, MOST_COLUMNS, MOST_ROWS, SheetRow, too_large};
use crate::faults::{listed, refused, shown};

/// How much all the parts of a workbook may hold, in bytes.
const LONGEST_UNPACKED: usize = 48 << 20;
/// How much the cells may hold, in bytes.
const LONGEST_GRID: usize = 32 << 20;
/// What a cell counts for besides its text.
const CELL: usize = 32;
/// How many parts a workbook may have.
const MOST_PARTS: usize = 2_000;
/// How many different texts a workbook may have.
const MOST_TEXTS: usize = 1 << 20;
/// How many zeros a format may put before a number.
const MOST_ZEROS: usize = 32;
/// The years that a day of a service may be of: what is beyond is a number in the guise of a day.
const YEARS: std::ops::RangeInclusive<u16> = 1950..=2100;

type Workbook<'b> = Xlsx<Cursor<&'b [u8]>>;

/// The cells that hold something, row by row, and how much more they may hold: one text of the
/// workbook may stand in many cells.
#[derive(Debug)]
struct Grid {
    rows: BTreeMap<u32, BTreeMap<u32, Cell>>,
    left: usize,
}

/// Reads a workbook.
pub fn rows(bytes: &[u8]) -> Result<Vec<SheetRow>, Box<Fault>> {
    // calamine panics on some spoiled workbooks, such as one with a cell in column `ZZZZZZZZZZ`.
    let rows = catch_unwind(|| measure(bytes).and_then(|()| read_sheet(bytes)));
    rows.unwrap_or_else(|_| Err(spoiled(&"malformed")))
}

fn read_sheet(bytes: &[u8]) -> Result<Vec<SheetRow>, Box<Fault>> {
    let workbook = open_workbook_from_rs(Cursor::new(bytes));
    let mut workbook: Workbook<'_> = workbook.map_err(|why: calamine::XlsxError| spoiled(&why))?;
    let name = ours(workbook.sheets_metadata())?.to_owned();
    let mut grid = Grid {
        rows: BTreeMap::new(),
        left: LONGEST_GRID,
    };
    grid.fill(&mut workbook, &name)?;
    grid.spread_merged(&mut workbook, &name)?;
    let rows = grid.rows.into_iter();
    Ok(rows.map(|(row, cells)| sheet_row(row, cells)).collect())
}

/// Chooses a sheet of those that a reader sees: the one called `SERVIZI 03`, else the one whose
/// name says so, else the only one.
fn ours(sheets: &[Sheet]) -> Result<&str, Box<Fault>> {
    let seen = sheets
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.as_str());
    let seen: Vec<&str> = seen.collect();
    let named = |fits: fn(&str) -> bool| -> Vec<&str> {
        let names = seen.iter().copied();
        names.filter(|name| fits(&folded(name))).collect()
    };
    let choices = [
        named(|name| name == "servizi03"),
        named(|name| name.contains("servizi03")),
        seen.clone(),
    ];
    match choices
        .iter()
        .find(|choice| !choice.is_empty())
        .map(Vec::as_slice)
    {
        Some([name]) => Ok(name),
        Some(several) => Err(ambiguous(several)),
        None => Err(all_hidden()),
    }
}

/// Unpacks every part once and forgets it: what a part says of its own length may be false.
fn measure(bytes: &[u8]) -> Result<(), Box<Fault>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|why| spoiled(&why))?;
    if archive.len() > MOST_PARTS {
        return Err(too_large(MOST_PARTS, ["parti", "parts"]));
    }
    let mut left = LONGEST_UNPACKED;
    let mut unpacked = Vec::new();
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|why| spoiled(&why))?;
        unpacked.clear();
        let mut part = part.take(left as u64 + 1);
        part.read_to_end(&mut unpacked)
            .map_err(|why| spoiled(&why))?;
        let rest = left.checked_sub(unpacked.len());
        left = rest.ok_or_else(|| too_large(LONGEST_UNPACKED >> 20, ["MiB", "MiB"]))?;
        // In a part of two bytes a letter, one is zero.
        unpacked.retain(|byte| *byte != 0);
        if promises_too_much(&unpacked) {
            return Err(too_large(MOST_TEXTS, ["testi diversi", "different texts"]));
        }
    }
    Ok(())
}

/// Tells whether a part says that it holds more texts than it may: calamine makes room for all
/// that it says.
fn promises_too_much(part: &[u8]) -> bool {
    const WORD: &[u8] = b"uniqueCount";
    let after = |(at, _)| part.get(at + WORD.len()..).unwrap_or_default();
    let places = part
        .windows(WORD.len())
        .enumerate()
        .filter(|(_, word)| *word == WORD);
    places.map(after).any(|rest: &[u8]| {
        let digits = rest.iter().skip_while(|byte| b" \t\r\n='\"".contains(byte));
        let digits = digits.take_while(|byte| byte.is_ascii_digit());
        let number = digits.fold(0_usize, |number, digit| {
            let units = usize::from(digit - b'0');
            number.saturating_mul(10).saturating_add(units)
        });
        number > MOST_TEXTS
    })
}

impl Grid {
    fn fill(&mut self, workbook: &mut Workbook<'_>, sheet: &str) -> Result<(), Box<Fault>> {
        let uncomputed = uncomputed(workbook, sheet)?;
        let reader = workbook.worksheet_cells_reader(sheet);
        let mut reader = reader.map_err(|why| spoiled(&why))?;
        while let Some((found, style)) = reader
            .next_cell_with_style_id()
            .map_err(|why| spoiled(&why))?
        {
            let (row, column) = found.get_position();
            let cell = if uncomputed.contains(&(row, column)) {
                Cell::Uncomputed
            } else {
                cell(found.get_value(), reader.styles().get(style))
            };
            if !cell.is_empty() {
                self.put(row, column, cell)?;
            }
        }
        Ok(())
    }

    fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), Box<Fault>> {
        if column as usize >= MOST_COLUMNS {
            return Err(too_large(MOST_COLUMNS, ["colonne", "columns"]));
        }
        let length = cell.shown().len();
        if length > LONGEST_TEXT {
            return Err(too_large(
                LONGEST_TEXT,
                ["byte in una cella", "bytes in a cell"],
            ));
        }
        let left = self.left.checked_sub(length + CELL);
        self.left = left.ok_or_else(|| too_large(LONGEST_GRID >> 20, ["MiB", "MiB"]))?;
        self.rows.entry(row).or_default().insert(column, cell);
        if self.rows.len() > MOST_ROWS {
            return Err(too_large(MOST_ROWS, ["righe", "rows"]));
        }
        Ok(())
    }

    /// Repeats a cell merged downwards on the rows that it covers and that hold something else.
    fn spread_merged(
        &mut self,
        workbook: &mut Workbook<'_>,
        sheet: &str,
    ) -> Result<(), Box<Fault>> {
        let merged = workbook.merge_cells_by_sheet_name(sheet);
        for area in merged.map_err(|why| spoiled(&why))? {
            let ((top, column), (bottom, _)) = (area.start, area.end);
            let first = self.rows.get(&top).and_then(|row| row.get(&column));
            let Some(first) = first.cloned().filter(|_| top < bottom) else {
                continue;
            };
            let below = self.rows.range(top + 1..=bottom).map(|(row, _)| *row);
            for row in below.collect::<Vec<u32>>() {
                self.put(row, column, first.clone())?;
            }
        }
        Ok(())
    }
}

/// Finds the cells that have a formula and no value: a program other than a spreadsheet wrote them.
fn uncomputed(
    workbook: &mut Workbook<'_>,
    sheet: &str,
) -> Result<BTreeSet<(u32, u32)>, Box<Fault>> {
    let reader = workbook.worksheet_cells_reader(sheet);
    let mut reader = reader.map_err(|why| spoiled(&why))?;
    let mut places = BTreeSet::new();
    while let Some(found) = reader
        .next_cell_with_formula_metadata()
        .map_err(|why| spoiled(&why))?
    {
        if found.formula.is_some() && found.value == DataRef::Empty {
            places.insert(found.pos);
        }
    }
    Ok(places)
}

fn cell(value: &DataRef<'_>, style: Option<&Style>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) | DataRef::DurationIso(text) => Cell::text(text),
        DataRef::DateTimeIso(text) => Cell::text(text.strip_suffix("T00:00:00").unwrap_or(text)),
        DataRef::SharedString(text) => Cell::text(text),
        DataRef::Bool(truth) => Cell::text(if *truth { "sì" } else { "no" }),
        DataRef::Error(error) => Cell::text(&error.to_string()),
        DataRef::DateTime(moment) => Cell::Day {
            shown: day(moment),
            digits: moment.as_f64().to_string(),
            plausible: moment.is_datetime() && YEARS.contains(&moment.to_ymd_hms_milli().0),
        },
        DataRef::Int(number) => Cell::Number(zeros_before(&number.to_string(), width(style))),
        DataRef::Float(number) => Cell::Number(zeros_before(&number.to_string(), width(style))),
    }
}

/// Gives how many digits a format shows at least: `000000` shows six.
fn width(style: Option<&Style>) -> usize {
    let format = style.and_then(|style| style.number_format.as_ref());
    let code = format.map_or("", |format| &format.format_code);
    let zeros = code.len() <= MOST_ZEROS && code.bytes().all(|byte| byte == b'0');
    if zeros { code.len() } else { 0 }
}

/// Gives a day, and its hour where it is not midnight.
fn day(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        (0, 0, 0) => day,
        _ => format!("{day} {hour:02}:{minute:02}:{second:02}"),
    }
}

fn sheet_row(row: u32, cells: BTreeMap<u32, Cell>) -> SheetRow {
    let width = cells
        .last_key_value()
        .map_or(0, |(last, _)| *last as usize + 1);
    let mut in_order = vec![Cell::Empty; width];
    for (column, cell) in cells {
        if let Some(slot) = in_order.get_mut(column as usize) {
            *slot = cell;
        }
    }
    SheetRow {
        line: row.saturating_add(1),
        cells: in_order,
    }
}

fn all_hidden() -> Box<Fault> {
    refused(
        "hidden-sheets",
        [
            "nel foglio di calcolo nessun foglio di dati è visibile",
            "in the workbook no sheet of data is visible",
        ],
        [
            "scoprire il foglio `SERVIZI 03` e salvare il file",
            "unhide the sheet `SERVIZI 03` and save the file",
        ],
    )
}

fn ambiguous(names: &[&str]) -> Box<Fault> {
    let names = listed(names.iter().map(|name| shown(name)));
    refused(
        "ambiguous-sheet",
        [
            &format!("non si sa quale foglio leggere: {names}"),
            &format!("it is not known which sheet to read: {names}"),
        ],
        [
            "chiamare `SERVIZI 03` il foglio dei servizi, e lui solo",
            "call the sheet of the services `SERVIZI 03`, and no other",
        ],
    )
}

fn spoiled(why: &dyn std::fmt::Display) -> Box<Fault> {
    refused(
        "unreadable-workbook",
        [
            &format!("il foglio di calcolo non si legge: {why}"),
            &format!("the workbook cannot be read: {why}"),
        ],
        [
            "salvarlo di nuovo come `xlsx`, o come CSV",
            "save it again as `xlsx`, or as CSV",
        ],
    )
}
