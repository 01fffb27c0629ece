//! `calendar`: the holidays of a year, each with its law.

use riparto_core::diag::Diagnostic;
use riparto_core::say;
use riparto_core::terms::long_date;
use serde_json::json;

use super::term::{cadastral, no_holiday_of_its_own};
use crate::args::{CalendarArgs, Format};
use crate::exit::Failure;
use crate::host::Host;
use crate::output::print;
use crate::render::table::table;

/// Lists the holidays of a year; ordinary Sundays are not among them.
pub fn calendar(host: &Host, args: &CalendarArgs) -> Result<(), Failure> {
    host.only(&[Format::Text, Format::Json])?;
    let law = host.law()?;
    let municipality = args.municipality.as_deref().map(cadastral).transpose()?;
    let year = year(&args.year)?;
    let holidays = law
        .calendar
        .year(year, municipality)
        .map_err(|fault| Failure::Refused(Diagnostic::from(fault).into()))?;
    if host.format == Format::Json {
        let rows = holidays.iter().map(|holiday| {
            json!({
                "date": holiday.date.to_string(),
                "name": host.say(&holiday.name),
                "act": holiday.act,
            })
        });
        let all = json!({ "year": year, "holidays": rows.collect::<Vec<_>>() });
        print(&riparto_io::report::json::text(&all))?;
        return Ok(());
    }
    let header = [
        say!("giorno", "day"),
        say!("festività", "holiday"),
        say!("atto", "act"),
    ];
    let header: Vec<&str> = header.iter().map(|text| host.say(text)).collect();
    let rows = holidays.iter().map(|holiday| {
        let day = host.say(&long_date(holiday.date)).to_owned();
        let name = host.say(&holiday.name).to_owned();
        vec![day, name, holiday.act.clone()]
    });
    let rows: Vec<_> = rows.collect();
    let own = municipality.and_then(|code| no_holiday_of_its_own(&law, code));
    let own = own.map(|note| format!("{}\n", host.say(&note)));
    let listed = table(host.terminal, &header, &[], &rows);
    print(&format!("{listed}\n{}", own.unwrap_or_default()))?;
    Ok(())
}

fn year(text: &str) -> Result<i32, Failure> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let year = text.parse().ok().filter(|year| digits && *year > 0);
    year.ok_or_else(|| {
        Failure::argument(
            say!("`{text}` non è un anno", "`{text}` is not a year"),
            say!(
                "scriverlo con quattro cifre: `2026`",
                "write it with four digits: `2026`"
            ),
        )
    })
}
