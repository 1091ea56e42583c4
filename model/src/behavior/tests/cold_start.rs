use super::*;

fn start(language: Language, framework: Framework) -> StartUp {
    StartUp {
        language,
        framework,
        architecture: Architecture::X86_64,
        image: false,
        memory_mb: 1024.0,
        package_mb: 0.0,
        resident_mb: 128.0,
        largest_zip_mb: 250.0,
        private_network: false,
    }
}

#[test]
fn a_bare_node_function_starts_as_measured() {
    let time = behavior().cold_start(start(Language::Nodejs, Framework::None));
    close(time.init_p50_ms, 132.5);
    close(time.init_p99_ms, 193.7);
    close(time.first_call_ms, 2.9);
    close(time.total_p50_ms, 90.0 + 132.5 + 2.9);
    let private = StartUp {
        private_network: true,
        ..start(Language::Nodejs, Framework::None)
    };
    close(behavior().cold_start(private).network_ms, 100.0);
}

#[test]
fn the_first_call_falls_with_memory() {
    for (memory_mb, first_call_ms) in [
        (64.0, 793.2),
        (128.0, 793.2),
        (1024.0, 80.0),
        (10_240.0, 80.0),
    ] {
        let time = behavior().cold_start(StartUp {
            memory_mb,
            ..start(Language::Dotnet, Framework::None)
        });
        close(time.first_call_ms, first_call_ms);
    }
    let at = |memory_mb| {
        behavior()
            .cold_start(StartUp {
                memory_mb,
                ..start(Language::Dotnet, Framework::None)
            })
            .first_call_ms
    };
    close(
        at(crate::math::sqrt(128.0 * 256.0)),
        f64::midpoint(at(128.0), at(256.0)),
    );
}

#[test]
fn packages_add_time_up_to_the_measured_size() {
    let init = |package_mb, image| {
        let start = StartUp {
            image,
            package_mb,
            ..start(Language::Nodejs, Framework::None)
        };
        behavior().cold_start(start).init_p50_ms
    };
    close(init(4.0, false) - init(0.0, false), 109.0);
    close(init(250.0, false), init(64.0, false));
    close(init(5_000.0, true), init(0.0, true));
    assert!(init(0.0, true) > init(0.0, false));
}

#[test]
fn frameworks_start_as_their_applications_were_measured() {
    let spring = behavior().cold_start(start(Language::Java, Framework::Spring));
    close(spring.init_p50_ms, 5_312.0);
    close(spring.init_p99_ms, 6_183.0);
    close(spring.first_call_ms, 0.0);
    let restored = behavior()
        .snap_start(start(Language::Java, Framework::Spring))
        .unwrap();
    close(restored.init_p50_ms, 1_048.0);
    let fastapi = behavior().cold_start(start(Language::Python, Framework::Fastapi));
    let python = behavior().cold_start(start(Language::Python, Framework::None));
    close(fastapi.init_p50_ms - python.init_p50_ms, 400.0);
    assert!(
        behavior()
            .snap_start(start(Language::Go, Framework::None))
            .is_none()
    );
    assert!(
        behavior()
            .snap_start(StartUp {
                image: true,
                ..start(Language::Java, Framework::None)
            })
            .is_none()
    );
    assert!(
        behavior()
            .snap_start(start(Language::Python, Framework::None))
            .is_some()
    );
}

#[test]
fn every_combination_has_ordered_percentiles() {
    for &language in Language::ALL {
        for &framework in Framework::ALL {
            for &architecture in Architecture::ALL {
                for image in [false, true] {
                    let start = StartUp {
                        architecture,
                        image,
                        package_mb: 5.0,
                        ..start(language, framework)
                    };
                    let time = behavior().cold_start(start);
                    assert!(
                        time.total_p50_ms <= time.total_p95_ms
                            && time.total_p95_ms <= time.total_p99_ms
                    );
                    assert!(
                        time.init_mean_ms > 0.0 && time.init_mean_ms <= time.init_p99_ms,
                        "{start:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_model_in_an_image_is_read_at_every_start() {
    let image = |package_mb: f64, resident_mb: f64| {
        let start = StartUp {
            image: true,
            package_mb,
            resident_mb,
            ..start(Language::Python, Framework::None)
        };
        behavior().cold_start(start).init_p50_ms
    };
    let small = image(200.0, 4_000.0);
    let speed = behavior().lifecycle().large_read.value;
    let read = image(9_000.0, 4_250.0) - small;
    assert!((read - 4_000.0 / speed * 1_000.0).abs() < 1e-6, "{read}");
    assert!((image(9_000.0, 200.0) - small).abs() < 1e-9);
}
