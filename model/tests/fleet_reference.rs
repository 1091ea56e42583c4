//! The waits of a fleet behind a load balancer against simulation.
use model::latency::queue::Fleet;
use model::units::{RequestsPerSecond, Seconds};
use serde_json::Value;

fn fleet(load: f64, tasks: u32, servers_per_task: u32, service_cv: f64) -> Fleet {
    let arrival_rate =
        RequestsPerSecond::new(load * f64::from(tasks) * f64::from(servers_per_task));
    Fleet {
        arrival_rate,
        tasks,
        servers_per_task,
        service_time: Seconds::new(1.0),
        service_cv,
    }
}

fn number(row: &Value, name: &str) -> f64 {
    row[name].as_f64().expect("a number")
}

fn whole(row: &Value, name: &str) -> u32 {
    u32::try_from(row[name].as_u64().expect("a whole number")).expect("a small number")
}

#[test]
fn waits_by_turns_lie_near_simulation() {
    let rows: Vec<Value> =
        serde_json::from_str(include_str!("reference/fleet.json")).expect("a list");
    assert_eq!(rows.len(), 10);
    for row in &rows {
        let (tasks, servers) = (whole(row, "tasks"), whole(row, "servers_per_task"));
        let wait = fleet(
            number(row, "utilization"),
            tasks,
            servers,
            number(row, "service_cv"),
        )
        .per_task_wait()
        .expect("stable");
        let simulated = &row["expected"];
        let mean = wait.mean().get() / number(simulated, "mean_wait") - 1.0;
        let p99 = wait.percentile(0.99).get() / number(simulated, "wait_p99") - 1.0;
        assert!(
            mean.abs() <= number(row, "mean_tolerance"),
            "mean of {} is off by {mean}",
            row["id"]
        );
        assert!(
            p99.abs() <= number(row, "p99_tolerance"),
            "p99 of {} is off by {p99}",
            row["id"]
        );
    }
}

#[test]
fn turns_at_eight_tasks_wait_as_the_model_page_says() {
    let eight = fleet(0.6, 8, 1, 1.0);
    let wait = eight.per_task_wait().expect("stable").mean().get();
    assert!((wait - 0.62).abs() < 0.005, "{wait}");
}
