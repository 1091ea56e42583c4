//! What only this server and its copies can have written: signed texts, and pseudonyms that cannot be guessed back.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::config::Secret;
use crate::entropy::{Entropy, NoEntropy};
use crate::store::{Hash, Store, StoreError};

/// What a signature is for; one for another purpose does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The cookie that holds a browser's id.
    Browser,
    /// The link that moves a browser's list to another.
    Recovery,
    /// The address of a client, for its quota and its idempotency keys.
    Client,
}

impl Purpose {
    const fn name(self) -> &'static [u8] {
        match self {
            Self::Browser => b"browser",
            Self::Recovery => b"recovery",
            Self::Client => b"client",
        }
    }
}

/// Signs with the secret.
#[derive(Clone)]
pub struct Signer(Hmac<Sha256>);

impl std::fmt::Debug for Signer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Signer(..)")
    }
}

/// Why there is no secret.
#[derive(Debug, thiserror::Error)]
pub enum NoSecret {
    /// The store cannot tell.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// None could be made.
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
}

impl Signer {
    /// Signs with this secret, of any length.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "HMAC takes keys of any length")]
    pub fn new(secret: &[u8]) -> Self {
        Self(Hmac::new_from_slice(secret).expect("a key of any length"))
    }

    /// Signs with the secret of the settings; else with the one in the store, made when missing.
    ///
    /// # Errors
    /// When the store or the source of random bytes fails.
    pub async fn open(
        stated: Option<&Secret>,
        store: &dyn Store,
        entropy: &dyn Entropy,
    ) -> Result<Self, NoSecret> {
        if let Some(secret) = stated {
            return Ok(Self::new(secret.as_bytes()));
        }
        let mut candidate = [0; 32];
        entropy.fill(&mut candidate)?;
        Ok(Self::new(&store.secret(candidate).await?))
    }

    fn mac(&self, purpose: Purpose, content: &[u8]) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        mac.update(purpose.name());
        mac.update(b"\0");
        mac.update(content);
        mac
    }

    /// The text with its signature.
    pub(crate) fn sign(&self, purpose: Purpose, text: &str) -> String {
        let mac = self.mac(purpose, text.as_bytes()).finalize().into_bytes();
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(mac))
    }

    /// The text that was signed for this purpose.
    pub(crate) fn verified<'t>(&self, purpose: Purpose, signed: &'t str) -> Option<&'t str> {
        let (text, signature) = signed.rsplit_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        // In the same time, however much of it is right.
        let verified = self.mac(purpose, text.as_bytes()).verify_slice(&signature);
        verified.ok().map(|()| text)
    }

    /// The same for the same content, and telling nothing of it to whoever lacks the secret.
    pub(crate) fn pseudonym(&self, purpose: Purpose, content: &[u8]) -> Hash {
        self.mac(purpose, content).finalize().into_bytes().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_signed_for_the_purpose_counts() {
        let signer = Signer::new(b"one secret");
        let cookie = signer.sign(Purpose::Browser, "abc.def");
        assert_eq!(signer.verified(Purpose::Browser, &cookie), Some("abc.def"));
        assert_eq!(signer.verified(Purpose::Recovery, &cookie), None);
        assert_eq!(
            Signer::new(b"another").verified(Purpose::Browser, &cookie),
            None
        );
        let (_, signature) = cookie.rsplit_once('.').expect("signed");
        for forged in [
            "",
            ".",
            "abc.def",
            "abc.def.",
            &format!("abc.deg.{signature}"),
            &cookie[..cookie.len() - 1],
            &format!("{cookie}A"),
        ] {
            assert_eq!(
                signer.verified(Purpose::Browser, forged),
                None,
                "{forged:?}"
            );
        }
    }

    #[test]
    fn pseudonyms_need_the_secret() {
        let (one, other) = (Signer::new(b"one secret"), Signer::new(b"another"));
        let pseudonym = |signer: &Signer| signer.pseudonym(Purpose::Client, &[127, 0, 0, 1]);
        assert_eq!(pseudonym(&one), pseudonym(&one));
        assert_ne!(pseudonym(&one), pseudonym(&other));
    }
}
