//! What holds of every log of events: what comes later says nothing of what came before.

use proptest::prelude::*;

use super::tests::{LIFE, replay_of};
use crate::outcome::{HistoryEntry, LifeOutcome};

/// An event of one of four sheets, without its instant.
fn events() -> impl Strategy<Value = Vec<String>> {
    let event = (
        1..=4_u32,
        prop::sample::select(vec!["comune", "regione"]),
        prop::sample::select(vec!["invia", "invia", "valida", "rifiuta"]),
        prop::sample::select(vec!["", "perché sì"]),
    );
    let line = |(at, (sheet, role, transition, reason)): (usize, (u32, _, _, _))| {
        // One every two days, from before the window opens to after it closes.
        let (month, day) = (4 + (at * 2 + 19) / 30, (at * 2 + 19) % 30 + 1);
        format!("{at},00100{sheet},2026-{month:02}-{day:02} 10:00,{role},{transition},{reason}\n")
    };
    prop::collection::vec(event, 0..16)
        .prop_map(move |events| events.into_iter().enumerate().map(line).collect())
}

fn histories(life: &LifeOutcome) -> Vec<&[HistoryEntry]> {
    life.rows.iter().map(|row| row.history.as_slice()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_prefix_of_the_events_gives_the_prefix_of_each_history(events in events(), cut in 0..16_usize) {
        let cut = cut.min(events.len());
        let whole = replay_of(LIFE, &events.concat()).unwrap();
        let part = replay_of(LIFE, &events[..cut].concat()).unwrap();
        let told: usize = histories(&part).iter().map(|history| history.len()).sum();
        prop_assert_eq!(told, cut);
        for (whole, part) in histories(&whole).into_iter().zip(histories(&part)) {
            prop_assert!(whole.starts_with(part));
        }
    }

    #[test]
    fn the_order_of_the_file_has_no_say_at_different_instants(
        (events, shuffled) in events().prop_flat_map(|e| (Just(e.clone()), Just(e).prop_shuffle()))
    ) {
        prop_assert_eq!(
            replay_of(LIFE, &events.concat()).unwrap(),
            replay_of(LIFE, &shuffled.concat()).unwrap()
        );
    }

    #[test]
    fn a_state_is_that_of_the_last_event_accepted(events in events()) {
        for row in replay_of(LIFE, &events.concat()).unwrap().rows {
            let mut state = "bozza";
            for entry in &row.history {
                prop_assert_eq!(entry.from.as_str(), state);
                if entry.accepted() {
                    state = entry.to.as_str();
                }
            }
            prop_assert_eq!(row.state.as_str(), state);
        }
    }
}
