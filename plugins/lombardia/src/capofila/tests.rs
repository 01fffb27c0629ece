//! The lead Comune by hand, then against a search that shares nothing with it.

use super::*;

type Comune<'t> = (&'t str, &'t str, Option<i64>);

fn texts<'t>(cells: impl Iterator<Item = &'t str>) -> Column {
    Column::Texts(cells.map(|cell| Some(cell.to_owned())).collect())
}

/// Gives the question for each Comune of a table.
fn batch(comuni: &[Comune<'_>]) -> Batch {
    let ambiti = texts(comuni.iter().map(|(ambito, _, _)| *ambito));
    let codes = texts(comuni.iter().map(|(_, istat, _)| *istat));
    let children = Column::Integers(comuni.iter().map(|(_, _, c)| *c).collect());
    let rows = u32::try_from(comuni.len()).unwrap();
    let table = Table {
        name: "comuni".to_owned(),
        file: "comuni.csv".to_owned(),
        columns: vec![
            ("ambito".to_owned(), ambiti.clone()),
            ("istat".to_owned(), codes.clone()),
            ("bambini".to_owned(), children),
        ],
        lines: (2..rows + 2).collect(),
    };
    Batch {
        rows,
        columns: vec![ambiti, codes],
        tables: vec![table],
    }
}

fn leads(comuni: &[Comune<'_>]) -> Vec<Option<bool>> {
    match capofila(&batch(comuni)).unwrap() {
        Column::Bools(cells) => cells,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_comune_with_most_children_leads() {
    let comuni = [
        ("Nord", "097001", Some(112)),
        ("Sud", "098001", Some(3)),
        ("Nord", "097002", Some(113)),
    ];
    assert_eq!(leads(&comuni), [Some(false), Some(true), Some(true)]);
}

#[test]
fn of_equals_neither_is_chosen_and_the_others_do_not_lead() {
    let comuni = [
        ("Nord", "097001", Some(112)),
        ("Nord", "097002", Some(112)),
        ("Nord", "097003", Some(5)),
    ];
    assert_eq!(leads(&comuni), [None, None, Some(false)]);
}

#[test]
fn one_absent_number_leaves_its_whole_ambito_open() {
    let comuni = [
        ("Nord", "097001", Some(112)),
        ("Nord", "097002", None),
        ("Sud", "098001", Some(3)),
    ];
    assert_eq!(leads(&comuni), [None, None, Some(true)]);
}

#[test]
fn the_answer_of_a_row_does_not_depend_on_which_rows_are_asked() {
    let comuni = [("Nord", "097001", Some(1)), ("Nord", "097002", Some(2))];
    let mut asked = batch(&comuni);
    asked.rows = 1;
    asked.columns = vec![texts(["Nord"].into_iter()), texts(["097001"].into_iter())];
    assert_eq!(capofila(&asked), Ok(Column::Bools(vec![Some(false)])));
    asked.columns = vec![Column::Texts(vec![None]), texts(["097001"].into_iter())];
    assert_eq!(capofila(&asked), Ok(Column::Bools(vec![None])));
}

#[test]
fn what_is_wrong_in_the_table_is_told_at_once() {
    let comuni = [
        ("Nord", "097001", Some(-1)),
        ("Sud", "097001", Some(2)),
        ("Sud", "098001", Some(2)),
    ];
    let fault = capofila(&batch(&comuni)).unwrap_err();
    assert_eq!(
        fault.message_en,
        "there are 3 faults: column `istat`: in row 2 of the calls the Comune `097001` is of the \
         ambito `Sud`, where the table does not have it; line 2, column `bambini`: the children \
         are fewer than zero; line 3, column `istat`: `097001` is at line 2 already"
    );
    let mut bare = batch(&comuni);
    bare.tables[0].columns.truncate(1);
    let fault = capofila(&bare).unwrap_err();
    assert_eq!(fault.code, "missing-column");
    assert!(
        fault.message.starts_with("gli errori sono 2"),
        "{}",
        fault.message
    );
}

#[test]
fn it_agrees_with_a_search_of_every_pair() {
    // Small numbers, so that equals and absences are frequent; a recurrence gives them.
    let mut state = 7_u64;
    let mut next = |limit: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % limit
    };
    let mut seen = [0; 3];
    for _ in 0..200 {
        let codes: Vec<_> = (0..12).map(|code| format!("0970{code:02}")).collect();
        let comuni: Vec<Comune<'_>> = codes
            .iter()
            .map(|code| {
                let ambito = ["Nord", "Sud", "Est"][next(3) as usize];
                let children = next(20) as i64;
                (ambito, code.as_str(), (children > 0).then_some(children))
            })
            .collect();
        let searched: Vec<_> = comuni.iter().map(|of| by_pairs(&comuni, of)).collect();
        for found in &searched {
            seen[found.map_or(2, usize::from)] += 1;
        }
        assert_eq!(leads(&comuni), searched, "{comuni:?}");
    }
    assert!(seen.iter().all(|times| *times > 100), "{seen:?}");
}

fn by_pairs(comuni: &[Comune<'_>], (ambito, istat, own): &Comune<'_>) -> Option<bool> {
    let mut leads = Some(true);
    for (other_ambito, other, children) in comuni {
        if other_ambito != ambito {
            continue;
        }
        let (children, own) = ((*children)?, (*own)?);
        if children > own {
            leads = Some(false);
        } else if children == own && other != istat && leads == Some(true) {
            leads = None;
        }
    }
    leads
}
