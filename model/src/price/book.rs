//! The price book: look-ups by id and region.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use super::entry::OWN_RATE;
use super::file::File;
use super::instances::Instances;
use super::reading::{Reading, field, other_unit};
use super::{
    Allowance, InstancePrices, MissingPrice, Price, PriceBookError, Region, Share, Source,
    Unpriced, embedded,
};
use crate::index::Index;

/// All prices with their sources, by id and region.
#[derive(Clone, Debug, Default)]
pub struct PriceBook {
    version: String,
    titles: BTreeMap<String, String>,
    prices: BTreeMap<String, BTreeMap<Region, Arc<Price>>>,
    quick: Quick,
    instances: Instances,
    unpriced: BTreeMap<String, Unpriced>,
    allowances: BTreeMap<String, Allowance>,
    shares: BTreeMap<String, BTreeMap<Region, Share>>,
    sources: BTreeMap<String, Source>,
}

/// The prices once more, to be found fast: places by id, prices by region.
#[derive(Clone, Debug, Default)]
struct Quick {
    places: Index,
    prices: Vec<(String, [Option<Arc<Price>>; Region::ALL.len()])>,
}

impl Quick {
    fn new(all: &BTreeMap<String, BTreeMap<Region, Arc<Price>>>) -> Self {
        let by_region = |prices: &BTreeMap<Region, Arc<Price>>| {
            Region::ALL.map(|region| prices.get(&region).cloned())
        };
        Self {
            places: Index::new(all.keys().map(String::as_str)),
            prices: all
                .iter()
                .map(|(id, prices)| (id.clone(), by_region(prices)))
                .collect(),
        }
    }

    fn find(&self, id: &str, region: Region) -> Option<&Price> {
        let place = self.places.find(id, |place| &self.prices[place].0)?;
        self.prices[place].1[region as usize].as_deref()
    }
}

static EMBEDDED: LazyLock<PriceBook> = LazyLock::new(|| {
    PriceBook::parse(embedded::FILES).expect("the embedded files parse: a test reads them all")
});

impl PriceBook {
    /// The book the program carries; read once.
    ///
    /// # Panics
    ///
    /// Never in a build whose tests passed: `tests/price_data.rs` reads the same files.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Name and text of the embedded files, to read or check them again.
    #[must_use]
    pub const fn embedded_files() -> &'static [(&'static str, &'static str)] {
        embedded::FILES
    }

    /// Reads a book from files given as name and TOML text.
    ///
    /// # Errors
    ///
    /// [`PriceBookError`] names the file, the entry's id and the field.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, PriceBookError> {
        let mut book = Self::default();
        let own = Source {
            id: OWN_RATE.to_owned(),
            title: "Your own rate".to_owned(),
            url: String::new(),
            kind: "own".to_owned(),
        };
        book.sources.insert(own.id.clone(), own);
        book.lay_over(files)?;
        if book.version.is_empty() {
            Err(PriceBookError::NoVersion)
        } else {
            Ok(book)
        }
    }

    /// This book with files laid over it: their entries replace those of the same id and region.
    ///
    /// The version stays unless one of the files states its own.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse).
    pub fn overlaid(&self, files: &[(&str, &str)]) -> Result<Self, PriceBookError> {
        let mut book = self.clone();
        book.lay_over(files)?;
        Ok(book)
    }

    /// The date of the book, such as `2026-11-23`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The price with this id in this region.
    ///
    /// # Errors
    ///
    /// [`MissingPrice`] when the sources give none; another region's price is never taken.
    pub fn price(&self, id: &str, region: Region) -> Result<&Price, MissingPrice> {
        self.find(id, region).ok_or_else(|| MissingPrice {
            price_id: id.to_owned(),
            region,
            version: self.version.clone(),
        })
    }

    /// The same, `None` where the sources give none.
    #[must_use]
    pub fn find(&self, id: &str, region: Region) -> Option<&Price> {
        self.quick.find(id, region)
    }

    /// The prices of all instance types in a region, as `look_up` gives them the first time.
    pub(crate) fn instances(
        &self,
        region: Region,
        look_up: impl FnOnce() -> Vec<InstancePrices>,
    ) -> &[InstancePrices] {
        self.instances.of(region, look_up)
    }

    /// Whether the id is priced in any region, or metered without a published rate: an own rate
    /// under it counts.
    #[must_use]
    pub fn knows(&self, id: &str) -> bool {
        self.prices.contains_key(id) || self.unpriced.contains_key(id)
    }

    /// The user's own flat rate under a known id, with the name and unit the book gives that id.
    #[must_use]
    pub fn own_rate(&self, id: &str, region: Region, usd: f64) -> Option<Price> {
        let priced = self
            .prices
            .get(id)
            .and_then(|prices| prices.values().next());
        let (name, unit) = match priced {
            Some(known) => (&known.name, known.unit),
            None => self
                .unpriced
                .get(id)
                .map(|known| (&known.name, known.unit))?,
        };
        Some(Price::flat(id, name.clone(), region, unit, usd))
    }

    /// What is metered without a published rate, by id.
    pub fn unpriced(&self) -> impl Iterator<Item = &Unpriced> {
        self.unpriced.values()
    }

    /// All prices, by id and region.
    pub fn entries(&self) -> impl Iterator<Item = &Price> {
        let all = self.prices.values().flat_map(BTreeMap::values);
        all.map(|price| &**price)
    }

    /// The products and their titles, by id.
    pub fn products(&self) -> impl Iterator<Item = (&str, &str)> {
        self.titles
            .iter()
            .map(|(product, title)| (product.as_str(), title.as_str()))
    }

    /// The source that entries name by this id; entries of the book always name an existing one.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.get(id)
    }

    /// All sources, by id.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.sources.values()
    }

    /// The free quantity with this id.
    #[must_use]
    pub fn allowance(&self, id: &str) -> Option<&Allowance> {
        self.allowances.get(id)
    }

    /// All free quantities, by id.
    pub fn allowances(&self) -> impl Iterator<Item = &Allowance> {
        self.allowances.values()
    }

    /// The fee or discount with this id in this region.
    ///
    /// # Errors
    ///
    /// [`MissingPrice`] when the sources give none.
    pub fn share(&self, id: &str, region: Region) -> Result<&Share, MissingPrice> {
        self.shares
            .get(id)
            .and_then(|regions| regions.get(&region))
            .ok_or_else(|| MissingPrice {
                price_id: id.to_owned(),
                region,
                version: self.version.clone(),
            })
    }

    /// All fees and discounts, by id and region.
    pub fn shares(&self) -> impl Iterator<Item = &Share> {
        self.shares.values().flat_map(BTreeMap::values)
    }

    /// Lays files over what is there; the same id and region twice among the files is an error.
    fn lay_over(&mut self, files: &[(&str, &str)]) -> Result<(), PriceBookError> {
        let mut new = Reading::default();
        for (name, text) in files {
            let file: File = toml::from_str(text).map_err(|error| PriceBookError::Format {
                file: (*name).to_owned(),
                reason: error.to_string(),
            })?;
            new.read(name, file)?;
        }
        self.sources.extend(new.sources);
        for (file, id, source) in &new.cited {
            if !self.sources.contains_key(source) {
                return Err(field(
                    file,
                    id,
                    "source",
                    format!("names {source:?}, which no sources.toml describes"),
                ));
            }
        }
        for (id, (file, unit)) in &new.units {
            let known = self.prices.get(id).and_then(|of| of.values().next());
            if let Some(known) = known.filter(|known| known.unit != *unit) {
                return Err(other_unit(file, id, *unit, known.unit));
            }
        }
        for ((id, region), price) in new.prices {
            let of_id = self.prices.entry(id).or_default();
            of_id.insert(region, Arc::new(price));
        }
        self.unpriced.extend(new.unpriced);
        for ((id, region), share) in new.shares {
            self.shares.entry(id).or_default().insert(region, share);
        }
        for (file, allowance) in new.allowances.values() {
            if let Some(unknown) = allowance.applies_to.iter().find(|id| !self.knows(id)) {
                return Err(field(
                    file,
                    &allowance.id,
                    "applies_to",
                    format!("names {unknown:?}, which has no price"),
                ));
            }
        }
        self.allowances.extend(
            new.allowances
                .into_iter()
                .map(|(id, (_, allowance))| (id, allowance)),
        );
        self.titles.extend(new.titles);
        self.quick = Quick::new(&self.prices);
        self.instances = Instances::default();
        if let Some(version) = new.version {
            self.version = version;
        }
        Ok(())
    }
}
