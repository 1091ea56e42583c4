//! What is said to a database about simulations. A module of `sqlite.rs` and of `postgres.rs`, as `statements.rs` is.

use time::OffsetDateTime;

use super::Connection;
use crate::store::rows::{json_text, milliseconds};
use crate::store::simulation::SimulationRow;
use crate::store::{NewSimulation, SimulationEnd, SimulationState, StoreError, StoredSimulation};

pub(super) async fn begin(
    connection: &mut Connection,
    simulation: &NewSimulation,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO simulations (id, state, format, question, progress, created_at_ms, beat_at_ms, expires_at_ms) \
         VALUES ($1, $2, $3, $4, $5, $6, $6, $7)",
    )
    .bind(&simulation.id)
    .bind(SimulationState::Queued.name())
    .bind(simulation.question.format())
    .bind(simulation.question.bytes())
    .bind(json_text(&simulation.progress))
    .bind(milliseconds(simulation.created_at))
    .bind(milliseconds(simulation.expires_at))
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn read(
    connection: &mut Connection,
    id: &str,
    now: OffsetDateTime,
) -> Result<Option<StoredSimulation>, StoreError> {
    let row: Option<SimulationRow> = sqlx::query_as(
        "SELECT state, format, question, progress, result, created_at_ms, beat_at_ms, expires_at_ms \
         FROM simulations WHERE id = $1 AND expires_at_ms > $2",
    )
    .bind(id)
    .bind(milliseconds(now))
    .fetch_optional(connection)
    .await?;
    row.map(SimulationRow::read).transpose()
}

/// A sign of life; `false` where nobody wants it any more.
pub(super) async fn beat(
    connection: &mut Connection,
    id: &str,
    state: SimulationState,
    progress: &str,
    now: OffsetDateTime,
) -> Result<bool, StoreError> {
    let touched = sqlx::query(
        "UPDATE simulations SET state = $2, progress = $3, beat_at_ms = $4 \
         WHERE id = $1 AND state IN ('queued', 'running') AND expires_at_ms > $4",
    )
    .bind(id)
    .bind(state.name())
    .bind(json_text(progress))
    .bind(milliseconds(now))
    .execute(connection)
    .await?;
    Ok(touched.rows_affected() == 1)
}

/// Ends it once; `false` where it had ended before, or never was.
pub(super) async fn end(
    connection: &mut Connection,
    id: &str,
    end: &SimulationEnd,
    now: OffsetDateTime,
) -> Result<bool, StoreError> {
    let (result, why) = match end {
        SimulationEnd::Done(result) => (Some(result.bytes()), None),
        SimulationEnd::Failed(why) => (None, Some(json_text(why))),
        SimulationEnd::Cancelled | SimulationEnd::Interrupted => (None, None),
    };
    let touched = sqlx::query(
        "UPDATE simulations SET state = $2, result = $3, progress = coalesce($4, progress), beat_at_ms = $5 \
         WHERE id = $1 AND state IN ('queued', 'running')",
    )
    .bind(id)
    .bind(end.state().name())
    .bind(result)
    .bind(why)
    .bind(milliseconds(now))
    .execute(connection)
    .await?;
    Ok(touched.rows_affected() == 1)
}
