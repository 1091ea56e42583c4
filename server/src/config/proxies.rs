//! Which proxies are believed, and what they say about whom they ask for.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use ipnet::IpNet;

/// Proxies that tell the truth about their clients.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// Whom a request comes from. Each proxy has written the address of whoever asked it at the end of
    /// `X-Forwarded-For`, so the list is read from its end, as far as trusted proxies have written it.
    pub(crate) fn client<'a>(
        &self,
        peer: IpAddr,
        forwarded_for: impl DoubleEndedIterator<Item = &'a str>,
    ) -> IpAddr {
        let mut nearest = peer.to_canonical();
        for entry in forwarded_for.flat_map(|value| value.split(',')).rev() {
            if !self.contains(nearest) {
                break;
            }
            let Some(before) = address(entry) else { break };
            nearest = before;
        }
        nearest
    }

    fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// Some proxies write the port too.
fn address(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    let address = entry
        .parse()
        .or_else(|_| entry.parse().map(|with_port: SocketAddr| with_port.ip()));
    address.ok().map(|address| address.to_canonical())
}

impl FromStr for TrustedProxies {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let entries = text.split(',').map(str::trim);
        let networks = entries.filter(|entry| !entry.is_empty()).map(|entry| {
            let network = entry.parse().or_else(|_| {
                let address: Result<IpAddr, _> = entry.parse();
                address.map(|address| IpNet::from(address.to_canonical()))
            });
            network.map_err(|_| format!("{entry:?} is no address and no network"))
        });
        networks.collect::<Result<_, _>>().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::TrustedProxies;

    fn check(trusted: &str, peer: &str, forwarded_for: &[&str], expected: &str) {
        let trusted: TrustedProxies = trusted.parse().expect("networks");
        let client = trusted.client(
            peer.parse().expect("an address"),
            forwarded_for.iter().copied(),
        );
        assert_eq!(
            client.to_string(),
            expected,
            "{peer} for {forwarded_for:?}, trusting {trusted:?}"
        );
    }

    #[test]
    fn nobody_is_believed_unless_it_is_said() {
        check("", "10.0.0.1", &["1.1.1.1"], "10.0.0.1");
        check("10.0.0.2", "10.0.0.1", &["1.1.1.1"], "10.0.0.1");
        check("", "::ffff:10.0.0.1", &[], "10.0.0.1");
    }

    #[test]
    fn the_rightmost_address_that_is_no_trusted_proxy_counts() {
        let trusted = "10.0.0.0/8, fd00::/8, 192.0.2.7";
        check(trusted, "10.0.0.1", &["1.1.1.1"], "1.1.1.1");
        check(trusted, "10.0.0.1", &["6.6.6.6, 1.1.1.1"], "1.1.1.1");
        check(
            trusted,
            "10.0.0.1",
            &["6.6.6.6", "1.1.1.1, 10.2.3.4"],
            "1.1.1.1",
        );
        check(
            trusted,
            "::ffff:10.0.0.1",
            &["1.1.1.1,fd00::1,192.0.2.7"],
            "1.1.1.1",
        );
        check(trusted, "fd00::2", &["2001:db8::1"], "2001:db8::1");
    }

    #[test]
    fn ports_are_left_out_and_nonsense_ends_the_list() {
        check("10.0.0.0/8", "10.0.0.1", &["1.1.1.1:4711"], "1.1.1.1");
        check(
            "10.0.0.0/8",
            "10.0.0.1",
            &["[2001:db8::1]:4711"],
            "2001:db8::1",
        );
        check("10.0.0.0/8", "10.0.0.1", &["1.1.1.1, unknown"], "10.0.0.1");
        check("10.0.0.0/8", "10.0.0.1", &[""], "10.0.0.1");
        check(
            "10.0.0.0/8",
            "10.0.0.1",
            &["10.0.0.3, 10.0.0.2"],
            "10.0.0.3",
        );
    }

    #[test]
    fn what_is_no_network_is_named() {
        let wrong: Result<TrustedProxies, String> = "10.0.0.0/8,proxy.example".parse();
        assert!(wrong.is_err_and(|message| message.contains("proxy.example")));
        for empty in ["", " ", ","] {
            assert_eq!(empty.parse(), Ok(TrustedProxies::default()), "{empty:?}");
        }
    }
}
