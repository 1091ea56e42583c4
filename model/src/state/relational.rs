//! Relational databases: Amazon RDS for `PostgreSQL`, on the serverless side behind RDS Proxy.
//!
//! - instance: 730 hours of the smallest class that is priced in the region and allows the
//!   connections ([`DatabaseClass::max_connections`]); Multi-AZ in more than one zone;
//! - disk: `max(20, GB)` GB-months of gp3, the GB being the stored data where no objects
//!   and no items take it;
//! - proxy: `max(2, vCPU) x 730` vCPU-hours.

use crate::bill::{Charges, Group};
use crate::evaluation::StateService;
use crate::rules::Rules;
use crate::system::Availability;
use crate::tariff::{Rate, Tariffs};
use crate::units::HOURS_PER_MONTH;
use crate::wording::{short, usd};
use crate::workload::Workload;

use super::sizes::{DatabaseClass, database_classes};
use super::storage::Keeper;
use super::{Side, StateServices};

#[derive(Debug)]
pub(super) struct Relational<'a> {
    class: &'static DatabaseClass,
    instance: Rate<'a>,
    disk: Rate<'a>,
    disk_gb: f64,
    proxy: Option<Rate<'a>>,
}

impl<'a> Relational<'a> {
    pub(super) fn new(tariffs: &mut Tariffs<'a>, workload: &Workload, side: Side) -> Option<Self> {
        let needs = &workload.state;
        if needs.relational_connections <= 0.0 {
            return None;
        }
        let several = workload.availability != Availability::OneZone;
        let class = class_for(tariffs, needs.relational_connections, several);
        let disk_id = if several {
            "amazon-rds/gp3-storage/multi-az"
        } else {
            "amazon-rds/gp3-storage/single-az"
        };
        let kept_gb = match Keeper::of(needs) {
            Some(Keeper::Database) => needs.storage_gb,
            _ => 0.0,
        };
        let proxied = side == Side::Serverless;
        Some(Self {
            class,
            instance: tariffs.rate(
                true,
                Group::State,
                "RDS PostgreSQL",
                &instance_id(class, several),
            ),
            disk: tariffs.rate(true, Group::Storage, "RDS disk", disk_id),
            disk_gb: kept_gb.max(Rules::embedded().database_smallest_disk_gb),
            proxy: proxied
                .then(|| tariffs.rate(true, Group::State, "RDS Proxy", "amazon-rds/proxy/vcpu")),
        })
    }

    pub(super) fn charge(&self, bill: &mut (impl Charges + ?Sized)) {
        self.instance.charge(bill, HOURS_PER_MONTH);
        self.disk.charge(bill, self.disk_gb);
        if let Some(proxy) = &self.proxy {
            let vcpu = self.class.vcpu.max(Rules::embedded().proxy_smallest_vcpu);
            proxy.charge(bill, vcpu * HOURS_PER_MONTH);
        }
    }
}

/// The smallest class that allows the connections and is priced; where none is, the
/// smallest that allows them, so that its price is named as missing.
fn class_for(tariffs: &Tariffs<'_>, connections: f64, several: bool) -> &'static DatabaseClass {
    let allowing = || {
        database_classes()
            .row
            .iter()
            .filter(move |class| class.max_connections() >= connections)
    };
    allowing()
        .find(|class| tariffs.has(&instance_id(class, several)))
        .or_else(|| allowing().next())
        .or_else(|| database_classes().row.last())
        .expect("the data list classes")
}

fn instance_id(class: &DatabaseClass, several: bool) -> String {
    let what = if several {
        "postgresql-multi-az-instance"
    } else {
        "postgresql-instance"
    };
    format!("amazon-rds/{what}/{}", class.name)
}

pub(super) fn service(
    workload: &Workload,
    serverless: &StateServices<'_>,
    containers: &StateServices<'_>,
) -> Option<StateService> {
    let (here, there) = (
        serverless.relational.as_ref()?,
        containers.relational.as_ref()?,
    );
    let month = |database: &Relational<'_>| usd(super::usd(|total| database.charge(total)));
    let class = &here.class.name;
    Some(StateService {
        need: "relational".to_owned(),
        serverless: format!("Amazon RDS for PostgreSQL {class} with RDS Proxy"),
        containers: format!("Amazon RDS for PostgreSQL {}", there.class.name),
        reason: format!(
            "{class} allows {} connections where {} are needed. Each environment opens its own, \
             and a proxy pools them: {} a month with it, {} without.",
            short(here.class.max_connections()),
            short(workload.state.relational_connections),
            month(here),
            month(there)
        ),
    })
}
