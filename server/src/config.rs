//! The settings of the program, by flag or by environment.

use std::net::SocketAddr;

use clap::Args;

use crate::telemetry::LogFormat;

/// How `breakeven serve` runs.
#[derive(Args, Clone, Debug)]
pub struct Settings {
    /// Address to listen on
    #[arg(long, env = "BREAKEVEN_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,
    /// Where scenarios are kept: a file as <sqlite://FILE> (made when missing), or <postgres://..>
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = "sqlite://breakeven.db",
        hide_env_values = true
    )]
    pub database_url: String,
    /// What links begin with, such as <https://breakeven.example>; by default the address
    #[arg(long, env = "BREAKEVEN_PUBLIC_URL", value_parser = public_url)]
    pub public_url: Option<String>,
    /// Lines of the log: text or json
    #[arg(long, env = "BREAKEVEN_LOG", default_value = "text")]
    pub log: LogFormat,
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
    use super::public_url;

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
}
