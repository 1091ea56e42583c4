mod cold_start;

use super::*;

fn behavior() -> &'static Behavior {
    Behavior::embedded()
}

fn close(actual: f64, wanted: f64) {
    assert!(
        (actual - wanted).abs() <= 1e-9 * wanted.abs().max(1.0),
        "{actual} is not {wanted}"
    );
}

#[test]
fn every_figure_has_a_known_source_an_iso_date_and_a_unit() {
    let citations = behavior().citations();
    assert!(citations.len() > 200, "{}", citations.len());
    for citation in citations {
        let source = behavior().source(&citation.source);
        assert!(
            source.is_some_and(|source| !source.title.is_empty()),
            "{citation:?}"
        );
        assert!(
            is_iso_date(&citation.as_of) && !citation.unit.is_empty(),
            "{citation:?}"
        );
    }
    for source in behavior().sources() {
        let own = source.id.starts_with("own-");
        assert!(
            if own {
                source.url.starts_with('/')
            } else {
                source.url.starts_with("https://")
            },
            "{source:?}"
        );
    }
}

#[test]
fn every_source_is_used() {
    let citations = behavior().citations();
    for source in behavior().sources() {
        assert!(
            citations
                .iter()
                .any(|citation| citation.source == source.id),
            "{}",
            source.id
        );
    }
}

#[test]
fn limits_say_what_the_documents_say() {
    let cases = [
        ("aws-lambda/timeout", 900.0, "s"),
        ("aws-lambda/memory", 10_240.0, "MB"),
        ("aws-lambda/payload-in", 6.0, "MB"),
        ("aws-lambda/async-payload", 1.0, "MB"),
        ("aws-lambda/package-unzipped", 250.0, "MB"),
        ("aws-lambda/image", 10.0, "GB"),
        ("aws-lambda/init", 10.0, "s"),
        ("aws-lambda/account-concurrency", 1_000.0, "1"),
        ("aws-lambda/requests-per-concurrency", 10.0, "1/s"),
        ("aws-fargate/vcpu", 16.0, "vCPU"),
        ("aws-fargate/memory", 120.0, "GB"),
        ("aws-fargate/disk", 200.0, "GiB"),
        ("aws-api-gateway/http-timeout", 30.0, "s"),
        ("aws-api-gateway/requests", 10_000.0, "1/s"),
        ("aws-api-gateway/rest-timeout", 29.0, "s"),
        ("aws-api-gateway/websocket-duration", 7_200.0, "s"),
        ("aws-api-gateway/websocket-message", 128.0, "KB"),
        ("aws-alb/lambda-payload", 1.0, "MB"),
    ];
    for (id, value, unit) in cases {
        let limit = behavior().limit(id);
        assert_eq!((limit.value, limit.unit.as_str()), (value, unit), "{id}");
        assert!(limit.allows(value) && !limit.allows(value * 1.001), "{id}");
    }
    assert!(behavior().limit("aws-lambda/memory-minimum").allows(128.0));
    assert!(!behavior().limit("aws-lambda/memory-minimum").allows(64.0));
    assert!(behavior().find_limit("aws-lambda/wings").is_none());
}

#[test]
fn needs_remove_the_platforms_that_lack_them() {
    let lambda = [
        "aws-lambda",
        "aws-lambda-provisioned",
        "aws-lambda-snapstart",
    ];
    for platform in lambda {
        for need in ["gpu", "persistent_disk", "raw_tcp", "privileged", "windows"] {
            assert!(
                behavior().lacks(platform, need).is_some(),
                "{platform} {need}"
            );
        }
    }
    for need in ["gpu", "privileged"] {
        assert!(behavior().lacks("aws-fargate", need).is_some(), "{need}");
        assert!(behavior().lacks("aws-ecs-ec2", need).is_none(), "{need}");
    }
}

#[test]
fn platforms_are_those_of_the_promise() {
    let known = [
        "aws-lambda",
        "aws-lambda-provisioned",
        "aws-lambda-snapstart",
        "aws-lambda-managed-instances",
        "aws-lambda-web-functions",
        "aws-fargate",
        "aws-fargate-spot",
        "aws-ecs-ec2",
        "aws-ec2",
        "aws-eks-fargate",
        "aws-eks-ec2",
    ];
    for platform in known {
        assert_eq!(
            behavior().capabilities_of(platform).count(),
            1,
            "{platform}"
        );
    }
    let named = behavior()
        .limits()
        .iter()
        .flat_map(|limit| &limit.platforms);
    let reserved = [
        "aws-ecs-ec2",
        "aws-eks-ec2",
        "aws-ec2",
        "aws-lambda-managed-instances",
    ];
    assert!(
        reserved
            .iter()
            .all(|platform| behavior().host_reserve(platform).is_some())
    );
    for platform in named {
        assert!(known.contains(&platform.as_str()), "{platform}");
        assert!(behavior().limits_of(platform).count() > 0);
    }
}

#[test]
fn instance_types_are_those_of_the_price_book() {
    let (with_gpu, without): (Vec<_>, Vec<_>) = behavior()
        .instance_types()
        .iter()
        .partition(|kind| kind.gpu > 0.0);
    assert_eq!((with_gpu.len(), without.len()), (14, 66));
    let book = crate::price::PriceBook::embedded();
    for kind in behavior().instance_types() {
        assert!(book.knows(&format!("aws-ec2/instance/{}", kind.name)));
    }
    let c5 = behavior().instance_type("c5.large").unwrap();
    assert_eq!(
        (c5.vcpu, c5.memory_gb, c5.architecture, c5.burstable()),
        (2.0, 4.0, Architecture::X86_64, false)
    );
    let shares = [
        ("micro", 0.1),
        ("small", 0.2),
        ("medium", 0.2),
        ("large", 0.3),
        ("xlarge", 0.4),
        ("2xlarge", 0.4),
    ];
    for (size, share) in shares {
        for (family, architecture) in [("t3", Architecture::X86_64), ("t4g", Architecture::Arm64)] {
            let instance = behavior()
                .instance_type(&format!("{family}.{size}"))
                .unwrap();
            assert_eq!(
                (instance.baseline_share, instance.architecture),
                (Some(share), architecture)
            );
            assert_eq!(instance.family(), family);
        }
    }
    let reserve = behavior().host_reserve("aws-ecs-ec2").unwrap();
    close(reserve.memory_left_mb(c5), 4096.0 * 0.975 - 256.0);
    close(reserve.vcpu_left(c5), 1.95);
}

#[test]
fn fargate_offers_the_pairs_of_its_table_within_its_limits() {
    let sizes = behavior().fargate_sizes();
    assert_eq!(sizes.len(), 3 + 4 + 7 + 13 + 23 + 12 + 12);
    assert!(sizes.contains(&TaskSize {
        vcpu: 0.25,
        memory_gb: 0.5
    }));
    assert!(sizes.contains(&TaskSize {
        vcpu: 16.0,
        memory_gb: 120.0
    }));
    assert!(sizes.iter().all(|size| size.vcpu <= 16.0));
}

#[test]
fn fleets_react_in_minutes() {
    let scaling = behavior().scaling();
    close(scaling.fargate_reaction_s(), 363.0 + 57.0 + 10.0);
    close(scaling.ec2_reaction_s(), 363.0 + 25.0 + 23.0 + 10.0);
    for door in ["none", "function_url", "http_api", "rest_api", "alb"] {
        let time = behavior()
            .service_latency(&format!("front_door/{door}"))
            .unwrap();
        assert!(
            time.p50_ms <= time.p95_ms && time.p99_ms.is_some_and(|p99| time.p95_ms <= p99),
            "{door}"
        );
    }
}

#[test]
fn defaults_of_a_kind_win_over_the_general_one() {
    close(
        behavior()
            .default_for("work.cpu_ms", "http_api")
            .number_given(100.0)
            .unwrap(),
        25.0,
    );
    close(
        behavior()
            .default_for("work.cpu_ms", "scheduled_batch")
            .number_given(100.0)
            .unwrap(),
        100.0,
    );
    assert_eq!(
        behavior().default("work.cpu_ms").range_given(100.0),
        Some((5.0, 75.0))
    );
    close(
        behavior()
            .default("work.duration_p99_ms")
            .number_given(100.0)
            .unwrap(),
        400.0,
    );
    close(
        behavior()
            .default("work.max_duration_ms")
            .number_given(400.0)
            .unwrap(),
        1_000.0,
    );
    close(
        behavior()
            .default("latency.target_ms")
            .number_given(10.0)
            .unwrap(),
        500.0,
    );
    close(
        behavior()
            .default("latency.target_ms")
            .number_given(2_000.0)
            .unwrap(),
        10_000.0,
    );
    assert_eq!(
        behavior()
            .default_for("latency.target_ms", "event")
            .number_given(10.0),
        None
    );
    assert_eq!(
        behavior().default("operations.availability").text(),
        Some("two_zones")
    );
    assert_eq!(behavior().default("purchase.spot").flag(), Some(false));
    assert_eq!(
        behavior().default("needs").value,
        Some(DefaultValue::List(Vec::new()))
    );
}

#[test]
fn every_default_says_why_and_what_hangs_on_it() {
    let kinds = "http_api web_app event queue_worker scheduled_batch workflow stream websocket";
    for entry in behavior().defaults() {
        assert!(
            entry.reason.ends_with('.') && entry.consequence.ends_with('.'),
            "{entry:?}"
        );
        assert!(
            entry
                .kinds
                .iter()
                .all(|kind| kinds.split(' ').any(|known| known == kind)),
            "{entry:?}"
        );
    }
}
