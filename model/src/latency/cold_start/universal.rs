//! The cold-start equation as a table that all workloads share: with time
//! counted in service times it has only two inputs, `a = lambda S` and
//! `r = (tau + S) / S`.
//!
//! The first slot is exact, `exp(-a r)`. Of what the slots above it add the
//! table holds the logarithms of share and number over `u(a)` and `ln r`.
//! Between its points a cubic in both directions; blocks of points are swept
//! when they are first asked for: about 2 ms for a first week at every memory
//! size, 1.2 ms for a row over all loads.
use std::sync::{LazyLock, OnceLock};

use super::sweep::{self, Sums};
use crate::math::{ceil, exp, exp_m1, floor, ln, ln_1p};

/// Loads below this have two slots at most: the third adds 1e-4 of the second.
const LEAST_LOAD: f64 = 2e-4;
/// The largest load, that of [`super::MAX_OFFERED_LOAD`].
const MOST_LOAD: f64 = super::MAX_OFFERED_LOAD;
/// The longest life of an idle slot, in service times.
const MOST_LIFETIME: f64 = 2e8;

/// Grid steps per factor e of the load, where each slot leaves a ripple.
const STEPS_SMALL: f64 = 36.0;
/// The same for large loads, where the ripples of neighbors have merged.
const STEPS_LARGE: f64 = 4.0;
/// Where the one turns into the other.
const TURN: f64 = 14.0;
/// Grid steps per factor e of the lifetime.
const STEPS_LIFETIME: f64 = 8.0;

/// Intervals in one block of a row.
const BLOCK: usize = 32;
/// Points that the intervals of a block need: a cubic takes one more below, two above.
const POINTS: usize = BLOCK + 3;

/// `ln cold` and `ln live` of the slots above the first.
type Point = [f64; 2];
type Row = Vec<OnceLock<Box<[Point; POINTS]>>>;

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let rows = index(ceil(ln(MOST_LIFETIME) * STEPS_LIFETIME)) + 4;
    let blocks = index(column(MOST_LOAD) - column(LEAST_LOAD)) / BLOCK + 1;
    let row = || (0..blocks).map(|_| OnceLock::new()).collect();
    (0..rows).map(|_| row()).collect()
});

/// The column of the least load.
static FIRST_COLUMN: LazyLock<f64> = LazyLock::new(|| column(LEAST_LOAD));

/// The sums over all slots for `a > 0` and `arrivals_in_lifetime = a r > 0`;
/// `None` outside of the table.
pub(super) fn sums(offered_load: f64, arrivals_in_lifetime: f64) -> Option<Sums> {
    let above = if offered_load < LEAST_LOAD {
        two_slots(offered_load, arrivals_in_lifetime)?
    } else {
        interpolated(offered_load, arrivals_in_lifetime / offered_load)?
    };
    let first = exp(-arrivals_in_lifetime);
    Some(Sums {
        cold: first + above.cold,
        live: (1.0 - first) + above.live,
    })
}

/// The limit of small loads: overflows of one slot are as good as Poisson.
fn two_slots(offered_load: f64, arrivals_in_lifetime: f64) -> Option<Sums> {
    if arrivals_in_lifetime > offered_load * MOST_LIFETIME {
        return None;
    }
    let overflows = offered_load * arrivals_in_lifetime;
    Some(Sums {
        cold: offered_load * exp(-overflows),
        live: -exp_m1(-overflows),
    })
}

fn interpolated(offered_load: f64, lifetime: f64) -> Option<Sums> {
    if !(1.0..=MOST_LIFETIME).contains(&lifetime) || offered_load > MOST_LOAD {
        return None;
    }
    let across = column(offered_load) - *FIRST_COLUMN;
    let down = ln(lifetime) * STEPS_LIFETIME;
    let (left, top) = (floor(across), floor(down));
    let (first_column, first_row) = (index(left), index(top));
    let (block, offset) = (first_column / BLOCK, first_column % BLOCK);
    let along = cubic(across - left);
    let (mut cold, mut live) = (0.0, 0.0);
    for (row, weight) in cubic(down - top).into_iter().enumerate() {
        let points = ROWS.get(first_row + row)?.get(block)?;
        let points = points.get_or_init(|| swept(first_row + row, block));
        for (point, along) in points.get(offset..)?.iter().zip(along) {
            cold += weight * along * point[0];
            live += weight * along * point[1];
        }
    }
    Some(Sums {
        cold: exp(cold),
        live: exp(live),
    })
}

/// The points of one block of a row.
fn swept(row: usize, block: usize) -> Box<[Point; POINTS]> {
    let lifetime = exp((from_index(row) - 1.0) / STEPS_LIFETIME);
    let first = column(LEAST_LOAD) + from_index(block * BLOCK) - 1.0;
    let mut points = Box::new([Point::default(); POINTS]);
    let (mut load, mut latest) = (load_at(first), Point::default());
    for (step, point) in points.iter_mut().enumerate() {
        // The points far beyond the last load only fill the block.
        if load < 2.0 * MOST_LOAD {
            load = refined(first + from_index(step), load);
            let sums = sweep::sums(load, load * lifetime, 1.0);
            latest = [sums.cold, sums.live].map(|sum| ln(sum.max(f64::MIN_POSITIVE)));
        }
        *point = latest;
    }
    points
}

/// `u(a)`, whose slope over `ln a` is `STEPS_SMALL` for small loads and
/// `STEPS_LARGE` for large ones.
fn column(offered_load: f64) -> f64 {
    STEPS_SMALL * ln(offered_load) - (STEPS_SMALL - STEPS_LARGE) * ln_1p(offered_load / TURN)
}

/// The load at a column.
fn load_at(column: f64) -> f64 {
    // Never above the load that is sought, from where Newton's steps rise to it.
    let small = exp(column / STEPS_SMALL);
    refined(column, small)
}

/// Newton's steps over `ln a`, from a load that is not far off.
fn refined(sought: f64, near: f64) -> f64 {
    const STEPS: u32 = 12;
    let mut load = near;
    for _ in 0..STEPS {
        let share = load / (load + TURN);
        let slope = STEPS_SMALL - (STEPS_SMALL - STEPS_LARGE) * share;
        load *= exp((sought - column(load)) / slope);
    }
    load
}

/// Lagrange's weights of four even points, at a share 0..1 of the middle interval.
fn cubic(share: f64) -> [f64; 4] {
    let (before, rest, after) = (share + 1.0, 1.0 - share, 2.0 - share);
    [
        -share * rest * after / 6.0,
        before * rest * after / 2.0,
        before * share * after / 2.0,
        -before * share * rest / 6.0,
    ]
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be a small index"
)]
fn index(position: f64) -> usize {
    position.clamp(0.0, f64::from(u16::MAX)) as usize
}

fn from_index(index: usize) -> f64 {
    f64::from(u32::try_from(index).unwrap_or(u32::MAX))
}
