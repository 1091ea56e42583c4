use proptest::prelude::*;

use super::*;

fn close(actual: f64, wanted: f64, tolerance: f64) {
    assert!(
        (actual - wanted).abs() <= tolerance,
        "{actual} is not {wanted} within {tolerance}"
    );
}

fn mean(profile: &WeeklyProfile) -> f64 {
    profile.weights().iter().sum::<f64>() / 168.0
}

fn parse(json: &str) -> Result<Shape, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

#[test]
fn built_in_weeks_have_the_peaks_of_their_series() {
    let peaks = [
        (ShapeName::Steady, 1.0, 1.0),
        (ShapeName::OfficeHours, 2.0, 3.5),
        (ShapeName::DailyWave, 1.6, 1.9),
        (ShapeName::Evening, 1.6, 1.8),
        (ShapeName::Spiky, 4.5, 6.0),
        (ShapeName::Seasonal, 3.0, 3.5),
        (ShapeName::NightlyBatch, 24.0, 24.0),
        (ShapeName::Rare, 10.0, 14.0),
    ];
    for (name, low, high) in peaks {
        let peak = name.profile().peak_to_mean();
        assert!((low..=high).contains(&peak), "{}: {peak}", name.name());
    }
}

#[test]
fn every_built_in_week_but_steady_stretches_to_every_peak() {
    for &name in ShapeName::ALL {
        for peak in [
            1.0, 1.0001, 1.5, 2.0, 5.0, 17.0, 24.0, 25.0, 100.0, 167.9, 168.0,
        ] {
            match name.profile().stretched_to(peak) {
                Ok(profile) => {
                    close(mean(&profile), 1.0, 1e-12);
                    close(profile.peak_to_mean(), peak, 1e-9);
                }
                Err(error) => {
                    assert_eq!(
                        (name, error),
                        (ShapeName::Steady, StretchError::Steady(peak))
                    );
                }
            }
        }
    }
}

#[test]
fn peaks_outside_the_week_are_refused() {
    for peak in [0.0, 0.999, -1.0, 168.1, f64::INFINITY] {
        assert_eq!(
            ShapeName::Evening.profile().stretched_to(peak),
            Err(StretchError::OutOfRange(peak))
        );
    }
    assert!(ShapeName::Evening.profile().stretched_to(f64::NAN).is_err());
}

#[test]
fn peak_one_is_flat() {
    for &name in ShapeName::ALL {
        let profile = name.profile().stretched_to(1.0).unwrap();
        assert!(
            profile
                .weights()
                .iter()
                .all(|weight| (weight - 1.0).abs() < 1e-12)
        );
        assert_eq!(profile.distinct_levels().len(), 1);
    }
}

#[test]
fn answers_are_a_name_or_numbers() {
    assert_eq!(
        parse("\"daily_wave\""),
        Ok(Shape::Named(ShapeName::DailyWave))
    );
    let day = format!("{{\"hourly\":{:?}}}", vec![2.5; 24]);
    let shape = parse(&day).unwrap();
    close(shape.natural_peak_to_mean(), 1.0, 1e-12);
    assert_eq!(parse(&serde_json::to_string(&shape).unwrap()), Ok(shape));
    for &name in ShapeName::ALL {
        assert_eq!(
            parse(&format!("\"{}\"", name.name())),
            Ok(Shape::Named(name))
        );
        assert_eq!(
            serde_json::to_string(&name).unwrap(),
            format!("\"{}\"", name.name())
        );
    }
}

#[test]
fn bad_answers_say_what_is_wanted() {
    let zeros = format!("{{\"hourly\":{:?}}}", vec![0; 168]);
    let negative = format!("{{\"hourly\":[-1{}]}}", ",1".repeat(23));
    let cases = [
        ("\"wavy\"", "unknown shape `wavy`"),
        ("{\"hourly\":[1,2]}", "24 numbers (a day) or 168"),
        (zeros.as_str(), "zero in every hour"),
        (negative.as_str(), "`hourly[0]` is -1"),
        ("{\"hourly\":[\"a\"]}", "want the name of a shape"),
        ("{\"hourly\":[1],\"more\":2}", "want the name of a shape"),
        ("7", "want the name of a shape"),
    ];
    for (json, wanted) in cases {
        let error = parse(json).unwrap_err();
        assert!(error.contains(wanted), "{json}: {error}");
    }
    assert_eq!(
        WeeklyProfile::from_hourly(&[f64::INFINITY; 24]),
        Err(ShapeError::Number {
            index: 0,
            number: f64::INFINITY
        })
    );
}

#[test]
fn levels_of_a_nightly_run_are_two() {
    let levels = ShapeName::NightlyBatch.profile().distinct_levels();
    assert_eq!(
        levels,
        [
            Level {
                weight: 0.0,
                hours: 161.0
            },
            Level {
                weight: 24.0,
                hours: 7.0
            }
        ]
    );
}

fn any_week() -> impl Strategy<Value = WeeklyProfile> {
    let number = prop_oneof![1 => Just(0.0), 4 => 0.0..1.0, 1 => 0.0..1e6];
    prop_oneof![
        prop::collection::vec(number.clone(), 24),
        prop::collection::vec(number, 168)
    ]
    .prop_filter_map("all zero", |numbers| {
        WeeklyProfile::from_hourly(&numbers).ok()
    })
}

proptest! {
    #[test]
    fn stretching_keeps_the_mean_and_hits_the_peak(week in any_week(), peak in 1.0..168.0) {
        close(mean(&week), 1.0, 1e-12);
        if let Ok(stretched) = week.stretched_to(peak) {
            close(mean(&stretched), 1.0, 1e-12);
            close(stretched.peak_to_mean(), peak, 1e-9);
            prop_assert!(stretched.weights().iter().all(|weight| *weight >= 0.0 && weight.is_finite()));
            for pair in week.weights().windows(2).zip(stretched.weights().windows(2)) {
                prop_assert!(pair.0[0] >= pair.0[1] || pair.1[0] <= pair.1[1] + 1e-12 || pair.0[1] >= week.peak_to_mean());
            }
        } else {
            prop_assert!(week.distinct_levels().len() == 1);
        }
    }

    #[test]
    fn levels_keep_hours_mean_and_peak(week in any_week(), most in 2_usize..40) {
        for levels in [week.distinct_levels(), week.condensed_levels(most)] {
            close(levels.iter().map(|level| level.hours).sum(), 168.0, 0.0);
            close(levels.iter().map(|level| level.hours * level.weight).sum(), 168.0, 1e-9);
            close(levels[levels.len() - 1].weight, week.peak_to_mean(), 1e-6);
            prop_assert!(levels.windows(2).all(|pair| pair[0].weight < pair[1].weight));
        }
        prop_assert!(week.condensed_levels(most).len() <= most);
        prop_assert_eq!(week.condensed_levels(1).len(), 1);
    }
}
