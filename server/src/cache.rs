//! A bounded cache of what was made from content, under the hash of that content. Nothing in it goes stale: other
//! content is another key. Who asks for what is being made waits for it instead of making it again.

use std::future::Future;

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};

/// About how many things a cache holds, for its tables.
const EXPECTED: usize = 256;

/// The hash of content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ContentKey([u8; 32]);

impl ContentKey {
    /// The hash of these parts. Their lengths count, so no two lists of parts are one.
    pub(crate) fn of(parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }

    /// The hash itself.
    pub(crate) const fn bytes(&self) -> [u8; 32] {
        self.0
    }

    /// As an `ETag`.
    pub(crate) fn etag(&self) -> String {
        use base64::Engine as _;
        let text = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&self.0[..16]);
        format!("\"{text}\"")
    }
}

/// What a cache can weigh.
pub(crate) trait Weight {
    /// Its size, in bytes, about.
    fn bytes(&self) -> usize;
}

impl<T: Weight> Weight for std::sync::Arc<T> {
    fn bytes(&self) -> usize {
        self.as_ref().bytes()
    }
}

#[derive(Clone, Debug)]
struct ByBytes;

impl<V: Weight> Weighter<ContentKey, V> for ByBytes {
    fn weight(&self, _: &ContentKey, value: &V) -> u64 {
        (size_of::<ContentKey>() + value.bytes()) as u64
    }
}

/// The cache.
#[derive(Debug)]
pub(crate) struct ContentCache<V: Weight + Clone>(Cache<ContentKey, V, ByBytes>);

impl<V: Weight + Clone> ContentCache<V> {
    /// A cache of at most so many bytes.
    pub(crate) fn of_bytes(most: u64) -> Self {
        Self(Cache::with_weighter(EXPECTED, most, ByBytes))
    }

    /// What was made of this content before.
    pub(crate) fn known(&self, key: &ContentKey) -> Option<V> {
        self.0.get(key)
    }

    /// What was made of this content, or what `make` makes of it now. A failure is not kept.
    pub(crate) async fn get_or_make<E>(
        &self,
        key: ContentKey,
        make: impl Future<Output = Result<V, E>>,
    ) -> Result<V, E> {
        self.0.get_or_insert_async(&key, make).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Weight for String {
        fn bytes(&self) -> usize {
            self.len()
        }
    }

    fn key(content: &str) -> ContentKey {
        ContentKey::of(&[content.as_bytes()])
    }

    #[tokio::test]
    async fn what_was_made_is_not_made_again_and_a_failure_is() {
        let cache = ContentCache::<String>::of_bytes(10_000);
        let failed = cache.get_or_make(key("a"), async { Err("no") }).await;
        assert_eq!(failed, Err("no"));
        for _ in 0..2 {
            let made = cache.get_or_make(key("a"), async { Ok::<_, ()>("first".to_owned()) });
            assert_eq!(made.await.as_deref(), Ok("first"));
        }
        let kept = cache.get_or_make(key("a"), async { Ok::<_, ()>("second".to_owned()) });
        assert_eq!(kept.await.as_deref(), Ok("first"));
    }

    #[tokio::test]
    async fn it_holds_no_more_than_its_bytes() {
        let cache = ContentCache::<String>::of_bytes(10_000);
        for number in 0..100 {
            let made = cache.get_or_make(key(&number.to_string()), async {
                Ok::<_, ()>("x".repeat(1_000))
            });
            made.await.expect("made");
        }
        assert!(cache.0.weight() <= 10_000, "{}", cache.0.weight());
    }

    #[test]
    fn parts_are_told_apart() {
        assert_ne!(
            ContentKey::of(&[b"ab", b"c"]),
            ContentKey::of(&[b"a", b"bc"])
        );
    }
}
