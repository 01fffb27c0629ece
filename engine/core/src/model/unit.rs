//! What a number counts: euro, bambini, a fraction of one.

use std::collections::BTreeMap;
use std::fmt;

/// A product of named units, each with its power: `euro`, `euro/bambini`, or nothing at all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unit(BTreeMap<String, i32>);

impl Unit {
    /// Gives the unit of a pure number.
    pub fn none() -> Self {
        Self::default()
    }

    /// Gives the unit of money.
    pub fn euro() -> Self {
        Self::named("euro")
    }

    /// Gives a unit by its name; an empty name is a pure number.
    pub fn named(name: &str) -> Self {
        if name.is_empty() {
            Self::none()
        } else {
            Self([(name.to_owned(), 1)].into())
        }
    }

    /// Tells whether this is the unit of a pure number.
    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    /// Gives the unit of a product.
    pub fn times(&self, other: &Self) -> Self {
        self.combine(other, 1)
    }

    /// Gives the unit of a quotient.
    pub fn over(&self, other: &Self) -> Self {
        self.combine(other, -1)
    }

    fn combine(&self, other: &Self, sign: i32) -> Self {
        let mut powers = self.0.clone();
        for (name, power) in &other.0 {
            let total = powers.entry(name.clone()).or_insert(0);
            *total = total.saturating_add(power.saturating_mul(sign));
        }
        powers.retain(|_, power| *power != 0);
        Self(powers)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |wanted: fn(i32) -> bool| {
            let names = self.0.iter().filter(|(_, power)| wanted(**power));
            names
                .map(|(name, power)| match power.abs() {
                    1 => name.clone(),
                    power => format!("{name}^{power}"),
                })
                .collect::<Vec<_>>()
                .join("·")
        };
        let (over, under) = (side(|power| power > 0), side(|power| power < 0));
        match (over.as_str(), under.as_str()) {
            ("", "") => write!(f, "1"),
            (over, "") => write!(f, "{over}"),
            ("", under) => write!(f, "1/{under}"),
            (over, under) => write!(f, "{over}/{under}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotient_of_equals_is_a_pure_number() {
        assert!(Unit::euro().over(&Unit::euro()).is_none());
        assert_eq!(
            Unit::euro().over(&Unit::named("bambini")).to_string(),
            "euro/bambini"
        );
        assert_eq!(Unit::none().to_string(), "1");
    }
}
