//! `breakeven simulate FILE|-`.

use std::io::{IsTerminal as _, Write as _};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use clap::Args;
use model::replay::{Question, Replay, Run, SeriesText};
use model::simulation::Step;

use super::evaluate::{Format, one_line, read_system};
use super::table::{Column, table};
use super::{Book, Failure, print};
use crate::simulations::{Progress, replay};

/// From one plain line of progress to the next, where nobody looks at a terminal.
const PLAIN_EVERY: Duration = Duration::from_secs(5);
/// Letters of the bar.
const BAR: usize = 20;
/// What was simulated in less time has no rate.
const LEAST_S: f64 = 1e-3;
/// Letters of a line on a terminal, whatever its width.
const LINE: usize = 79;

#[derive(Args, Debug)]
pub(super) struct Simulate {
    /// A file with a system as JSON, or - for standard input
    file: PathBuf,
    /// Simulated time in months of 730 hours; a week is 0.2302
    #[arg(long, default_value_t = 1.0)]
    months: f64,
    /// Decides all that is random; the same seed gives the same numbers
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A platform to simulate; may be given several times
    #[arg(long = "platform", value_name = "ID", default_value = "aws-lambda")]
    platforms: Vec<String>,
    /// Independent runs of each platform; with two there is a confidence interval
    #[arg(long, default_value_t = 1)]
    replications: u32,
    /// Traffic as it was measured: counts as CSV, in place of the system's
    #[arg(long, value_name = "FILE")]
    series: Option<PathBuf>,
    /// The time of one count where the series has no timestamps
    #[arg(long, value_enum, default_value = "minute")]
    step: StepName,
    /// How to write the result
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    #[command(flatten)]
    book: Book,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum StepName {
    /// A count for each second
    Second,
    /// A count for each minute
    Minute,
    /// A count for each hour
    Hour,
}

impl From<StepName> for Step {
    fn from(name: StepName) -> Self {
        match name {
            StepName::Second => Self::Second,
            StepName::Minute => Self::Minute,
            StepName::Hour => Self::Hour,
        }
    }
}

impl Simulate {
    pub(super) fn run(self) -> Result<(), Failure> {
        let (question, book) = (self.question()?, self.book.open()?);
        let plays = question.plays(&book).map_err(|invalid| refused(&invalid))?;
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let teller = Teller::new();
        let tell = |done: f64, progress: Progress| teller.tell(done, &progress);
        let done = replay(&question, &book, plays, threads, &tell);
        teller.end();
        let replay = done.map_err(|error| Failure::Failed(error.to_string()))?;
        print(&match self.format {
            Format::Json => format!("{:#}\n", serde_json::json!(replay)),
            Format::Table => text(&replay),
        })
    }

    fn question(&self) -> Result<Question, Failure> {
        let series = self.series.as_ref().map(|file| {
            let csv = std::fs::read_to_string(file)
                .map_err(|error| Failure::BadInput(format!("{}: {error}", file.display())))?;
            Ok(SeriesText {
                component: 0,
                step: self.step.into(),
                csv,
            })
        });
        let question = Question {
            seed: self.seed,
            months: self.months,
            replications: self.replications,
            series: series.transpose()?,
            ..Question::week(read_system(&self.file)?, self.platforms.clone())
        };
        question.check().map_err(|invalid| refused(&invalid))?;
        Ok(question)
    }
}

fn refused(invalid: &model::InvalidSystem) -> Failure {
    let lines = invalid.errors.iter();
    let lines: Vec<String> = lines
        .map(|error| format!("{}: {}", error.path, error.message))
        .collect();
    Failure::BadInput(lines.join("\n"))
}

/// Says how far it is: a bar on a terminal, plain lines elsewhere.
struct Teller {
    terminal: bool,
    since: Instant,
    last: Mutex<Instant>,
}

impl Teller {
    fn new() -> Self {
        Self {
            terminal: std::io::stderr().is_terminal(),
            since: Instant::now(),
            last: Mutex::new(Instant::now()),
        }
    }

    fn tell(&self, done: f64, progress: &Progress) -> ControlFlow<()> {
        let seconds = self.since.elapsed().as_secs_f64();
        let left = if done > 0.0 {
            seconds * (1.0 - done) / done
        } else {
            0.0
        };
        let requests = app::format::count(progress.requests);
        let rate = app::format::significant(progress.requests / seconds.max(LEAST_S), 2);
        let rate = app::format::count(rate);
        let said = format!(
            "{:3.0} %  {left:.0} s left, {requests} requests, {rate} a second  {}",
            100.0 * done,
            one_line(&progress.doing),
        );
        let mut out = std::io::stderr().lock();
        // Nobody reads what is not written; the result is what counts.
        let _unwritten = if self.terminal {
            write!(out, "\r\x1b[K{}", cut(&format!("{} {said}", bar(done))))
        } else if self.is_time() {
            writeln!(out, "{said}")
        } else {
            Ok(())
        };
        let _unwritten = out.flush();
        ControlFlow::Continue(())
    }

    fn is_time(&self) -> bool {
        let Ok(mut last) = self.last.try_lock() else {
            return false;
        };
        let due = last.elapsed() >= PLAIN_EVERY;
        if due {
            *last = Instant::now();
        }
        due
    }

    fn end(&self) {
        if self.terminal {
            let _unwritten = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

/// As much as fits on a line.
fn cut(line: &str) -> String {
    line.chars().take(LINE).collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a share of twenty letters"
)]
fn bar(done: f64) -> String {
    let full = (done.clamp(0.0, 1.0) * BAR as f64) as usize;
    format!("[{}{}]", "#".repeat(full), "-".repeat(BAR - full))
}

fn text(replay: &Replay) -> String {
    let runs: String = replay.runs.iter().map(run).collect();
    let left_out = replay
        .left_out
        .iter()
        .map(|line| format!("\nNot simulated: {}\n", one_line(line)));
    format!(
        "{} requests in {} simulated hours, seed {}\n{runs}{}\nPrices of {}, model {}\n",
        app::format::count(model::replay::count(replay.requests)),
        app::format::number(app::format::significant(replay.hours, 4)),
        replay.seed,
        left_out.collect::<String>(),
        replay.price_book,
        replay.model_version,
    )
}

fn run(run: &Run) -> String {
    let columns = [
        Column::left("figure"),
        Column::right("formula"),
        Column::right("simulated"),
        Column::right("off by"),
    ];
    let off = |percent: Option<f64>| {
        percent.map_or_else(|| "-".to_owned(), |percent| format!("{percent:+.1} %"))
    };
    let (f, s, d) = (&run.formula, &run.simulated, &run.difference_pct);
    let ms = app::format::ms;
    let count = |count: f64| app::format::number(app::format::significant(count, 3));
    let rows = [
        (
            "USD a month",
            app::format::usd_cents(f.monthly_usd),
            app::format::usd_cents(s.monthly_usd),
            off(d.monthly_usd),
        ),
        ("P50", ms(f.p50_ms), ms(s.p50_ms), off(d.p50_ms)),
        ("P95", ms(f.p95_ms), ms(s.p95_ms), off(d.p95_ms)),
        ("P99", ms(f.p99_ms), ms(s.p99_ms), off(d.p99_ms)),
        ("P99.9", ms(f.p999_ms), ms(s.p999_ms), off(d.p999_ms)),
        (
            "cold",
            app::format::percent(f.cold_start_probability),
            app::format::percent(s.cold_start_probability),
            off(d.cold_start_probability),
        ),
        (
            "running",
            count(f.instances),
            count(s.instances),
            off(d.instances),
        ),
    ];
    let rows =
        rows.map(|(name, formula, simulated, off)| vec![name.to_owned(), formula, simulated, off]);
    let notes = run.notes.iter().fold(String::new(), |notes, note| {
        notes + "Note: " + &one_line(note) + "\n"
    });
    format!(
        "\n{} on {}\n{}{}\n{notes}",
        one_line(&run.component),
        run.label,
        table(&columns, rows.into_iter()),
        one_line(&run.hides),
    )
}
