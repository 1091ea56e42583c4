//! Reading price files entry by entry, and what must hold for each.

use std::collections::BTreeMap;

use super::file::{AllowanceEntry, File, Origin, PriceEntry, ShareEntry, UnpricedEntry};
use super::{
    Allowance, Price, PriceBookError, Region, Share, Source, Tier, Unit, Unpriced, is_iso_date,
    table,
};

pub(super) fn field(
    file: &str,
    id: &str,
    field: &'static str,
    reason: impl Into<String>,
) -> PriceBookError {
    PriceBookError::Field {
        file: file.to_owned(),
        id: id.to_owned(),
        field,
        reason: reason.into(),
    }
}

pub(super) fn other_unit(file: &str, id: &str, given: Unit, known: Unit) -> PriceBookError {
    field(
        file,
        id,
        "unit",
        format!("is {given}, but it is priced by the {known}"),
    )
}

/// What a set of files says, checked entry by entry.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) version: Option<String>,
    pub(super) titles: BTreeMap<String, String>,
    pub(super) prices: BTreeMap<(String, Region), Price>,
    /// File and unit of each price id: one id is bought in one unit, wherever it is priced.
    pub(super) units: BTreeMap<String, (String, Unit)>,
    pub(super) unpriced: BTreeMap<String, Unpriced>,
    pub(super) shares: BTreeMap<(String, Region), Share>,
    pub(super) allowances: BTreeMap<String, (String, Allowance)>,
    pub(super) sources: BTreeMap<String, Source>,
    /// File, entry and source id, to check once all sources are read.
    pub(super) cited: Vec<(String, String, String)>,
}

impl Reading {
    /// Takes in a file.
    pub(super) fn read(&mut self, name: &str, file: File) -> Result<(), PriceBookError> {
        if let Some(version) = file.version {
            if !is_iso_date(&version) {
                return Err(field(
                    name,
                    "version",
                    "version",
                    format!("is {version:?}, which is no ISO date"),
                ));
            }
            self.version = Some(version);
        }
        for source in file.source {
            if let Some(twice) = self.sources.insert(source.id.clone(), source) {
                return Err(field(name, &twice.id, "id", "is described twice"));
            }
        }
        let product = file.product;
        for entry in file.price {
            self.price(name, &product, entry)?;
        }
        for entry in file.unpriced {
            self.unpriced(name, &product, entry)?;
        }
        for table in file.table {
            self.origin(name, &product, &table.id, &table.origin)?;
            for price in table::prices(name, &table)? {
                self.add(name, price)?;
            }
        }
        for entry in file.allowance {
            self.allowance(name, &product, entry)?;
        }
        for entry in file.share {
            self.share(name, &product, entry)?;
        }
        if !product.is_empty() {
            self.titles.insert(product, file.title);
        }
        Ok(())
    }

    fn price(
        &mut self,
        file: &str,
        product: &str,
        entry: PriceEntry,
    ) -> Result<(), PriceBookError> {
        self.origin(file, product, &entry.id, &entry.origin)?;
        let tiers = match (entry.usd, entry.tiers) {
            (Some(usd), tiers) if tiers.is_empty() => vec![Tier { up_to: None, usd }],
            (None, tiers) if !tiers.is_empty() => tiers,
            _ => {
                return Err(field(
                    file,
                    &entry.id,
                    "usd",
                    "or tiers must stand, not both",
                ));
            }
        };
        for region in entry.regions {
            let origin = entry.origin.clone();
            self.add(
                file,
                Price {
                    id: entry.id.clone(),
                    name: entry.name.clone(),
                    region,
                    unit: entry.unit,
                    tiers: tiers.clone(),
                    source: origin.source,
                    as_of: origin.as_of,
                    confidence: origin.confidence,
                    note: origin.note,
                    assumption: origin.assumption,
                },
            )?;
        }
        Ok(())
    }

    fn unpriced(
        &mut self,
        file: &str,
        product: &str,
        entry: UnpricedEntry,
    ) -> Result<(), PriceBookError> {
        self.origin(file, product, &entry.id, &entry.origin)?;
        let unpriced = Unpriced {
            id: entry.id.clone(),
            name: entry.name,
            unit: entry.unit,
            source: entry.origin.source,
            as_of: entry.origin.as_of,
            confidence: entry.origin.confidence,
            note: entry.origin.note,
        };
        match self.unpriced.insert(entry.id, unpriced) {
            Some(twice) => Err(field(file, &twice.id, "id", "is given twice")),
            None => Ok(()),
        }
    }

    fn add(&mut self, file: &str, price: Price) -> Result<(), PriceBookError> {
        check_tiers(file, &price.id, &price.tiers)?;
        let first = (file.to_owned(), price.unit);
        let (_, unit) = self.units.entry(price.id.clone()).or_insert(first);
        if *unit != price.unit {
            return Err(other_unit(file, &price.id, price.unit, *unit));
        }
        let key = (price.id.clone(), price.region);
        if let Some(twice) = self.prices.insert(key, price) {
            return Err(field(
                file,
                &twice.id,
                "regions",
                format!("has {} twice", twice.region),
            ));
        }
        Ok(())
    }

    fn allowance(
        &mut self,
        file: &str,
        product: &str,
        entry: AllowanceEntry,
    ) -> Result<(), PriceBookError> {
        self.origin(file, product, &entry.id, &entry.origin)?;
        if !(entry.quantity.is_finite() && entry.quantity > 0.0) {
            return Err(field(file, &entry.id, "quantity", "must be above 0"));
        }
        let allowance = Allowance {
            id: entry.id.clone(),
            name: entry.name,
            quantity: entry.quantity,
            unit: entry.unit,
            applies_to: entry.applies_to,
            source: entry.origin.source,
            as_of: entry.origin.as_of,
            confidence: entry.origin.confidence,
            note: entry.origin.note,
        };
        match self
            .allowances
            .insert(entry.id, (file.to_owned(), allowance))
        {
            Some((_, twice)) => Err(field(file, &twice.id, "id", "is given twice")),
            None => Ok(()),
        }
    }

    fn share(
        &mut self,
        file: &str,
        product: &str,
        entry: ShareEntry,
    ) -> Result<(), PriceBookError> {
        self.origin(file, product, &entry.id, &entry.origin)?;
        if !(0.0..=1.0).contains(&entry.fraction) {
            return Err(field(
                file,
                &entry.id,
                "fraction",
                "must be between 0 and 1",
            ));
        }
        for region in entry.regions {
            let origin = entry.origin.clone();
            let share = Share {
                id: entry.id.clone(),
                name: entry.name.clone(),
                region,
                fraction: entry.fraction,
                of: entry.of.clone(),
                source: origin.source,
                as_of: origin.as_of,
                confidence: origin.confidence,
                note: origin.note,
                assumption: origin.assumption,
            };
            if self
                .shares
                .insert((entry.id.clone(), region), share)
                .is_some()
            {
                return Err(field(
                    file,
                    &entry.id,
                    "regions",
                    format!("has {region} twice"),
                ));
            }
        }
        Ok(())
    }

    /// Checks what all entries have: an id of the product, a dated source.
    fn origin(
        &mut self,
        file: &str,
        product: &str,
        id: &str,
        origin: &Origin,
    ) -> Result<(), PriceBookError> {
        if product.is_empty()
            || id
                .strip_prefix(product)
                .is_none_or(|rest| !rest.starts_with('/'))
        {
            return Err(field(
                file,
                id,
                "id",
                format!("must start with the product of the file, {product:?}"),
            ));
        }
        if !is_iso_date(&origin.as_of) {
            return Err(field(
                file,
                id,
                "as_of",
                format!("is {:?}, which is no ISO date", origin.as_of),
            ));
        }
        self.cited
            .push((file.to_owned(), id.to_owned(), origin.source.clone()));
        Ok(())
    }
}

/// Tiers ascend, the last has no end, and each price is a finite number of dollars, 0 or more.
fn check_tiers(file: &str, id: &str, tiers: &[Tier]) -> Result<(), PriceBookError> {
    let mut start = 0.0;
    for (index, tier) in tiers.iter().enumerate() {
        if !(tier.usd.is_finite() && tier.usd >= 0.0) {
            return Err(field(
                file,
                id,
                "usd",
                format!("is {}, must be 0 or more", tier.usd),
            ));
        }
        match tier.up_to {
            Some(up_to) if index + 1 < tiers.len() && up_to.is_finite() && up_to > start => {
                start = up_to;
            }
            None if index + 1 == tiers.len() => {}
            _ => {
                return Err(field(
                    file,
                    id,
                    "up_to",
                    "must ascend and be absent in the last tier only",
                ));
            }
        }
    }
    Ok(())
}
