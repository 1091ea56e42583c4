//! The scenarios that are meant: what was typed, read and looked up, or why there is none.

use http::StatusCode;

use crate::api::ports::{PortError, ScenarioRecord, Scenarios};
use crate::charts::Subject;
use crate::url_state::Reference;

/// What was typed for one side, and what came of it.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) typed: String,
    pub(super) found: Result<Side, Refused>,
}

/// A scenario as it is compared.
#[derive(Clone, Debug)]
pub(super) struct Side {
    pub(super) record: ScenarioRecord,
    /// Whether it was asked for without a revision.
    pub(super) newest: bool,
}

/// Why there is nothing to compare, for beside the field.
#[derive(Clone, Debug)]
pub(super) struct Refused {
    pub(super) status: StatusCode,
    pub(super) message: String,
}

impl Entry {
    /// Looks up what was typed; an error only where nothing at all can be looked up.
    pub(super) async fn of(scenarios: &dyn Scenarios, typed: String) -> Result<Self, PortError> {
        let found = match Reference::parse(&typed) {
            _ if typed.is_empty() => Err(Refused::missing(
                "Which scenario? Paste its link or its id.",
            )),
            Ok(reference) => Side::read(scenarios, &reference).await?,
            Err(why) => Err(Refused {
                status: StatusCode::BAD_REQUEST,
                message: format!("This {why}."),
            }),
        };
        Ok(Self { typed, found })
    }
}

impl Refused {
    fn missing(message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            message: message.into(),
        }
    }
}

impl Side {
    async fn read(
        scenarios: &dyn Scenarios,
        reference: &Reference,
    ) -> Result<Result<Self, Refused>, PortError> {
        match scenarios.read(&reference.id, reference.revision).await {
            Ok(Some(record)) => Ok(Ok(Self {
                record,
                newest: reference.revision.is_none(),
            })),
            Ok(None) => Ok(Err(absent(scenarios, reference).await)),
            Err(error @ (PortError::Overloaded | PortError::Unavailable | PortError::Internal)) => {
                Err(error)
            }
            Err(error) => Ok(Err(Refused::missing(format!("Nothing to show: {error}.")))),
        }
    }

    /// As it stands in an address, with its revision, so that the link stays what it is.
    pub(super) fn reference(&self) -> String {
        format!("{}@{}", self.record.id, self.record.revision)
    }

    pub(super) fn page(&self) -> String {
        format!("/s/{}/revisions/{}", self.record.id, self.record.revision)
    }

    pub(super) fn title(&self) -> String {
        if self.record.name.is_empty() {
            "Without a name".to_owned()
        } else {
            self.record.name.clone()
        }
    }

    pub(super) fn day(&self) -> String {
        let moment = &self.record.created_at;
        moment.get(..10).unwrap_or(moment).to_owned()
    }

    /// One of its components, to be drawn.
    pub(super) const fn subject(&self, index: usize) -> Subject<'_> {
        Subject {
            system: &self.record.system,
            evaluation: &self.record.evaluation,
            index,
        }
    }

    pub(super) fn region(&self) -> String {
        let region = self.record.system.region;
        region.unwrap_or(model::Region::UsEast1).id().to_owned()
    }
}

/// There is no such scenario, or no such revision of it.
async fn absent(scenarios: &dyn Scenarios, reference: &Reference) -> Refused {
    if let Some(revision) = reference.revision
        && let Ok(Some(newest)) = scenarios.read(&reference.id, None).await
    {
        return Refused::missing(format!(
            "This scenario has no revision {revision}; its newest is {}.",
            newest.revision
        ));
    }
    Refused::missing(
        "There is no such scenario here. It was deleted, or a letter of its id is wrong.",
    )
}
