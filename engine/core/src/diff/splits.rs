//! Money as blocks: funds, parameters, allocations with their criteria and bounds.

use super::block::Block;
use super::columns::scalar;
use super::names::Names;
use super::{kinds, wording};
use crate::diag::Text;
use crate::model::Unit;
use crate::rules::{
    Allocation, Bound, Criterion, Fund, Measure, Param, Payers, Reserved, Share, TieRule,
};
use crate::say;
use crate::words;

/// Gives a fund, then the shares of it that other rules split.
pub(super) fn fund(measure: &Measure, fund: &Fund) -> Vec<Block> {
    let block = Block::new(kinds::FUND, &fund.id, &fund.label, &fund.source);
    let block = match fund.amount {
        Some(amount) => block.says("amount", amount, words::money(amount)),
        None => block.says(
            "amount",
            "unknown",
            say!("un importo non noto", "an unknown amount"),
        ),
    };
    let published = say!("la cifra pubblicata", "the published figure");
    let block = block.text("published", published, fund.published.as_deref());
    let block = match fund.interval {
        Some((least, most)) => {
            let said = say!(
                "{least} – {most}", "{least} – {most}";
                least = words::money(least), most = words::money(most)
            );
            let name = say!(
                "l'intervallo degli importi possibili",
                "the interval of possible amounts"
            );
            block.sets("interval", name, format!("{least}..{most}"), said)
        }
        None => block,
    };
    let parts = fund.reserved.iter().enumerate();
    let parts = parts.map(|(at, one)| reserved(measure, one).nth_of(&block, at));
    let parts: Vec<Block> = parts.collect();
    [vec![block], parts].concat()
}

fn reserved(measure: &Measure, reserved: &Reserved) -> Block {
    let block = Block::new(kinds::RESERVED, "", &reserved.to, &reserved.source);
    share(block, measure, &reserved.share).bare_told()
}

/// Gives a parameter.
pub(super) fn param(param: &Param) -> Block {
    let (plain, said) = match (&param.value, param.number()) {
        (_, Some(number)) if param.percent => (number.to_string(), words::percent(number)),
        (Some(value), _) => scalar(value, &param.unit),
        (None, _) => {
            let awaited = say!("un valore non noto", "an unknown value");
            ("unknown".to_owned(), awaited)
        }
    };
    let block = Block::new(kinds::PARAM, &param.id, &param.label, &param.source);
    let block = block.says("value", plain, said);
    match param.unit.is_none() {
        true => block,
        false => unit(block, &param.unit),
    }
}

/// Adds what a number counts.
pub(super) fn unit(block: Block, unit: &Unit) -> Block {
    let said = Text::same(unit.to_string());
    block.sets("unit", say!("l'unità", "the unit"), unit, said)
}

/// Gives an allocation, its criteria, then its bounds.
pub(super) fn allocation(names: &Names<'_>, allocation: &Allocation) -> Vec<Block> {
    let a = allocation;
    let measure = names.measure;
    let block = Block::new(kinds::ALLOCATION, &a.id, &a.label, &a.source);
    let block = match &a.residue_of {
        Some(other) => block.list(
            "residue_of",
            say!(
                "il riparto di cui prende il residuo",
                "the allocation whose residue it takes"
            ),
            [names.allocation(other)],
        ),
        None => share(block, measure, &a.share),
    };
    let block = block
        .list(
            "funds",
            say!("l'elenco dei fondi", "the list of funds"),
            a.funds.iter().map(|id| names.fund(id)),
        )
        .list(
            "to",
            say!("la tabella di chi riceve", "the table of who receives"),
            [names.table(&a.to)],
        )
        .by_formula("where", say!("il filtro", "the filter"), a.filter.as_ref())
        .sets(
            "method",
            say!("il metodo", "the method"),
            a.method.name(),
            wording::method(a.method),
        )
        .sets(
            "step",
            say!("il passo dell'arrotondamento", "the step of rounding"),
            a.step.size(),
            words::number(a.step.size()),
        )
        .sets(
            "rounding",
            say!("il modo dell'arrotondamento", "the mode of rounding"),
            a.rounding.name(),
            words::rounding(a.rounding),
        )
        .words(
            "residue",
            say!(
                "la riga che prende il residuo",
                "the row that takes the residue"
            ),
            &a.residue_to,
        )
        .holds(
            "withhold",
            say!("l'attesa dei dati che mancano", "the wait for missing data"),
            say!("attende i dati che mancano", "it waits for missing data"),
            a.withhold,
        );
    let criteria = a.criteria.iter().enumerate();
    let criteria = criteria.map(|(at, one)| criterion(measure, one).nth_of(&block, at));
    let bounds = [
        (kinds::FLOOR, &a.floor),
        (kinds::CAP, &a.cap),
        (kinds::GUARANTEE, &a.guarantee),
    ];
    let bounds = bounds.into_iter().filter_map(|(kind, one)| {
        let one = one.as_ref()?;
        let found = Block::new(kind, kind.key, &one.label, &one.source);
        Some(bound(found, one).part_of(&block))
    });
    let ties = ties(&a.ties).map(|ties| ties.part_of(&block));
    let parts: Vec<Block> = criteria.chain(bounds).chain(ties).collect();
    [vec![block], parts].concat()
}

fn criterion(measure: &Measure, criterion: &Criterion) -> Block {
    let block = Block::new(kinds::CRITERION, "", &criterion.label, &criterion.source);
    share(block, measure, &criterion.share)
        .bare_told()
        .by_formula(
            "weight",
            say!("il peso", "the weight"),
            Some(&criterion.weight),
        )
}

fn bound(block: Block, bound: &Bound) -> Block {
    let block = block.formula("value", Some(&bound.value));
    let pays = say!("la parte che paga", "the part that pays");
    match &bound.pays {
        Payers::All => block.sets("pays", pays, "all", say!("tutte le righe", "all rows")),
        Payers::Where(rows) => block.by_formula("pays", pays, Some(rows)),
        Payers::Reserve => {
            let said = say!("una riserva fuori dal fondo", "a reserve outside the fund");
            block.sets("pays", pays, "reserve", said)
        }
    }
}

/// The rule for equal remainders; none where the run stops.
fn ties(rule: &TieRule) -> Option<Block> {
    let (source, plain, said) = match rule {
        TieRule::Stop => return None,
        TieRule::First(source) => (
            source,
            "first".to_owned(),
            say!("la prima riga", "the first row"),
        ),
        TieRule::Last(source) => (
            source,
            "last".to_owned(),
            say!("l'ultima riga", "the last row"),
        ),
        TieRule::By(by, source) => {
            let by = &by.text;
            (
                source,
                by.clone(),
                say!("chi ha più `{by}`", "who has more `{by}`"),
            )
        }
        TieRule::Draw(keys, source) => {
            let drawn = keys.join(", ");
            (
                source,
                drawn.clone(),
                say!("il sorteggio: {drawn}", "the draw: {drawn}"),
            )
        }
    };
    let label = say!("a parità di resto", "for equal remainders");
    Some(Block::new(kinds::TIES, kinds::TIES.key, &label, source).says("ties", plain, said))
}

/// Adds a share: by the name of its parameter, whose own change is told apart, or as it stands.
fn share(block: Block, measure: &Measure, share: &Share) -> Block {
    let name = say!("la quota", "the share");
    let fraction = measure.fraction(share);
    let Some(param) = &share.param else {
        return block.share("share", name, fraction);
    };
    let label = measure.params.get(param).map(|param| param.label.clone());
    let label = label.unwrap_or_else(|| Text::same(param));
    let percent = words::percent(fraction);
    let said =
        say!("{percent} («{label}»)", "{percent} (“{label}”)"; percent = percent, label = label);
    block.sets("share", name, param, said)
}
