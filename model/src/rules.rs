//! The figures behind the rules: small, dated, with their sources.
//!
//! They stand in `data/behavior/rules.toml`; one that is our own choice says so.

use std::sync::LazyLock;

use serde::Deserialize;

/// One rule as it stands in the data.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// One value, or a list.
    pub value: Vec<f64>,
    /// Unit of the value.
    pub unit: String,
    /// Who says so.
    pub source: String,
    /// Where.
    pub url: String,
    /// When that was read.
    pub as_of: String,
}

impl Rule {
    fn single(&self) -> f64 {
        self.value[0]
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            lambda_memory_steps_mb: Rule,
            break_even_decades: Rule,
            $($name: Rule,)*
        }

        /// All rules, as plain numbers.
        #[derive(Clone, Debug)]
        pub struct Rules {
            /// Lambda memory sizes that are tried, ascending.
            pub lambda_memory_steps_mb: Vec<f64>,
            /// Powers of ten of requests a month between which break-evens are sought.
            pub break_even_decades: (f64, f64),
            $($(#[$doc])* pub $name: f64,)*
            all: Vec<(&'static str, Rule)>,
        }

        impl From<File> for Rules {
            fn from(file: File) -> Self {
                Self {
                    lambda_memory_steps_mb: file.lambda_memory_steps_mb.value.clone(),
                    break_even_decades: (file.break_even_decades.value[0], file.break_even_decades.value[1]),
                    $($name: file.$name.single(),)*
                    all: vec![
                        ("break_even_decades", file.break_even_decades),
                        ("lambda_memory_steps_mb", file.lambda_memory_steps_mb),
                        $((stringify!($name), file.$name),)*
                    ],
                }
            }
        }
    };
}

rules! {
    /// Rules of a load balancer that a request passes.
    alb_rules,
    /// Rules whose evaluation costs nothing.
    alb_rules_free,
    /// First chunk of an asynchronous event that counts as one request, KB.
    async_request_first_kb,
    /// Each further chunk that counts as one more, KB.
    async_request_next_kb,
    /// Accesses of the cache that a request makes.
    cache_accesses_per_request,
    /// Least data that a serverless cache is billed for, GB.
    cache_minimum_gb,
    /// Share of a cache node that is kept free of data.
    cache_reserved_share,
    /// Data of one processing unit of a serverless cache, KB.
    cache_unit_kb,
    /// Standard deviations of concurrency that memory must hold.
    concurrency_z,
    /// Probability from which the cheaper family is named alone.
    confident_enough,
    /// Connections in the pool of one task.
    connection_pool_size,
    /// How long a client connection stays open, s.
    connection_seconds,
    /// Base image under the own package, compressed, MB.
    container_base_image_mb,
    /// Memory of a database for each connection it allows, bytes.
    database_connection_bytes,
    /// Most connections that a database allows by default.
    database_most_connections,
    /// Smallest disk of a database, GB.
    database_smallest_disk_gb,
    /// Read units of an eventually consistent read over a strongly consistent one.
    dynamodb_eventual_share,
    /// Item that one read unit covers, KB.
    dynamodb_read_unit_kb,
    /// Item that one write unit covers, KB.
    dynamodb_write_unit_kb,
    /// Root volume of an instance, GB.
    ec2_root_disk_gb,
    /// Pods of the cluster's DNS.
    eks_dns_pods,
    /// Memory that each pod on Fargate has beside the containers, MB.
    eks_fargate_pod_memory_mb,
    /// Pods of EKS itself on each instance.
    eks_system_pods,
    /// Event that counts as one, KB.
    eventbridge_unit_kb,
    /// Memory of an express workflow without its payload, MB.
    express_base_mb,
    /// Step in which that memory is billed, MB.
    express_memory_step_mb,
    /// Step in which its time is billed, ms.
    express_time_step_ms,
    /// Disk of a Fargate task that costs nothing, GB.
    fargate_included_disk_gb,
    /// Shortest billed run of a Fargate task, s.
    fargate_minimum_s,
    /// Payload that counts as one request of an HTTP API, KB.
    http_api_unit_kb,
    /// Record that counts as one put payload unit, KB.
    kinesis_put_unit_kb,
    /// Records a second that one shard takes.
    kinesis_shard_records_per_s,
    /// Disk of a Lambda environment that costs nothing, MB.
    lambda_included_disk_mb,
    /// Memory that brings one vCPU, MB.
    lambda_mb_per_vcpu,
    /// Log lines that Lambda itself writes, KB an invocation.
    lambda_own_logs_kb,
    /// Requests a second for each unit of concurrency.
    lambda_requests_per_concurrency,
    /// Open connections of one LCU.
    lcu_active_connections,
    /// GB an hour of one LCU.
    lcu_gb_per_hour,
    /// GB an hour of one LCU with Lambda targets.
    lcu_gb_per_hour_lambda,
    /// New connections a second of one LCU.
    lcu_new_connections_per_s,
    /// Rule evaluations a second of one LCU.
    lcu_rule_evaluations_per_s,
    /// Time in which Managed Instances take on their allowed growth, minutes.
    managed_growth_minutes,
    /// Share of requests beyond a pool that may be left out of account.
    negligible_spill,
    /// Interface endpoints that private tasks need in each zone.
    private_interface_endpoints,
    /// Time to which a schedule of provisioned concurrency is rounded up, s.
    provisioned_concurrency_rounding_s,
    /// Fewest vCPUs that a database proxy bills.
    proxy_smallest_vcpu,
    /// Share of the cheaper bill within which two options are alike.
    regret_band,
    /// Requests that a client sends over one connection.
    requests_per_connection,
    /// Tasks that start before an old one stops.
    rolling_deployment_tasks,
    /// Share of the cheapest bill of a family within which the lightest to operate wins.
    same_family_band,
    /// Time in which the load rises from one hour's mean to the next, minutes.
    spread_of_rise_minutes,
    /// Pollers of Lambda on one queue when little comes.
    sqs_lambda_pollers,
    /// Most messages that one call to a queue takes.
    sqs_messages_per_call,
    /// Longest wait of one receive call, s.
    sqs_poll_s,
    /// Payload of a queue call that counts as one request, KB.
    sqs_unit_kb,
    /// Size of an item or message of which nothing is known, KB.
    state_item_kb,
    /// Cost over the estimate from which a bill is looked at, where no range says so.
    watch_cost_factor,
    /// Share of a limit from which it is watched.
    watch_limit_share,
    /// Requests that one environment of a Web Function takes at once, unless set.
    web_function_concurrency,
    /// How long a WebSocket connection lives, s.
    websocket_connection_seconds,
    /// Payload that counts as one message of a WebSocket API, KB.
    websocket_unit_kb,
    /// CPU utilization that the remaining zones may reach.
    zone_loss_utilization,
}

static EMBEDDED: LazyLock<Rules> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../data/behavior/rules.toml"))
        .expect("the embedded rules are checked by the tests");
    file.into()
});

impl Rules {
    /// The rules built into the program.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Every rule with its name, for the page that shows them.
    #[must_use]
    pub fn all(&self) -> &[(&'static str, Rule)] {
        &self.all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_value_a_unit_a_source_and_a_date() {
        for (name, rule) in Rules::embedded().all() {
            assert!(!rule.value.is_empty(), "{name}");
            assert!(!rule.unit.is_empty() && !rule.source.is_empty(), "{name}");
            assert!(rule.url.starts_with("https://"), "{name}");
            assert!(rule.as_of.starts_with("20"), "{name}");
        }
    }
}
