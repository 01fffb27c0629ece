//! Files in another encoding than UTF-8.

use super::*;

#[test]
fn each_cell_of_windows_is_found_with_its_reading() {
    let bytes = b"k;v\nForl\xEC;x\nb;citt\xE0 alta\n";
    assert_eq!(
        faults(&one(ColumnType::Text), bytes),
        [(Code::Encoding, 2, 1, 5), (Code::Encoding, 3, 3, 10)]
    );
    let (message, help) = words(&one(ColumnType::Text), b"k;v\na;Forl\xEC\n", Lang::It);
    assert!(
        message.contains("Windows-1252") && message.contains("`Forlì`"),
        "{message}"
    );
    assert!(help.contains("CSV UTF-8"), "{help}");
}

#[test]
fn utf16_is_found_with_the_other_faults_of_the_file() {
    let text = "\u{feff}k;v\na;x\n".encode_utf16();
    let bytes: Vec<u8> = text.flat_map(u16::to_le_bytes).collect();
    assert_eq!(
        faults(&one(ColumnType::Integer), bytes),
        [(Code::Encoding, 1, 1, 1), (Code::MalformedCell, 2, 3, 1)]
    );
}

#[test]
fn two_files_joined_leave_a_mark_and_a_second_header() {
    assert_eq!(
        faults(
            &one(ColumnType::Text),
            "\u{feff}k;v\na;b\n\u{feff}k;v\nc;d\n"
        ),
        [(Code::Bom, 3, 1, 1), (Code::DuplicateRow, 3, 1, 1)]
    );
}

#[test]
fn spoiled_accents_show_what_they_were() {
    let decl = one(ColumnType::Text);
    assert_eq!(
        faults(&decl, "k;v\na;ForlÃ¬\n"),
        [(Code::Mojibake, 2, 3, 6)]
    );
    assert!(
        words(&decl, "k;v\na;lâ€™Aquila\n", Lang::En)
            .0
            .ends_with("`l’Aquila`")
    );
    assert_eq!(
        faults(&decl, "k;v\na;Forl\u{fffd}\n"),
        [(Code::Mojibake, 2, 3, 5)]
    );
    assert_eq!(
        faults(&one(ColumnType::Bool), "k;v\na;sÃ¬\n"),
        [(Code::Mojibake, 2, 3, 3)]
    );
}

#[test]
fn a_workbook_is_refused_as_such() {
    assert_eq!(
        faults(&one(ColumnType::Text), b"PK\x03\x04"),
        [(Code::Encoding, 1, 1, 1)]
    );
}

#[test]
fn bytes_of_windows_outside_the_values_are_found_too() {
    let decl = table(
        "t",
        vec![
            column("k", ColumnType::Text),
            column("età", ColumnType::Integer),
        ],
    );
    assert_eq!(
        faults(&decl, b"k;et\xE0\na;3\n"),
        [(Code::Encoding, 1, 3, 3)]
    );
    let spaced = one(ColumnType::Text);
    assert_eq!(
        faults(&spaced, b"k;v\na;b\xA0\n"),
        [(Code::Encoding, 2, 3, 1)]
    );
    assert_eq!(
        faults(&spaced, b"k;v\na;b\n\xA0\n"),
        [(Code::Encoding, 3, 1, 1)]
    );
}
