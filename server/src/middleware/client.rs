//! Finds out whom a request comes from. Its address is used for counting and is never logged.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::listen::Peer;
use crate::state::AppState;

/// Who asks when there is no connection, as in tests.
const NOBODY: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
/// What a provider gives to one household or one machine: the first half of an address.
const NETWORK: Ipv6Addr = Ipv6Addr::new(0xffff, 0xffff, 0xffff, 0xffff, 0, 0, 0, 0);

/// Whom the request at hand comes from: an IPv4 address, or an IPv6 network of 64 bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Client(IpAddr);

impl Client {
    fn new(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(address) => IpAddr::V6(address & NETWORK),
            address @ IpAddr::V4(_) => address,
        })
    }

    /// The same for the same client, to count by or to hash.
    pub(crate) fn bytes(self) -> [u8; 16] {
        match self.0 {
            IpAddr::V4(address) => address.to_ipv6_mapped().octets(),
            IpAddr::V6(address) => address.octets(),
        }
    }
}

/// An address would identify a person in whatever prints this.
impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Client(..)")
    }
}

pub(super) async fn find(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    // A page asks the API on behalf of the client that asked the page.
    if request.extensions().get::<Client>().is_some() {
        return next.run(request).await;
    }
    let peer = request
        .extensions()
        .get()
        .map_or(NOBODY, |Peer(address)| *address);
    let forwarded_for = request.headers().get_all("x-forwarded-for").into_iter();
    // What is no text counts as nonsense, and nonsense ends the list.
    let forwarded_for = forwarded_for.map(|value| value.to_str().unwrap_or_default());
    let client = Client::new(state.trusted_proxies.client(peer, forwarded_for));
    request.extensions_mut().insert(client);
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::Client;

    fn check(one: &str, other: &str, same: bool) {
        let [a, b] = [one, other].map(|text| Client::new(text.parse().expect("an address")));
        assert_eq!(a == b, same, "{one} and {other}");
        assert_eq!(a.bytes() == b.bytes(), same, "{one} and {other}, as bytes");
    }

    #[test]
    fn clients_are_told_apart_by_address_or_by_network() {
        check("192.0.2.1", "192.0.2.1", true);
        check("192.0.2.1", "192.0.2.2", false);
        check("192.0.2.1", "::ffff:192.0.2.1", true);
        check("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true);
        check("2001:db8:1:2::1", "2001:db8:1:3::1", false);
        check("0.0.0.0", "::", false);
    }

    #[test]
    fn an_address_is_not_printed() {
        let client = Client::new("192.0.2.1".parse().expect("an address"));
        assert_eq!(format!("{client:?}"), "Client(..)");
    }
}
