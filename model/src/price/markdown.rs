//! The price book as a document.
