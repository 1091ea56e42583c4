//! The price book: look-ups by id and region, and how it is read and checked.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::entry::OWN_RATE;
use super::file::{AllowanceEntry, File, Origin, PriceEntry, ShareEntry};
use super::{Allowance, MissingPrice, Price, PriceBookError, Region, Share, Source, Tier, embedded, is_iso_date, table};

/// All prices with their sources, by id and region.
#[derive(Clone, Debug, Default)]
pub struct PriceBook {
    version: String,
    titles: BTreeMap<String, String>,
    prices: BTreeMap<String, BTreeMap<Region, Price>>,
    allowances: BTreeMap<String, Allowance>,
    shares: BTreeMap<String, BTreeMap<Region, Share>>,
    sources: BTreeMap<String, Source>,
}

static EMBEDDED: LazyLock<PriceBook> =
    LazyLock::new(|| PriceBook::parse(embedded::FILES).expect("the embedded files parse: a test reads them all"));

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
        if book.version.is_empty() { Err(PriceBookError::NoVersion) } else { Ok(book) }
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
        self.prices.get(id).and_then(|regions| regions.get(&region)).ok_or_else(|| MissingPrice {
            price_id: id.to_owned(),
            region,
            version: self.version.clone(),
        })
    }

    /// Whether the id is priced in any region.
    #[must_use]
    pub fn knows(&self, id: &str) -> bool {
        self.prices.contains_key(id)
    }

    /// The user's own flat rate under a known id, with the name and unit the book gives that id.
    #[must_use]
    pub fn own_rate(&self, id: &str, region: Region, usd: f64) -> Option<Price> {
        let known = self.prices.get(id)?.values().next()?;
        Some(Price::flat(id, known.name.clone(), region, known.unit, usd))
    }

    /// All prices, by id and region.
    pub fn entries(&self) -> impl Iterator<Item = &Price> {
        self.prices.values().flat_map(BTreeMap::values)
    }

    /// The products and their titles, by id.
    pub fn products(&self) -> impl Iterator<Item = (&str, &str)> {
        self.titles.iter().map(|(product, title)| (product.as_str(), title.as_str()))
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
        self.shares.get(id).and_then(|regions| regions.get(&region)).ok_or_else(|| MissingPrice {
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
            let file: File = toml::from_str(text)
                .map_err(|error| PriceBookError::Format { file: (*name).to_owned(), reason: error.to_string() })?;
            new.read(name, file)?;
        }
        self.sources.extend(new.sources);
        for (file, id, source) in &new.cited {
            if !self.sources.contains_key(source) {
                return Err(field(file, id, "source", format!("names {source:?}, which no sources.toml describes")));
            }
        }
        for ((id, region), price) in new.prices {
            self.prices.entry(id).or_default().insert(region, price);
        }
        for ((id, region), share) in new.shares {
            self.shares.entry(id).or_default().insert(region, share);
        }
        for (file, allowance) in new.allowances.values() {
            if let Some(unknown) = allowance.applies_to.iter().find(|id| !self.knows(id)) {
                return Err(field(file, &allowance.id, "applies_to", format!("names {unknown:?}, which has no price")));
            }
        }
        self.allowances.extend(new.allowances.into_iter().map(|(id, (_, allowance))| (id, allowance)));
        self.titles.extend(new.titles);
        if let Some(version) = new.version {
            self.version = version;
        }
        Ok(())
    }
}

fn field(file: &str, id: &str, field: &'static str, reason: impl Into<String>) -> PriceBookError {
    PriceBookError::Field { file: file.to_owned(), id: id.to_owned(), field, reason: reason.into() }
}

/// What a set of files says, checked entry by entry.
#[derive(Default)]
struct Reading {
    version: Option<String>,
    titles: BTreeMap<String, String>,
    prices: BTreeMap<(String, Region), Price>,
    shares: BTreeMap<(String, Region), Share>,
    allowances: BTreeMap<String, (String, Allowance)>,
    sources: BTreeMap<String, Source>,
    /// File, entry and source id, to check once all sources are read.
    cited: Vec<(String, String, String)>,
}

impl Reading {
    fn read(&mut self, name: &str, file: File) -> Result<(), PriceBookError> {
        if let Some(version) = file.version {
            if !is_iso_date(&version) {
                return Err(field(name, "version", "version", format!("is {version:?}, which is no ISO date")));
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

    fn price(&mut self, file: &str, product: &str, entry: PriceEntry) -> Result<(), PriceBookError> {
        self.origin(file, product, &entry.id, &entry.origin)?;
        let tiers = match (entry.usd, entry.tiers) {
            (Some(usd), tiers) if tiers.is_empty() => vec![Tier { up_to: None, usd }],
            (None, tiers) if !tiers.is_empty() => tiers,
            _ => return Err(field(file, &entry.id, "usd", "or tiers must stand, not both")),
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

    fn add(&mut self, file: &str, price: Price) -> Result<(), PriceBookError> {
        check_tiers(file, &price.id, &price.tiers)?;
        let key = (price.id.clone(), price.region);
        if let Some(twice) = self.prices.insert(key, price) {
            return Err(field(file, &twice.id, "regions", format!("has {} twice", twice.region)));
        }
        Ok(())
    }

    fn allowance(&mut self, file: &str, product: &str, entry: AllowanceEntry) -> Result<(), PriceBookError> {
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
        match self.allowances.insert(entry.id, (file.to_owned(), allowance)) {
            Some((_, twice)) => Err(field(file, &twice.id, "id", "is given twice")),
            None => Ok(()),
        }
    }

    fn share(&mut self, file: &str, product: &str, entry: ShareEntry) -> Result<(), PriceBookError> {
        self.origin(file, product, &entry.id, &entry.origin)?;
        if !(0.0..=1.0).contains(&entry.fraction) {
            return Err(field(file, &entry.id, "fraction", "must be between 0 and 1"));
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
            if self.shares.insert((entry.id.clone(), region), share).is_some() {
                return Err(field(file, &entry.id, "regions", format!("has {region} twice")));
            }
        }
        Ok(())
    }

    /// Checks what all entries have: an id of the product, a dated source.
    fn origin(&mut self, file: &str, product: &str, id: &str, origin: &Origin) -> Result<(), PriceBookError> {
        if product.is_empty() || id.strip_prefix(product).is_none_or(|rest| !rest.starts_with('/')) {
            return Err(field(file, id, "id", format!("must start with the product of the file, {product:?}")));
        }
        if !is_iso_date(&origin.as_of) {
            return Err(field(file, id, "as_of", format!("is {:?}, which is no ISO date", origin.as_of)));
        }
        self.cited.push((file.to_owned(), id.to_owned(), origin.source.clone()));
        Ok(())
    }
}

/// Tiers ascend, the last has no end, and each price is a finite number of dollars, 0 or more.
fn check_tiers(file: &str, id: &str, tiers: &[Tier]) -> Result<(), PriceBookError> {
    let mut start = 0.0;
    for (index, tier) in tiers.iter().enumerate() {
        if !(tier.usd.is_finite() && tier.usd >= 0.0) {
            return Err(field(file, id, "usd", format!("is {}, must be 0 or more", tier.usd)));
        }
        match tier.up_to {
            Some(up_to) if index + 1 < tiers.len() && up_to.is_finite() && up_to > start => start = up_to,
            None if index + 1 == tiers.len() => {}
            _ => return Err(field(file, id, "up_to", "must ascend and be absent in the last tier only")),
        }
    }
    Ok(())
}
