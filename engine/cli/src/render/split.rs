//! A split as JSON and as text.

use riparto_core::allocate::{Outcome, Problem};
use riparto_core::diag::Lang;
use riparto_core::say;
use riparto_core::words;
use serde_json::{Value, json};

use super::table::table;

/// Gives a split as JSON: amounts with the decimals of the step, fractions as `n/d`.
pub fn json(problem: &Problem, outcome: &Outcome) -> Value {
    let certificate = &outcome.certificate;
    let money = |amount| problem.step.format(amount);
    let weights = problem.criteria.first().map(|criterion| &criterion.weights);
    let rows = outcome.rows.iter().enumerate().map(|(at, row)| {
        json!({
            "key": row.key,
            "weight": weights.and_then(|weights| weights.get(at)),
            "exact": row.exact,
            "amount": money(&row.amount),
            "extra_step": row.extra_step,
            "rank": row.rank,
        })
    });
    json!({
        "fund": money(&problem.target),
        "method": problem.method,
        "step": problem.step.format(problem.step.size()),
        "total_weight": certificate.criteria.first().map(|criterion| &criterion.whole),
        "unit_value": certificate.unit_value.as_ref().map(|unit| &unit.applied),
        "rows": rows.collect::<Vec<_>>(),
        "total": money(&certificate.distributed),
        "residue": certificate.residue.as_ref().map(money),
    })
}

/// Gives a split as text.
pub fn text(problem: &Problem, outcome: &Outcome, lang: Lang, terminal: bool) -> String {
    let header = [
        say!("chiave", "key"),
        say!("peso", "weight"),
        say!("quota esatta", "exact quota"),
        say!("importo", "amount"),
        say!("resto n.", "remainder no."),
    ];
    let header: Vec<&str> = header.iter().map(|text| text.get(lang)).collect();
    let weights = problem.criteria.first().map(|criterion| &criterion.weights);
    let rows: Vec<Vec<String>> = outcome
        .rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let weight = weights.and_then(|weights| weights.get(at));
            let rank = row.rank.map(|rank| rank.to_string()).unwrap_or_default();
            let served = if row.extra_step { " +" } else { "" };
            vec![
                row.key.clone(),
                weight
                    .map(|w| words::number(w).get(lang).to_owned())
                    .unwrap_or_default(),
                words::number(&row.exact).get(lang).to_owned(),
                problem.step.format(&row.amount),
                format!("{rank}{served}"),
            ]
        })
        .collect();
    let mut text = table(terminal, &header, &[1, 2, 3, 4], &rows);
    let certificate = &outcome.certificate;
    if let Some(unit) = &certificate.unit_value {
        let (name, applied) = (say!("unità", "unit"), words::number(&unit.applied));
        text.push_str(&format!("\n{}: {}", name.get(lang), applied.get(lang)));
    }
    let total = problem.step.format(&certificate.distributed);
    text.push_str(&format!("\n{}: {total}", say!("totale", "total").get(lang)));
    let residue = certificate
        .residue
        .as_ref()
        .map(|residue| problem.step.format(residue));
    let residue = residue.unwrap_or_else(|| {
        say!("non determinato", "not determined")
            .get(lang)
            .to_owned()
    });
    text.push_str(&format!(
        "\n{}: {residue}\n",
        say!("residuo", "residue").get(lang)
    ));
    text
}
