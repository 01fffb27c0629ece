//! How long a national split takes: 8,000 rows, a hundred billion euro, weights with six decimals.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use riparto_core::allocate::{Bound, Method, Payers, Problem, Ties, allocate};
use riparto_core::num::Ratio;

const ROWS: i64 = 8_000;

fn national(method: Method) -> Problem {
    let counts = method == Method::UnitValue;
    let weight = |index: i64| {
        let millionths = (index * 7_919) % 1_000_003 * 997 + 1;
        Ratio::new(millionths, if counts { 1 } else { 1_000_000 }).unwrap_or_else(Ratio::one)
    };
    let weights = (0..ROWS).map(|index| (index.to_string(), weight(index)));
    let mut problem = Problem::new(Ratio::from(100_000_000_000), method, weights);
    problem.ties = Ties::First;
    problem
}

fn bounded(payers: Payers) -> Problem {
    let mut problem = national(Method::LargestRemainder);
    problem.payers = payers;
    for row in problem.rows.iter_mut().step_by(3) {
        row.min = Some(Bound::min(Ratio::from(9_000_000)));
        row.max = Some(Bound::max(Ratio::from(20_000_000)));
    }
    problem
}

fn splits(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("8000 rows");
    for method in Method::ALL {
        let problem = national(method);
        group.bench_function(method.name(), |b| b.iter(|| allocate(black_box(&problem))));
    }
    for (name, payers) in [
        ("bounds paid by all", Payers::All),
        (
            "bounds paid by a class",
            Payers::Rows((0..8_000).step_by(2).collect()),
        ),
        ("bounds paid by a reserve", Payers::Reserve),
    ] {
        let problem = bounded(payers);
        group.bench_function(name, |b| b.iter(|| allocate(black_box(&problem))));
    }
    group.finish();
}

criterion_group!(benches, splits);
criterion_main!(benches);
