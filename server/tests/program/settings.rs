//! Settings that cannot be used, and those that nobody may see.

use super::support::{breakeven, check};

const SECRET: &str = "kestrel-kestrel-kestrel-kestrel-kestrel";

/// By its variable, as most servers are set up.
fn refused(variable: &str, value: &str) -> String {
    let ended = breakeven(&["serve", "--addr", "127.0.0.1:0"])
        .env(variable, value)
        .output()
        .expect("ended");
    let errors = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(2), "{variable}={value}: {errors}");
    errors
}

#[test]
fn a_bad_value_ends_with_2_and_names_its_setting() {
    for (variable, value) in [
        ("BREAKEVEN_ADDR", "3000"),
        ("BREAKEVEN_PUBLIC_URL", "example.com"),
        ("BREAKEVEN_LOG", "xml"),
        ("BREAKEVEN_RATE_LIMIT", "many"),
        ("BREAKEVEN_RATE_LIMIT", "-1"),
        ("BREAKEVEN_MAX_STORE_MB", "10GB"),
        ("BREAKEVEN_CLIENT_QUOTA_MB", "1.5"),
        ("BREAKEVEN_METRICS_ADDR", "9464"),
        ("BREAKEVEN_TRUSTED_PROXIES", "10.0.0.0/33"),
        ("BREAKEVEN_SECRET", "short"),
    ] {
        let errors = refused(variable, value);
        assert!(errors.contains(variable), "{variable}={value}: {errors}");
    }
    check(&["--rate-limit", "many"], "", 2, "", "--rate-limit");
}

#[test]
fn a_secret_is_never_repeated() {
    let short = &SECRET[..31];
    let errors = refused("BREAKEVEN_SECRET", short);
    assert!(!errors.contains("kestrel"), "{errors}");
    for arguments in [&["--help"], &["prices"]] {
        let ended = breakeven(arguments)
            .env("BREAKEVEN_SECRET", SECRET)
            .env(
                "DATABASE_URL",
                "postgres://kestrel:kestrel@127.0.0.1/kestrel",
            )
            .output()
            .expect("ended");
        let shown = String::from_utf8_lossy(&[ended.stdout, ended.stderr].concat()).into_owned();
        assert!(!shown.contains("kestrel"), "{arguments:?}: {shown}");
    }
}
