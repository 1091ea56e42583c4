//! Who asks: the browser by its signed cookie, the client by its address, the owner by a token.

use std::convert::Infallible;

use app::api::ports::{BrowserHash, Visitor};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use cookie::{Cookie, SameSite};

use crate::entropy::{Entropy, NoEntropy, random_id, token_hash};
use crate::error::Error;
use crate::middleware::client::Client;
use crate::scenarios::Proof;
use crate::signing::{Purpose, Signer};
use crate::state::AppState;
use crate::store::Hash;

/// As long as browsers keep any cookie.
const COOKIE_DAYS: i64 = 400;

/// Reads and writes the one cookie: a random id, signed, of which the store knows only the hash.
#[derive(Clone, Debug)]
pub(crate) struct BrowserCookie {
    signer: Signer,
    /// Whether people come by https, by which the cookie then comes alone.
    secure: bool,
}

impl BrowserCookie {
    pub(crate) fn new(signer: Signer, public_url: &str) -> Self {
        Self {
            signer,
            secure: public_url.starts_with("https://"),
        }
    }

    /// The prefix keeps other hosts of the domain from planting one.
    const fn name(&self) -> &'static str {
        if self.secure {
            "__Host-breakeven"
        } else {
            "breakeven"
        }
    }

    /// The browser that sent these headers; none where it has no cookie of ours.
    pub(crate) fn visitor(&self, headers: &HeaderMap) -> Visitor {
        let sent = headers.get_all(header::COOKIE).iter();
        let mut cookies = sent
            .filter_map(|value| value.to_str().ok())
            .flat_map(Cookie::split_parse)
            .filter_map(Result::ok);
        let browser = cookies
            .find(|cookie| cookie.name() == self.name())
            .and_then(|cookie| {
                let id = self.signer.verified(Purpose::Browser, cookie.value())?;
                Some(BrowserHash(token_hash(id)))
            });
        Visitor { browser }
    }

    /// An id for a browser that has none, and the header that gives it.
    pub(crate) fn fresh(
        &self,
        entropy: &dyn Entropy,
    ) -> Result<(BrowserHash, HeaderValue), NoEntropy> {
        let id = random_id(entropy)?;
        let browser = BrowserHash(token_hash(&id));
        let cookie = Cookie::build((self.name(), self.signer.sign(Purpose::Browser, &id)))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(self.secure)
            .max_age(cookie::time::Duration::days(COOKIE_DAYS))
            .build();
        // Letters, digits and what cookies are made of.
        let header = HeaderValue::from_str(&cookie.to_string()).map_err(|_| NoEntropy)?;
        Ok((browser, header))
    }
}

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Who {
    pub(super) visitor: Visitor,
    /// A pseudonym of the address.
    pub(super) client: Option<Hash>,
}

impl Who {
    /// The visitor's browser; one that has no id yet gets one by this header.
    pub(super) fn known_or_fresh(
        self,
        state: &AppState,
    ) -> Result<(BrowserHash, Option<HeaderValue>), Error> {
        if let Some(browser) = self.visitor.browser {
            return Ok((browser, None));
        }
        let fresh = state.browsers.fresh(state.entropy.as_ref());
        let (browser, cookie) = fresh.map_err(|error| {
            tracing::error!(%error, "no id for a browser");
            Error::Internal
        })?;
        Ok((browser, Some(cookie)))
    }

    /// How a page proves that it may change something.
    pub(super) fn proof(self) -> Proof<'static> {
        self.visitor.browser.map_or(Proof::None, Proof::Browser)
    }
}

impl FromRequestParts<AppState> for Who {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let client = parts.extensions.get::<Client>();
        Ok(Self {
            visitor: state.browsers.visitor(&parts.headers),
            client: client.map(|client| {
                state
                    .scenarios
                    .signer
                    .pseudonym(Purpose::Client, &client.bytes())
            }),
        })
    }
}

/// The owner's token of a request, if it brings one.
#[derive(Clone, Debug)]
pub(super) struct Bearer(Option<String>);

impl Bearer {
    pub(super) fn proof(&self) -> Proof<'_> {
        self.0.as_deref().map_or(Proof::None, Proof::Token)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Bearer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let given = parts.headers.get(header::AUTHORIZATION);
        let given = given.and_then(|value| value.to_str().ok());
        let token = given.and_then(|value| {
            let (scheme, token) = value.split_once(' ')?;
            scheme
                .eq_ignore_ascii_case("bearer")
                .then(|| token.trim().to_owned())
        });
        Ok(Self(token))
    }
}
