//! Titles by hand: with and without numbers, in tables of contents, misprinted.

use super::*;
use crate::text::lines_of;

/// Gives the line and the point of each title.
fn found(text: &str) -> Vec<(usize, usize)> {
    let outline = outline(&lines_of(text)).unwrap_or_else(|fault| panic!("{fault:?}"));
    let titles = outline.titles.into_iter();
    titles.map(|(at, title)| (at + 1, title.point)).collect()
}

fn refused(text: &str) -> (String, u32, String, String) {
    let fault = outline(&lines_of(text)).unwrap_err();
    let line = fault.place.as_ref().map_or(0, |place| place.line);
    (fault.code, line, fault.message_en, fault.help_en)
}

/// Each title with one item and its text.
fn whole() -> String {
    let points = POINTS.iter().zip(1..);
    let points =
        points.map(|(title, n)| format!("{n}. {title}\na. situazione attuale\nx\n\ny\nz\n"));
    points.collect()
}

#[test]
fn a_table_of_contents_is_no_title() {
    let plain: Vec<_> = found(&whole());
    assert_eq!(plain.len(), 17);
    assert_eq!((plain[0], plain[16]), ((1, 1), (97, 17)));
    let titles = |below: &str| -> String {
        let entries = POINTS.iter().zip(1..);
        let entries = entries.map(|(title, n)| format!("{n}. {title} ..... {}\n{below}", n + 1));
        format!("INDICE\n{}\u{c}", entries.collect::<String>())
    };
    for (contents, lines) in [
        (titles(""), 18),
        (
            titles("a. situazione attuale ... 3\ne. tempi attesi\n"),
            18 + 34,
        ),
    ] {
        let shifted: Vec<_> = plain
            .iter()
            .map(|(at, point)| (at + lines, *point))
            .collect();
        assert_eq!(found(&format!("{contents}{}", whole())), shifted);
    }
}

#[test]
fn a_point_without_items_keeps_its_title_in_its_place() {
    let text = "15. sito/pagine web pubblicate\n\n16. atti conferenza\na. situazione attuale\n\
                17. aggiornamento regolamento\nuno\n16. atti conferenza\n";
    assert_eq!(found(text), [(1, 15), (3, 16), (5, 17)]);
}

#[test]
fn titles_are_known_by_their_words_whatever_stands_before() {
    for title in [
        "modalità adottate per analisi delle criticità territoriali, dati utilizzati",
        "MODALITÀ ADOTTATE PER ANALISI DELLE CRITICITÀ TERRITORIALI",
        "Punto 7 - modalità adottate per analisi",
        "Punto n. 7: modalità adottate per l'analisi delle criticità",
        "VII. modalità adottate",
        "7) modalità adottate per l’analisi",
        "8. modalità adottate per analisi delle criticità",
    ] {
        let text = format!("{title}\na. situazione attuale\n");
        assert_eq!(found(&text), [(1, 7)], "{title}");
    }
}

#[test]
fn a_point_whose_title_is_not_known_is_told_with_its_line() {
    let start = "16. atti conferenza\na. situazione attuale\nb. criticità\n";
    for title in [
        "17. il nostro regolamento",
        "aggiornamento dello statuto",
        "",
    ] {
        let text = format!("{start}{title}\n\na - situazione attuale\n");
        let (code, line, message, help) = refused(&text);
        assert_eq!((code.as_str(), line), ("unknown-point", 6), "{title}");
        assert_eq!(
            message,
            "after point 16 a point begins whose title is not known"
        );
        assert!(help.ends_with("14, 15, 17"), "{help}");
    }
    let (_, line, message, _) = refused(&format!("Primo punto\na. situazione attuale\n{start}"));
    assert_eq!(line, 2);
    assert!(message.starts_with("before any other"), "{message}");
    // Words that three titles share, and no number.
    let (code, ..) = refused("modalità adottate per l'analisi\na. situazione attuale\n");
    assert_eq!(code, "unknown-point");
}

#[test]
fn two_programmes_in_a_file_are_told() {
    let (code, line, message, _) = refused(&whole().repeat(2));
    assert_eq!((code.as_str(), line), ("repeated-point", 103));
    assert_eq!(message, "point 1 stands twice: at line 1 too");
}
