//! What subjects receive under two packs as a table, each change in its parts.

use riparto_core::diag::Text;
use riparto_core::diff::{AmountChange, AmountChanges, Differences, Parts};
use riparto_core::num::Cents;
use riparto_core::say;
use riparto_core::words;

use crate::render::style::Page;
use crate::render::table::table;

/// Gives the table of amounts, or says why there is none.
pub fn blocks(found: &Differences, page: Page, terminal: bool) -> Vec<String> {
    match &found.amounts {
        None => Vec::new(),
        Some(Err(unrun)) => {
            let pack = &unrun.pack;
            let none = say!(
                "gli importi non si confrontano: in `{pack}` {why}",
                "amounts are not compared: in `{pack}` {why}";
                why = unrun.why.clone()
            );
            let missing = unrun.missing.iter();
            let missing = missing.map(|text| format!("\n  - {}", text.get(page.lang)));
            let missing: String = missing.collect();
            vec![format!("{}{missing}", none.get(page.lang))]
        }
        Some(Ok(amounts)) => of(amounts, page, terminal),
    }
}

fn of(found: &AmountChanges, page: Page, terminal: bool) -> Vec<String> {
    let still = found
        .rows
        .iter()
        .filter(|row| row.amount.is_still())
        .count();
    if still == found.rows.len() && found.apart.is_empty() && found.total.is_still() {
        let none = say!("nessun importo cambia", "no amount changes");
        return vec![none.get(page.lang).to_owned()];
    }
    let heading = match &found.unsplit {
        None => say!(
            "Importi: che cosa li cambia, prima i fondi, poi le regole, poi i dati",
            "Amounts: what changes them, first the funds, then the rules, then the facts"
        ),
        Some(why) => say!(
            "Importi: il cambiamento non si divide, perché {why}",
            "Amounts: the change is not split, since {why}"; why = why.clone()
        ),
    };
    let mut blocks = vec![
        page.dress.heading(heading.get(page.lang)),
        rows(found, page, terminal),
    ];
    let apart = found.apart.len();
    let counted = [
        (
            still,
            say!(
                "righe che non cambiano: {still}",
                "rows that do not change: {still}"
            ),
        ),
        (
            apart,
            say!(
                "righe che non si possono confrontare una per una, perché uno dei due pacchetti le ha, o può averle, in un aggregato: {apart}",
                "rows that cannot be compared one by one, since one of the packs has them, or may have them, in an aggregate: {apart}"
            ),
        ),
    ];
    let counted = counted.iter().filter(|(count, _)| *count > 0);
    blocks.extend(counted.map(|(_, text)| text.get(page.lang).to_owned()));
    blocks
}

fn rows(found: &AmountChanges, page: Page, terminal: bool) -> String {
    let header = [
        say!("codice", "code"),
        say!("nome", "name"),
        say!("prima", "before"),
        say!("fondi", "funds"),
        say!("regole", "rules"),
        say!("dati", "facts"),
        say!("dopo", "after"),
    ];
    let header: Vec<&str> = header.iter().map(|text| text.get(page.lang)).collect();
    let line = |key: &str, name: &str, amount: &AmountChange| -> Vec<String> {
        let part = |of: fn(&Parts) -> Cents| signed(amount.parts.as_ref().map(of));
        let texts = [
            total(amount.before),
            part(|parts| parts.funds),
            part(|parts| parts.rules),
            part(|parts| parts.facts),
            total(amount.after),
        ];
        let texts = texts.iter().map(|text| text.get(page.lang).to_owned());
        [key.to_owned(), name.to_owned()]
            .into_iter()
            .chain(texts)
            .collect()
    };
    let each = found.rows.iter().filter(|row| !row.amount.is_still());
    let mut rows: Vec<Vec<String>> = each
        .map(|row| line(&row.key, &row.name, &row.amount))
        .collect();
    let all = say!("in tutto", "in all");
    rows.push(line("", all.get(page.lang), &found.total));
    table(terminal, &header, &[2, 3, 4, 5, 6], &rows)
}

fn total(amount: Option<Cents>) -> Text {
    amount.map_or(Text::same("?"), words::money)
}

/// A part with its sign.
fn signed(part: Option<Cents>) -> Text {
    let Some(part) = part else {
        return Text::same("?");
    };
    let Text { it, en } = words::money(part);
    match part > Cents::ZERO {
        true => Text {
            it: format!("+{it}"),
            en: format!("+{en}"),
        },
        false => Text { it, en },
    }
}
