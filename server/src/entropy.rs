//! Unguessable bytes, passed in so that tests can foresee them, and the ids and
//! tokens made of them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// The operating system gave no random bytes.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the operating system gave no random bytes")]
pub struct NoEntropy;

/// Gives unguessable bytes.
pub trait Entropy: std::fmt::Debug + Send + Sync {
    /// Fills the buffer.
    ///
    /// # Errors
    /// When the source fails; nothing may be made from the buffer then.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy>;
}

/// The operating system's source.
#[derive(Clone, Copy, Debug)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
        getrandom::fill(bytes).map_err(|_| NoEntropy)
    }
}

/// SHA-256 of a token as it is written.
pub(crate) fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// A token of 256 bits for the owner, and the hash that is kept of it.
#[derive(Debug)]
pub(crate) struct OwnerToken {
    /// Told once, to whoever saved.
    pub(crate) token: String,
    /// What the store keeps.
    pub(crate) hash: [u8; 32],
}

impl OwnerToken {
    pub(crate) fn random(entropy: &dyn Entropy) -> Result<Self, NoEntropy> {
        let mut bytes = [0; 32];
        entropy.fill(&mut bytes)?;
        let token = URL_SAFE_NO_PAD.encode(bytes);
        let hash = token_hash(&token);
        Ok(Self { token, hash })
    }
}

const BASE32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// 128 bits as 26 lower-case letters and digits, safe in a path and to read aloud.
pub(crate) fn random_id(entropy: &dyn Entropy) -> Result<String, NoEntropy> {
    let mut bytes = [0; 16];
    entropy.fill(&mut bytes)?;
    let number = u128::from_be_bytes(bytes);
    let digit = |place: u32| BASE32[((number >> (5 * place)) & 31) as usize] as char;
    Ok((0..26).rev().map(digit).collect())
}

/// Whether the text could have come from [`random_id`].
pub(crate) fn is_id(text: &str) -> bool {
    text.len() == 26 && text.bytes().all(|byte| BASE32.contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Constant(u8);

    impl Entropy for Constant {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
            bytes.fill(self.0);
            Ok(())
        }
    }

    #[test]
    fn an_id_holds_all_128_bits() {
        assert_eq!(random_id(&Constant(0)).expect("an id"), "a".repeat(26));
        assert_eq!(
            random_id(&Constant(255)).expect("an id"),
            format!("h{}", "7".repeat(25))
        );
    }

    #[test]
    fn what_is_no_id_is_told_apart() {
        let id = random_id(&SystemEntropy).expect("an id");
        assert!(is_id(&id));
        for wrong in [
            "",
            "A",
            "short",
            &id.to_uppercase(),
            &format!("{id}a"),
            &id.replace(&id[..1], "\0"),
        ] {
            assert!(!is_id(wrong), "{wrong:?}");
        }
    }

    #[test]
    fn the_hash_is_of_the_token_as_written() {
        let owner = OwnerToken::random(&Constant(7)).expect("a token");
        assert_eq!(
            owner.hash,
            <[u8; 32]>::from(Sha256::digest(owner.token.as_bytes()))
        );
        assert_eq!(owner.token.len(), 43);
    }
}
