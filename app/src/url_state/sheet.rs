//! Temporary.

use model::system::{InvalidSystem, System};

use super::{Pairs, field, system_from_query};

/// Names the component whose flat names stand beside a packed system.
pub(crate) const COMPONENT: &str = "component";

pub(crate) struct Draft(Pairs);

impl Draft {
    pub(crate) fn parse(query: &str) -> Self {
        Self(Pairs::parse(query))
    }
    pub(crate) fn system(self) -> Result<System, InvalidSystem> {
        system_from_query(&self.0.answers().without(&[COMPONENT]).query())
    }
}

pub(crate) fn component_pairs(system: &System, index: usize) -> Pairs {
    let mut alone = system.clone();
    alone.links.clear();
    alone.components = system.components.get(index).cloned().into_iter().collect();
    field::pairs(&alone).unwrap_or_default()
}
