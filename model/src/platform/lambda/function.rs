//! What every way to run a function shares: its sizes, its prices, and the lines of the bill
//! that do not depend on how environments are started.

use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

use super::commitment::CommittedDuration;
use super::limits::longest_run;
use super::size::{Size, SizesKey, Start, memory_sizes, starts};
use crate::behavior::Architecture;
use crate::bill::{Charges, Group};
use crate::platform::Memo;
use crate::platform::front_door::Door;
use crate::platform::shared::SharedLines;
use crate::rules::Rules;
use crate::system::Kind;
use crate::tariff::{Rate, Tariffs};
use crate::units::{MebiBytes, Milliseconds, RequestsPerMonth, Seconds};
use crate::workload::Workload;

/// A function with its sizes and prices.
pub(in crate::platform) struct Function<'a> {
    /// One invocation: a batch of messages where there are batches.
    pub(in crate::platform) workload: Cow<'a, Workload>,
    pub(in crate::platform) batch: f64,
    pub(in crate::platform) architecture: Architecture,
    pub(in crate::platform) duration: Rate<'a>,
    committed: Option<CommittedDuration<'a>>,
    pub(in crate::platform) initialization: Rate<'a>,
    request: Rate<'a>,
    disk: Rate<'a>,
    pub(in crate::platform) door: Door<'a>,
    shared: SharedLines<'a>,
    requests_per_call: f64,
    longest: Milliseconds,
    free_gb_seconds: f64,
    free_requests: f64,
    /// From the cheapest to run on.
    pub(in crate::platform) sizes: Rc<Vec<Size>>,
    pub(in crate::platform) tabulated: Cell<bool>,
    pub(super) memo: Rc<Memo>,
}

impl<'a> Function<'a> {
    pub(in crate::platform) fn new(
        workload: &'a Workload,
        tariffs: &mut Tariffs<'a>,
        architecture: Architecture,
        start: Start,
    ) -> Self {
        let rules = Rules::embedded();
        let price_id = format!("aws-lambda/duration/{}", price_variant(architecture));
        let extra_disk = workload.local_disk.get() > rules.lambda_included_disk_mb;
        let door = Door::new(tariffs, workload, true);
        let overhead = door.overhead();
        let invocation = if workload.batch_size > 1.0 {
            Cow::Owned(workload.batched())
        } else {
            Cow::Borrowed(workload)
        };
        let duration = tariffs.rate(true, Group::Compute, "Duration", &price_id);
        let mut function = Self {
            architecture,
            committed: CommittedDuration::new(workload, tariffs, &duration, architecture),
            initialization: tariffs.rate(true, Group::Compute, "Initialization", &price_id),
            duration,
            request: tariffs.rate(
                true,
                Group::Requests,
                "Requests",
                "aws-lambda/request/standard",
            ),
            disk: tariffs.rate(
                extra_disk,
                Group::Compute,
                "Ephemeral storage",
                "aws-lambda/ephemeral-storage/standard",
            ),
            shared: SharedLines::new(
                tariffs,
                workload,
                "amazon-cloudwatch/logs/lambda-ingest",
                workload.logs_kb + rules.lambda_own_logs_kb / workload.batch_size,
                false,
            ),
            requests_per_call: requests_per_call(invocation.as_ref()),
            batch: workload.batch_size,
            longest: longest_run(door.kind()),
            door,
            free_gb_seconds: tariffs.allowance("aws-lambda/free-tier/duration"),
            free_requests: tariffs.allowance("aws-lambda/free-tier/requests"),
            sizes: Rc::default(),
            tabulated: Cell::new(false),
            memo: Rc::clone(tariffs.memo()),
            workload: invocation,
        };
        let key = SizesKey {
            architecture,
            overhead,
            start,
        };
        function.sizes = tariffs.memo().sizes(key, || function.sizes(workload, key));
        function
    }

    /// From the cheapest to run on, so that the first good one ends most searches.
    fn sizes(&self, workload: &Workload, key: SizesKey) -> Vec<Size> {
        let invocation = self.workload.as_ref();
        if !starts(invocation, key) {
            return Vec::new();
        }
        let mut sizes: Vec<Size> = memory_sizes(workload)
            .map(|memory| Size::new(invocation, memory, key))
            .collect();
        let (duration, disk) = (self.duration.first_usd(), self.disk.first_usd());
        let extra = self.extra_disk();
        let usd = |size: &Size| {
            let seconds = size.billed.seconds();
            size.memory.held_for(seconds).get() * duration + extra.held_for(seconds).get() * disk
        };
        sizes.sort_by(|left, right| usd(left).total_cmp(&usd(right)));
        sizes
    }

    /// Invocations a month.
    pub(in crate::platform) fn calls(&self, requests: RequestsPerMonth) -> RequestsPerMonth {
        requests / self.batch
    }

    /// Whether the longest run ends before the platform or the front door gives up.
    pub(in crate::platform) fn within_limits(&self, size: &Size) -> bool {
        size.stretched(&self.workload, self.workload.max_duration) <= self.longest
    }

    /// Duration on demand: its base under a savings plan where one is bought and pays, the
    /// rest through the tiers. Returns the GB-seconds that the tiers have counted.
    pub(in crate::platform) fn charge_duration(
        &self,
        bill: &mut dyn Charges,
        gb_seconds: f64,
    ) -> f64 {
        if let Some(committed) = &self.committed {
            return committed.charge(bill, &self.duration, gb_seconds);
        }
        self.duration.charge(bill, gb_seconds);
        gb_seconds
    }

    /// Initialization, in the tiers after `already` GB-seconds of duration.
    pub(in crate::platform) fn charge_initialization(
        &self,
        bill: &mut dyn Charges,
        already: f64,
        gb_seconds: f64,
    ) {
        self.initialization.charge_after(bill, already, gb_seconds);
    }

    pub(in crate::platform) fn charge_disk(
        &self,
        bill: &mut dyn Charges,
        size: &Size,
        calls: RequestsPerMonth,
    ) {
        self.charge_disk_of(bill, size.billed.seconds() * calls.get());
    }

    /// The same for a time of duration.
    pub(in crate::platform) fn charge_disk_of(&self, bill: &mut dyn Charges, duration: Seconds) {
        self.disk
            .charge(bill, self.extra_disk().held_for(duration).get());
    }

    fn extra_disk(&self) -> MebiBytes {
        let included = MebiBytes::new(Rules::embedded().lambda_included_disk_mb);
        (self.workload.local_disk - included).max(MebiBytes::ZERO)
    }

    /// Requests, the first line of the bill.
    pub(in crate::platform) fn charge_requests(
        &self,
        bill: &mut dyn Charges,
        requests: RequestsPerMonth,
    ) {
        self.request
            .charge(bill, self.calls(requests).get() * self.requests_per_call);
    }

    /// What comes after compute: the front door, logs, traffic, and the free tier of
    /// `on_demand` GB-seconds.
    pub(in crate::platform) fn charge_around(
        &self,
        bill: &mut dyn Charges,
        requests: RequestsPerMonth,
        on_demand: f64,
    ) {
        self.door.charge(bill, requests);
        self.shared.charge(bill, requests);
        self.duration
            .credit(bill, "Free tier: duration", on_demand, self.free_gb_seconds);
        self.request.credit(
            bill,
            "Free tier: requests",
            self.calls(requests).get() * self.requests_per_call,
            self.free_requests,
        );
    }

    /// What the user fixed.
    pub(in crate::platform) fn pinned(&self) -> Vec<String> {
        let pin = &self.workload.pin;
        let pins = [
            ("architecture", pin.architecture.is_some()),
            ("lambda_memory_mb", pin.lambda_memory.is_some()),
        ];
        pins.into_iter()
            .filter(|(_, set)| *set)
            .map(|(name, _)| name.to_owned())
            .collect()
    }
}

/// GB-seconds a month that `time` takes at a size, `calls` times.
pub(in crate::platform) fn gb_seconds(size: &Size, calls: f64, time: Milliseconds) -> f64 {
    size.memory.held_for(time.seconds()).get() * calls
}

/// The last part of the price ids of an architecture.
pub(in crate::platform) const fn price_variant(architecture: Architecture) -> &'static str {
    match architecture {
        Architecture::X86_64 => "x86-64",
        Architecture::Arm64 => "arm64",
    }
}

/// arm64 where it is priced and nothing speaks against it: the same work for less.
pub(in crate::platform) fn architecture(
    workload: &Workload,
    tariffs: &Tariffs<'_>,
) -> Architecture {
    match workload.pin.architecture {
        Some(pinned) => pinned,
        None if tariffs.has("aws-lambda/duration/arm64") => Architecture::Arm64,
        None => Architecture::X86_64,
    }
}

/// An asynchronous event counts once for its first 256 KB and once for each further 64 KB.
fn requests_per_call(workload: &Workload) -> f64 {
    if workload.kind != Kind::Event {
        return 1.0;
    }
    let rules = Rules::embedded();
    let further = (workload.payload_in_kb - rules.async_request_first_kb).max(0.0);
    1.0 + crate::math::ceil(further / rules.async_request_next_kb)
}
