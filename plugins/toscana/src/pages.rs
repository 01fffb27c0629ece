//! The pages of a plain text, without the numbers and the running heads at their edges.

use std::collections::BTreeMap;

use crate::form;
use crate::text::Line;

/// Lines of a page, from its edge, among which heads and numbers are looked for.
const EDGE: usize = 3;
/// Letters below which a line is too short to be known as a running head.
const SHORTEST_HEAD: usize = 4;

/// Splits a text into pages where a form feed stands, and pages into lines.
pub fn pages(text: &str) -> Vec<Vec<Line>> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut pages = vec![Vec::new()];
    for (line, number) in text.split('\n').zip(1..) {
        let parts: Vec<&str> = line.split('\u{c}').collect();
        // A page that begins with a line does not make one more before it.
        let empty = parts.iter().take_while(|part| part.is_empty()).count();
        let first = empty.min(parts.len() - 1);
        for (at, part) in parts.into_iter().enumerate() {
            if at > 0 {
                pages.push(Vec::new());
            }
            if let Some(page) = pages.last_mut().filter(|_| at >= first) {
                page.push(Line {
                    number,
                    text: part.to_owned(),
                });
            }
        }
    }
    pages
}

/// Takes away, at the edges of pages, numbers that stand alone and lines that most pages repeat,
/// with what is blank between them and the edge.
pub fn without_edges(mut pages: Vec<Vec<Line>>) -> Vec<Line> {
    if pages.len() > 1 {
        for from_end in [false, true] {
            let heads = heads(&pages, from_end);
            for page in &mut pages {
                trim(page, from_end, &heads);
            }
        }
    }
    pages.into_iter().flatten().collect()
}

/// Gives the lines, as they are compared, that stand at that edge of at least half of the pages.
fn heads(pages: &[Vec<Line>], from_end: bool) -> Vec<String> {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages {
        let mut keys: Vec<String> = edge(page, from_end)
            .into_iter()
            .map(|at| key(page, at))
            .collect();
        keys.sort();
        keys.dedup();
        for key in keys
            .into_iter()
            .filter(|key| key.chars().count() >= SHORTEST_HEAD)
        {
            *times.entry(key).or_default() += 1;
        }
    }
    let most = times
        .into_iter()
        .filter(|(_, times)| *times >= 2 && times * 2 >= pages.len());
    most.map(|(key, _)| key).collect()
}

/// Gives where the lines stand that are nearest to an edge, blank ones left out.
fn edge(page: &[Line], from_end: bool) -> Vec<usize> {
    let written = |at: &usize| {
        page.get(*at)
            .is_some_and(|line| !line.text.trim().is_empty())
    };
    match from_end {
        false => (0..page.len()).filter(written).take(EDGE).collect(),
        true => (0..page.len()).rev().filter(written).take(EDGE).collect(),
    }
}

/// The letters of a line: a running head may count the pages. A heading of the form has none.
fn key(page: &[Line], at: usize) -> String {
    let text = page.get(at).map_or("", |line| line.text.as_str());
    if form::numbered(text).is_some() || form::item(page, at, &[]).is_some() {
        return String::new();
    }
    form::letters(text).filter(|c| !c.is_numeric()).collect()
}

/// Cuts a page at the last of the heads and numbers that stand at an edge.
fn trim(page: &mut Vec<Line>, from_end: bool, heads: &[String]) {
    let edge = edge(page, from_end);
    let is_left_out = |at: &&usize| {
        let text = page.get(**at).map_or("", |line| line.text.as_str());
        is_page_number(text) || heads.contains(&key(page, **at))
    };
    let Some(last) = edge.iter().take_while(is_left_out).last().copied() else {
        return;
    };
    let blank = |line: &Line| line.text.trim().is_empty();
    if from_end {
        page.truncate(last);
        let written = page
            .iter()
            .rposition(|line| !blank(line))
            .map_or(0, |at| at + 1);
        page.truncate(written);
    } else {
        let after = page.iter().skip(last + 1);
        let blanks = after.take_while(|line| blank(line)).count();
        page.drain(..last + 1 + blanks);
    }
}

/// `12`, `- 12 -`, `pag. 12`, `Pagina 3 di 12`, `3/12`.
fn is_page_number(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let text = text
        .strip_prefix("pagina")
        .or_else(|| text.strip_prefix("pag"))
        .unwrap_or(&text);
    let marks = |c: char| c.is_whitespace() || matches!(c, '.' | '-' | '–');
    let numbers: Vec<&str> = text
        .trim_matches(marks)
        .split("di")
        .flat_map(|part| part.split('/'))
        .collect();
    let number = |part: &&str| {
        let part = part.trim();
        (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    numbers.len() <= 2 && numbers.iter().all(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> Vec<(u32, String)> {
        let lines = without_edges(pages(text)).into_iter();
        lines.map(|line| (line.number, line.text)).collect()
    }

    fn texts(text: &str) -> Vec<String> {
        printed(text).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn numbers_and_heads_at_the_edges_of_pages_are_left_out_with_their_blanks() {
        let text = "uno\ndue\n\n   12\n\u{c}  Zona Pistoiese\n\ntre\n13\n\u{c}Zona Pistoiese\nquattro\n2025\n";
        let by_hand = [
            (1, "uno"),
            (2, "due"),
            (7, "tre"),
            (10, "quattro"),
            (11, "2025"),
            (12, ""),
        ];
        assert_eq!(printed(text), by_hand.map(|(n, text)| (n, text.to_owned())));
        for number in ["- 3 -", "Pag. 3", "pagina 3 di 12", "3/12"] {
            assert_eq!(
                texts(&format!("uno\n{number}\n\u{c}due")),
                ["uno", "due"],
                "{number}"
            );
        }
    }

    #[test]
    fn headings_and_lines_of_one_page_stay() {
        let text = "a. situazione attuale\nuno\n\u{c}a. situazione attuale\ndue\n\u{c}Zona\ntre\nx1\n\u{c}4 azioni";
        let by_hand = [
            "a. situazione attuale",
            "uno",
            "a. situazione attuale",
            "due",
            "Zona",
            "tre",
            "x1",
            "4 azioni",
        ];
        assert_eq!(texts(text), by_hand);
        assert_eq!(
            texts("uno\n12\ndue"),
            ["uno", "12", "due"],
            "there is one page"
        );
    }
}
