//! The settings of the program, by flag or by environment.
//!
//! Their table in `docs/operations.md` is made from what stands here, see `cli/settings_table.rs`.

mod proxies;
mod secret;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;

use clap::Args;

pub use proxies::TrustedProxies;
pub use secret::Secret;

use crate::telemetry::LogFormat;

/// How `breakeven serve` runs.
#[derive(Args, Clone, Debug)]
pub struct Settings {
    /// Address to listen on; `0.0.0.0:3000` in a container
    #[arg(long, env = "BREAKEVEN_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,
    /// Where scenarios are kept: a file as `sqlite://FILE` (made when missing, relative to the
    /// folder it is started in), or `postgres://USER:PASSWORD@HOST/DATABASE`
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = "sqlite://breakeven.db",
        hide_env_values = true
    )]
    pub database_url: String,
    /// What links begin with, an origin without a path such as `https://breakeven.example`; by
    /// default the address. With `https://` every answer carries HSTS for a year, subdomains included
    #[arg(long, env = "BREAKEVEN_PUBLIC_URL", value_parser = public_url)]
    pub public_url: Option<String>,
    /// What cookies and tokens are signed with, at least 32 characters; by default made at the
    /// first start and kept with the scenarios, one for all copies
    #[arg(long, env = "BREAKEVEN_SECRET", hide_env_values = true, value_parser = secret::Parser)]
    pub secret: Option<Secret>,
    /// Requests a minute that one client may make for reading and computing; saving gets a tenth. 0: no limit
    #[arg(
        long,
        env = "BREAKEVEN_RATE_LIMIT",
        value_name = "REQUESTS",
        default_value_t = REQUESTS_PER_MINUTE
    )]
    pub rate_limit: u32,
    /// Megabytes that the database may grow to before saving is refused. 0: no limit
    #[arg(
        long,
        env = "BREAKEVEN_MAX_STORE_MB",
        value_name = "MB",
        default_value_t = 10_000
    )]
    pub max_store_mb: u64,
    /// Megabytes that one client may keep. 0: no limit
    #[arg(
        long,
        env = "BREAKEVEN_CLIENT_QUOTA_MB",
        value_name = "MB",
        default_value_t = 100
    )]
    pub client_quota_mb: u64,
    /// Address that serves `/metrics`, or `off`; by default `127.0.0.1:9464` where that is free. An
    /// address that is stated and cannot be had stops the start
    #[arg(long, env = "BREAKEVEN_METRICS_ADDR", value_name = "ADDR")]
    pub metrics_addr: Option<MetricsAddr>,
    /// Proxies whose `X-Forwarded-For` is believed: addresses and networks such as `10.0.0.0/8`,
    /// with commas between
    #[arg(
        long,
        env = "BREAKEVEN_TRUSTED_PROXIES",
        value_name = "NETWORKS",
        default_value = "",
        hide_default_value = true
    )]
    pub trusted_proxies: TrustedProxies,
    /// Lines of the log: `text`, or `json` for one object a line; both go to standard error
    #[arg(long, env = "BREAKEVEN_LOG", default_value = "text")]
    pub log: LogFormat,
}

/// Ten a second: an answer page with its parts and charts asks for about twenty things.
const REQUESTS_PER_MINUTE: u32 = 600;

/// What one client may do.
#[derive(Clone, Debug)]
pub struct Limits {
    /// For reading and computing; a tenth of it for saving. 0: no limit.
    pub requests_per_minute: u32,
    /// Who may say on whose behalf it asks.
    pub trusted_proxies: TrustedProxies,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            requests_per_minute: REQUESTS_PER_MINUTE,
            trusted_proxies: TrustedProxies::default(),
        }
    }
}

impl Limits {
    /// None at all.
    #[must_use]
    pub fn off() -> Self {
        Self {
            requests_per_minute: 0,
            ..Self::default()
        }
    }
}

/// Where metrics are served when nothing is stated; the port is one of those that exporters of metrics take.
pub(crate) const METRICS_ADDR: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 9464);

/// Where metrics are served, as it is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricsAddr {
    /// Nowhere.
    Off,
    /// There.
    At(SocketAddr),
}

impl FromStr for MetricsAddr {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "off" {
            return Ok(Self::Off);
        }
        let address = text.parse().map(Self::At);
        address.map_err(|_| "must be an address with a port, or off")
    }
}

/// An origin without a path, because pages link to each other from the root.
fn public_url(text: &str) -> Result<String, String> {
    let url = text.trim_end_matches('/');
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    match host {
        Some(host)
            if !host.is_empty() && !host.contains(['/', '?', '#', '@']) && host.is_ascii() =>
        {
            Ok(url.to_owned())
        }
        _ => Err("must be http:// or https:// with a host and no path".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::{MetricsAddr, public_url};

    #[test]
    fn a_public_url_is_an_origin() {
        assert_eq!(
            public_url("https://be.example/"),
            Ok("https://be.example".into())
        );
        assert_eq!(
            public_url("http://10.0.0.1:3000"),
            Ok("http://10.0.0.1:3000".into())
        );
        for wrong in [
            "be.example",
            "ftp://be.example",
            "https://",
            "https://be.example/path",
            "https://a@b",
        ] {
            assert!(public_url(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn metrics_have_an_address_or_are_off() {
        let address = "[::1]:9464".parse().expect("an address");
        for (text, expected) in [
            ("off", Some(MetricsAddr::Off)),
            ("[::1]:9464", Some(MetricsAddr::At(address))),
            ("localhost", None),
            ("127.0.0.1", None),
            ("", None),
        ] {
            assert_eq!(text.parse().ok(), expected, "{text}");
        }
    }
}
