//! The trait, once for both databases: a connection that reads or a transaction that writes, one statement of
//! `statements.rs`, and the end of the transaction. The two kinds of connections share no trait that would let this be
//! a generic function of a few words.

/// Implements [`super::Store`] for a type with `reader`, `writing`, `ready` and `close`, in a module with `statements`, `jobs` and `upkeep`.
macro_rules! implement_store {
    ($store:ty) => {
        impl $crate::store::Store for $store {
            fn create<'a>(
                &'a self,
                scenario: &'a $crate::store::NewScenario,
                key: Option<&'a $crate::store::Idempotency>,
            ) -> $crate::store::Answer<'a, $crate::store::Created> {
                $crate::store::implementation::write!(self, statements::create(scenario, key))
            }

            fn read<'a>(
                &'a self,
                id: &'a str,
                revision: Option<u32>,
                now: time::OffsetDateTime,
            ) -> $crate::store::Answer<
                'a,
                Option<$crate::store::Kept<$crate::store::StoredRevision>>,
            > {
                $crate::store::implementation::read!(self, statements::read(id, revision, now))
            }

            fn head<'a>(
                &'a self,
                id: &'a str,
                now: time::OffsetDateTime,
            ) -> $crate::store::Answer<'a, Option<$crate::store::Kept<$crate::store::Head>>> {
                $crate::store::implementation::read!(self, statements::head(id, now))
            }

            fn history<'a>(
                &'a self,
                id: &'a str,
                now: time::OffsetDateTime,
            ) -> $crate::store::Answer<'a, Vec<$crate::store::RevisionSummary>> {
                $crate::store::implementation::read!(self, statements::history(id, now))
            }

            fn revise<'a>(
                &'a self,
                id: &'a str,
                changes: u32,
                revision: &'a $crate::store::Revision,
            ) -> $crate::store::Answer<'a, $crate::store::Change> {
                $crate::store::implementation::write!(self, statements::revise(id, changes, revision))
            }

            fn amend<'a>(
                &'a self,
                id: &'a str,
                changes: u32,
                amendment: &'a $crate::store::Amendment,
            ) -> $crate::store::Answer<'a, $crate::store::Change> {
                $crate::store::implementation::write!(self, statements::amend(id, changes, amendment))
            }

            fn remove<'a>(
                &'a self,
                id: &'a str,
                changes: u32,
            ) -> $crate::store::Answer<'a, $crate::store::Change> {
                $crate::store::implementation::write!(self, statements::remove(id, changes))
            }

            fn hand_over<'a>(
                &'a self,
                id: &'a str,
                to: $crate::store::Owner,
            ) -> $crate::store::Answer<'a, ()> {
                $crate::store::implementation::write!(self, statements::hand_over(id, to))
            }

            fn move_list(
                &self,
                from: $crate::store::Hash,
                to: $crate::store::Hash,
            ) -> $crate::store::Answer<'_, u64> {
                $crate::store::implementation::write!(self, statements::move_list(from, to))
            }

            fn of_browser(
                &self,
                browser: $crate::store::Hash,
                now: time::OffsetDateTime,
                most: u32,
            ) -> $crate::store::Answer<'_, Vec<$crate::store::ScenarioSummary>> {
                $crate::store::implementation::read!(self, statements::of_browser(browser, now, most))
            }

            fn bytes(
                &self,
                client: Option<$crate::store::Hash>,
            ) -> $crate::store::Answer<'_, u64> {
                $crate::store::implementation::read!(self, upkeep::bytes(client))
            }

            fn begin_simulation<'a>(
                &'a self,
                simulation: &'a $crate::store::NewSimulation,
            ) -> $crate::store::Answer<'a, ()> {
                $crate::store::implementation::write!(self, jobs::begin(simulation))
            }

            fn simulation<'a>(
                &'a self,
                id: &'a str,
                now: time::OffsetDateTime,
            ) -> $crate::store::Answer<'a, Option<$crate::store::StoredSimulation>> {
                $crate::store::implementation::read!(self, jobs::read(id, now))
            }

            fn beat_simulation<'a>(
                &'a self,
                id: &'a str,
                state: $crate::store::SimulationState,
                progress: &'a str,
                now: time::OffsetDateTime,
            ) -> $crate::store::Answer<'a, bool> {
                $crate::store::implementation::write!(self, jobs::beat(id, state, progress, now))
            }

            fn end_simulation<'a>(
                &'a self,
                id: &'a str,
                end: &'a $crate::store::SimulationEnd,
                now: time::OffsetDateTime,
            ) -> $crate::store::Answer<'a, bool> {
                $crate::store::implementation::write!(self, jobs::end(id, end, now))
            }

            fn sweep(
                &self,
                now: time::OffsetDateTime,
                keys_before: time::OffsetDateTime,
            ) -> $crate::store::Answer<'_, $crate::store::Swept> {
                $crate::store::implementation::write!(self, upkeep::sweep(now, keys_before))
            }

            fn secret(
                &self,
                candidate: $crate::store::Hash,
            ) -> $crate::store::Answer<'_, $crate::store::Hash> {
                $crate::store::implementation::write!(self, upkeep::secret(candidate))
            }

            fn ready(&self) -> $crate::store::Answer<'_, ()> {
                Box::pin(self.ready())
            }

            fn close(&self) -> app::api::ports::Boxed<'_, ()> {
                Box::pin(self.close())
            }
        }
    };
}

macro_rules! read {
    ($self:ident, $module:ident::$statement:ident($($argument:expr),*)) => {
        Box::pin(async move {
            let mut connection = $self.reader().await?;
            $module::$statement(&mut connection, $($argument),*).await
        })
    };
}

macro_rules! write {
    ($self:ident, $module:ident::$statement:ident($($argument:expr),*)) => {
        Box::pin(async move {
            let mut transaction = $self.writing().await?;
            let done = $module::$statement(&mut transaction, $($argument),*).await?;
            transaction.commit().await?;
            Ok(done)
        })
    };
}

pub(super) use {implement_store, read, write};
