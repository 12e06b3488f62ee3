//! Quotation marks and their pairs.
