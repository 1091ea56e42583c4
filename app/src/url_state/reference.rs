//! Which saved scenario is meant: an id, `id@3`, or a whole address as it was pasted.

/// Letters of an id: 128 bits in base 32.
const ID_LENGTH: usize = 26;
/// Where the id begins, in the addresses of a page and of the API.
const BEFORE_ID: [&str; 2] = ["/s/", "/scenarios/"];

/// A saved scenario, or one revision of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Its id.
    pub id: String,
    /// Which revision; the newest if none is named.
    pub revision: Option<u32>,
}

impl Reference {
    /// Reads what a person typed or pasted.
    ///
    /// # Errors
    /// What is wrong with it, a sentence without its subject.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        let path = text.split(['?', '#']).next().unwrap_or(text);
        let place = BEFORE_ID.iter().find_map(|before| {
            let (_, after) = path.split_once(before)?;
            Some(after)
        });
        let (id, revision) = if let Some(place) = place {
            in_address(place)
        } else if text.contains("/answer?") {
            return Err(
                "is the link of an answer that is not saved: open it, save it, and take the link you get",
            );
        } else if path.contains('/') {
            return Err("is not the address of a saved scenario: that has /s/ and an id in it");
        } else {
            match path.split_once('@') {
                Some((id, revision)) => (id, Some(revision)),
                None => (path, None),
            }
        };
        let id = id.trim().to_ascii_lowercase();
        if id.len() != ID_LENGTH
            || !id
                .bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7'))
        {
            return Err("is not the id of a saved scenario: that has 26 letters and digits");
        }
        let revision = revision
            .map(|text| text.trim().parse().ok().filter(|number| *number > 0))
            .map(|number| number.ok_or("names a revision that is no number from 1 on"))
            .transpose()?;
        Ok(Self { id, revision })
    }

    /// As it stands in an address: `id` or `id@3`.
    #[must_use]
    pub fn text(&self) -> String {
        match self.revision {
            Some(revision) => format!("{}@{revision}", self.id),
            None => self.id.clone(),
        }
    }
}

/// `{id}`, `{id}@3` or `{id}/revisions/3`, whatever follows.
fn in_address(place: &str) -> (&str, Option<&str>) {
    let mut steps = place.split('/');
    let id = steps.next().unwrap_or_default();
    if let Some((id, revision)) = id.split_once('@') {
        return (id, Some(revision));
    }
    let revision = steps.next().filter(|step| *step == "revisions");
    (id, revision.and(steps.next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "abcdefghijklmnopqrstuvwxyz";

    fn check(text: &str, expected: Option<u32>) {
        let read = Reference::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!((read.id.as_str(), read.revision), (ID, expected), "{text}");
    }

    #[test]
    fn ids_and_pasted_addresses_are_read() {
        check(ID, None);
        check(" abcdefghijklmnopqrstuvwxyz@3 ", Some(3));
        check("ABCDEFGHIJKLMNOPQRSTUVWXYZ", None);
        check("https://host.example/s/abcdefghijklmnopqrstuvwxyz", None);
        check("https://host.example/s/abcdefghijklmnopqrstuvwxyz/", None);
        check(
            "https://host.example/s/abcdefghijklmnopqrstuvwxyz/revisions/3",
            Some(3),
        );
        check(
            "http://10.0.0.1:3000/s/abcdefghijklmnopqrstuvwxyz/revisions/12/report.pdf?x=1#today",
            Some(12),
        );
        check("/s/abcdefghijklmnopqrstuvwxyz@2", Some(2));
        check(
            "https://host.example/api/v1/scenarios/abcdefghijklmnopqrstuvwxyz/revisions/4",
            Some(4),
        );
    }

    #[test]
    fn what_is_none_says_why() {
        for (text, expected) in [
            ("shop", "26 letters"),
            ("", "26 letters"),
            ("abcdefghijklmnopqrstuvwxy1", "26 letters"),
            ("https://host.example/prices", "/s/"),
            (
                "https://host.example/answer?kind=event&work.duration_ms=120",
                "save it",
            ),
            ("abcdefghijklmnopqrstuvwxyz@0", "no number from 1"),
            ("abcdefghijklmnopqrstuvwxyz@new", "no number from 1"),
            (
                "https://host.example/s/abcdefghijklmnopqrstuvwxyz/revisions/99999999999",
                "no number from 1",
            ),
            ("<script>alert(1)</script>", "/s/"),
        ] {
            let error = Reference::parse(text).expect_err(text);
            assert!(error.contains(expected), "{text}: {error}");
        }
    }

    #[test]
    fn what_was_read_is_written_as_it_can_be_read() {
        for text in [ID.to_owned(), format!("{ID}@7")] {
            assert_eq!(Reference::parse(&text).expect("a reference").text(), text);
        }
    }
}
